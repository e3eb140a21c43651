import type { Rule } from "../../engine/rule.ts";
import { coroscannerTeaching, orringer2021 } from "../../guidance-sources.ts";
import { escEas2019 } from "../../sources.ts";
import { knownHighRisk } from "./already-decided.ts";
import { advises } from "./indication.ts";

const doNotScore: Rule = {
  ...advises("do-not-score"),
  id: "calcium-indications/do-not-score",
  title: { en: "Do not score", fr: "Ne pas faire de score calcique" },
  statement: {
    en: "No calcium score in a person with symptoms, at high or very high risk already, or with established cardiovascular disease: the decision does not wait for it.",
    fr: "Pas de score calcique chez un patient symptomatique, déjà à risque élevé ou très élevé, ou porteur d'une maladie cardiovasculaire établie : la décision ne l'attend pas.",
  },
  kind: "expert-opinion",
  class: "none",
  level: "none",
  source: { ...coroscannerTeaching, table: "Ne pas faire de score calcique" },
  when: {
    any: [{ fact: "symptomatic", is: true }, { fact: "known-cardiovascular-disease", is: true }, knownHighRisk],
  },
  note: {
    en: `The slides name symptoms and high risk; established disease is the National Lipid Association's (${orringer2021.doi}: class III, no benefit). High risk in diabetes is the exception: SFC/SFD scores exactly those a priori high. The ESC 2021 category "high" does not count, as ESC/EAS 2025 calls that risk moderate below 10 %, where a score helps; its "very high" does. Undetermined as long as symptoms or disease are not said.`,
    fr: `Les diapositives nomment les symptômes et le risque élevé ; la maladie établie vient de la National Lipid Association (${orringer2021.doi} : classe III, sans bénéfice). Le risque élevé du diabétique fait exception : la SFC/SFD réserve justement le score calcique au risque a priori élevé. La catégorie « élevé » de l'ESC 2021 ne compte pas, l'ESC/EAS 2025 appelant ce risque modéré sous 10 %, là où le score aide ; sa catégorie « très élevé » compte. Indéterminé tant que symptômes ou maladie ne sont pas précisés.`,
  },
};

const carotidPlaque: Rule = {
  ...advises("high-risk-without-score"),
  id: "calcium-indications/carotid-plaque",
  title: { en: "Carotid plaque", fr: "Plaque carotidienne" },
  statement: {
    en: "A carotid plaque is a sign of high risk by itself: a calcium score adds little.",
    fr: "Une plaque carotidienne est à elle seule un signe de risque élevé : un score calcique apporte peu.",
  },
  kind: "guideline",
  class: "none",
  level: "none",
  source: escEas2019,
  when: { fact: "carotid-plaque", is: true },
  note: {
    en: "As seed 001 teaches it from ESC 2019; recalled as IIa, B for plaque as a risk modifier. ESC 2021 is recalled to name carotid ultrasound the alternative where no score can be had (IIb).",
    fr: "Comme l'enseigne le document 001 d'après l'ESC 2019 ; de mémoire, IIa, B pour la plaque comme modificateur du risque. De mémoire, l'ESC 2021 fait de l'échographie carotidienne l'alternative quand le score n'est pas disponible (IIb).",
  },
};

/** Who need not be scored. */
export const guardRules: readonly [Rule, ...Rule[]] = [doNotScore, carotidPlaque];
