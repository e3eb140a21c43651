import { InputError } from "@etalon/base";
import type { KnownFacts, Pack } from "../../engine/rule.ts";
import { hoff2001 } from "../../sources.ts";
import { hoffTable } from "./hoff-table.ts";

/** Bands above 0, by how many of the four quantiles a score reaches. */
const BANDS = ["<p25", "p25-p50", "p50-p75", "p75-p90", ">p90"] as const;

/** Where a score stands among people of the same age and sex, whatever their ethnicity. */
export const hoffPercentile: Pack = {
  id: "hoff-percentile",
  version: "1.0.0",
  title: { en: "Percentile band of the calcium score (Hoff)", fr: "Tranche de percentile du score calcique (Hoff)" },
  scope: {
    en: "Band between the published quantiles of the Agatston score by age (30–90) and sex, in self-referred adults of the United States without known heart disease. Report the band and the absolute class, never the percentile alone.",
    fr: "Tranche entre les quantiles publiés du score d'Agatston selon l'âge (30–90 ans) et le sexe, chez des adultes des États-Unis venus d'eux-mêmes, sans maladie cardiaque connue. Rapporter la tranche et la classe absolue, jamais le percentile seul.",
  },
  rules: [
    {
      id: "hoff-percentile/band",
      title: { en: "Percentile band by age and sex", fr: "Tranche de percentile selon l'âge et le sexe" },
      statement: {
        en: "Band between the 25th, 50th, 75th and 90th percentile of people of the same age and sex. A score equal to a quantile belongs to the band above it, so >p90 is the 90th percentile and above; a score of 0 is a band of its own. Report percentile and absolute class, never the percentile alone.",
        fr: "Tranche entre les 25e, 50e, 75e et 90e percentiles des personnes de mêmes âge et sexe. Un score égal à un quantile appartient à la tranche supérieure : >p90 veut dire 90e percentile et plus ; le score 0 forme sa propre tranche. Rapporter le percentile et la classe absolue, jamais le percentile seul.",
      },
      kind: "risk-equation",
      class: "none",
      level: "none",
      source: {
        ...hoff2001,
        verification: "public-source",
        confirmedIn: "github:Magnetron85/Radiology-Right-Click v1.04.ahk; population and ages in the abstract",
      },
      when: { fact: "age", unit: "a", atLeast: 30, below: 91 },
      presumes: [
        {
          that: { fact: "known-cardiovascular-disease", is: false },
          note: {
            en: "For people without established cardiovascular disease, which is presumed where nothing is said.",
            fr: "Pour les personnes sans maladie cardiovasculaire établie, ce qui est présumé faute d'information.",
          },
        },
      ],
      computation: {
        kind: "equation",
        needs: ["age", "sex", "agatston-score"],
        compute: (known) => ({ band: bandOf(known) }),
      },
      values: {
        band: {
          title: { en: "Percentile band", fr: "Tranche de percentile" },
          codes: {
            "0": { en: "0, no calcium seen", fr: "0, pas de calcium visible" },
            "<p25": { en: "below the 25th percentile", fr: "sous le 25e percentile" },
            "p25-p50": { en: "25th to 50th percentile", fr: "du 25e au 50e percentile" },
            "p50-p75": { en: "50th to 75th percentile", fr: "du 50e au 75e percentile" },
            "p75-p90": { en: "75th to 90th percentile", fr: "du 75e au 90e percentile" },
            ">p90": { en: "90th percentile and above", fr: "90e percentile et plus" },
          },
        },
      },
      caveats: [
        {
          when: { fact: "diabetes", is: true },
          text: {
            en: "The table is not one of people with diabetes, whose scores are higher at the same age.",
            fr: "La table n'est pas propre au diabète, dans lequel les scores sont plus élevés au même âge.",
          },
        },
        {
          when: { fact: "symptomatic", is: true },
          text: {
            en: "The people of the table had no symptoms.",
            fr: "Les personnes de la table n'avaient pas de symptômes.",
          },
        },
      ],
      note: {
        en: "Programs disagree on a score equal to a quantile: older copies count it below (<=), the corrected one above (>=), which is followed here. The title of the paper says 35,246 adults where some code says 35,251. The abstract says 16 groups, the table at hand has 18. No source at hand says that diabetes was excluded. Higher scores in diabetes: Hoff 2003, doi 10.1016/S0735-1097(02)02975-3, recalled.",
        fr: "Les programmes divergent sur un score égal à un quantile : d'anciennes copies le comptent au-dessous (<=), la version corrigée au-dessus (>=), suivie ici. Le titre de l'article dit 35 246 adultes, certains codes 35 251. Le résumé dit 16 groupes, la table disponible en a 18. Aucune source disponible ne dit que le diabète était exclu. Scores plus élevés dans le diabète : Hoff 2003, doi 10.1016/S0735-1097(02)02975-3, cité de mémoire.",
      },
    },
  ],
};

function bandOf(known: KnownFacts): string {
  const ageYears = known.number("age");
  const agatston = known.number("agatston-score");
  if (agatston === 0) return "0";
  const row = hoffTable.find(({ belowAge }) => ageYears < belowAge);
  if (row === undefined) throw new InputError("out-of-range", "age", ageYears, "30..90 a");
  const quantiles = known.choice("sex") === "male" ? row.male : row.female;
  return BANDS[quantiles.filter((quantile) => agatston >= quantile).length];
}
