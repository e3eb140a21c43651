import { log } from "@etalon/kernels";
import type { Pack } from "../../engine/rule.ts";
import { mcclelland2009 } from "../../sources.ts";

/** Arterial age of a score of 0, years: github:Magnetron85/Radiology-Right-Click, not seen in the paper. */
const INTERCEPT_YEARS = 39.1;

/** Years for each unit of ln(score + 1): same source. */
const YEARS_PER_LOG_UNIT = 7.25;

/** The age at which a person's coronary risk by age would be that of the score. */
export const arterialAge: Pack = {
  id: "arterial-age",
  version: "1.0.0",
  title: { en: "Arterial age", fr: "Âge artériel" },
  scope: {
    en: "The calcium score on a scale of years, for explaining it. The score alone counts: the person's own age adds nothing to it. Not for people with diabetes.",
    fr: "Le score calcique sur une échelle d'années, pour l'expliquer. Seul le score compte : l'âge de la personne n'y ajoute rien. Ne vaut pas en cas de diabète.",
  },
  rules: [
    {
      id: "arterial-age/mesa",
      title: { en: "Arterial age (MESA)", fr: "Âge artériel (MESA)" },
      statement: {
        en: "39.1 + 7.25 ln(score + 1) years: the age at which the estimated coronary risk is that of the score.",
        fr: "39,1 + 7,25 ln(score + 1) ans : l'âge auquel le risque coronaire estimé est celui du score.",
      },
      kind: "risk-equation",
      class: "none",
      level: "none",
      source: { ...mcclelland2009, confirmedIn: "github:Magnetron85/Radiology-Right-Click" },
      when: { fact: "agatston-score", unit: "[arb'U]", atLeast: 0 },
      presumes: [
        {
          that: { fact: "diabetes", is: false },
          note: {
            en: "For people without diabetes, which is presumed where nothing is said: the authors say that it does not apply to diabetes.",
            fr: "Pour les personnes sans diabète, ce qui est présumé faute d'information : les auteurs disent qu'il ne s'applique pas au diabète.",
          },
        },
      ],
      computation: {
        kind: "equation",
        needs: ["agatston-score"],
        compute: (known) => ({
          arterialAgeYears: INTERCEPT_YEARS + YEARS_PER_LOG_UNIT * log(known.number("agatston-score") + 1),
        }),
      },
      values: { arterialAgeYears: { title: { en: "Arterial age", fr: "Âge artériel" }, unit: "a", digits: 0 } },
      caveats: [
        {
          when: {
            any: [
              { fact: "age", unit: "a", below: 45 },
              { fact: "age", unit: "a", atLeast: 85 },
            ],
          },
          text: {
            en: "The people it was derived from were 45 to 84 years old.",
            fr: "Les personnes dont il est tiré avaient de 45 à 84 ans.",
          },
        },
      ],
      note: {
        en: "The abstract says that arterial age is a linear function of the logarithm of the score; the two coefficients were found in code only. No confidence interval is given: the formula in circulation is unverified, and programs disagree on whether it is a standard error or a half width. That it does not apply to diabetes stands on the page of the authors' calculator (mesa-nhlbi.org).",
        fr: "Le résumé dit que l'âge artériel est une fonction linéaire du logarithme du score ; les deux coefficients n'ont été trouvés que dans du code. Aucun intervalle de confiance n'est donné : la formule en circulation n'est pas vérifiée, et l'on ne sait si c'est une erreur type ou une demi-largeur. Qu'il ne s'applique pas au diabète est écrit sur la page du calculateur des auteurs (mesa-nhlbi.org).",
      },
    },
  ],
};
