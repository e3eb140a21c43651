import type { Condition } from "../../engine/condition.ts";
import type { Derivation, EquationComputation, Pack, Rule, ValueDeclaration } from "../../engine/rule.ts";
import type { FactId } from "../../facts/definitions.ts";
import { esc2021, score2, score2Diabetes, score2Op } from "../../sources.ts";
import { diabetesPredictor } from "./diabetes-predictor.ts";
import { linearPredictor } from "./linear-predictor.ts";
import {
  apparentlyHealthy,
  hasDiabetes,
  kidneyDisease,
  severeOrganDamage,
  smokingArtefact,
  type2Diabetes,
  withoutCardiovascularDisease,
  withoutDiabetes,
} from "./population.ts";
import { recalibratedRiskPercent } from "./recalibrated-risk-percent.ts";
import { diabetesRiskClass, escRiskClass } from "./risk-classes.ts";
import { score2Equation } from "./score2-coefficients.ts";
import { score2DiabetesEquation } from "./score2-diabetes-coefficients.ts";
import { score2OpEquation } from "./score2-op-coefficients.ts";

const needs: readonly FactId[] = [
  "age",
  "sex",
  "current-smoker",
  "systolic-blood-pressure",
  "total-cholesterol",
  "hdl-cholesterol",
  "risk-region",
];

/** Completed years: 69 until the 70th birthday. */
const from40To69: Condition = { fact: "age", unit: "a", atLeast: 40, below: 70 };
const from70To89: Condition = { fact: "age", unit: "a", atLeast: 70, below: 90 };

const riskPercent: ValueDeclaration = {
  title: {
    en: "10-year risk of a fatal or non-fatal cardiovascular event",
    fr: "Risque à 10 ans d'événement cardiovasculaire, fatal ou non",
  },
  unit: "%",
  digits: 1,
};

const escCategory: ValueDeclaration = {
  title: { en: "Risk class (ESC 2021, by age)", fr: "Classe de risque (ESC 2021, selon l'âge)" },
  codes: {
    "low-to-moderate": { en: "low to moderate", fr: "faible à modéré" },
    high: { en: "high", fr: "élevé" },
    "very-high": { en: "very high", fr: "très élevé" },
  },
};

const diabetesCategory: ValueDeclaration = {
  title: { en: "Risk class (ESC 2023, diabetes)", fr: "Classe de risque (ESC 2023, diabète)" },
  codes: {
    low: { en: "low", fr: "faible" },
    moderate: { en: "moderate", fr: "modéré" },
    high: { en: "high", fr: "élevé" },
    "very-high": { en: "very high", fr: "très élevé" },
  },
};

const derivesRiskAndCategory: readonly Derivation[] = [
  { fact: "score2-risk", from: "riskPercent" },
  { fact: "score2-category", from: "category" },
];

const score2Computation: EquationComputation = {
  kind: "equation",
  needs,
  compute: (known) => {
    const predictor = linearPredictor(score2Equation, known, false);
    const riskPercent = recalibratedRiskPercent(score2Equation, known, predictor);
    return { riskPercent, category: escRiskClass(known.number("age"), riskPercent) };
  },
};

const score2OpComputation: EquationComputation = {
  kind: "equation",
  needs,
  compute: (known) => {
    const predictor = linearPredictor(score2OpEquation, known, false);
    const riskPercent = recalibratedRiskPercent(score2OpEquation, known, predictor);
    return { riskPercent, category: escRiskClass(known.number("age"), riskPercent) };
  },
};

const score2OpDiabetesComputation: EquationComputation = {
  kind: "equation",
  needs,
  compute: (known) => {
    const predictor = linearPredictor(score2OpEquation, known, true);
    return { riskPercent: recalibratedRiskPercent(score2OpEquation, known, predictor) };
  },
};

const score2DiabetesComputation: EquationComputation = {
  kind: "equation",
  needs: [...needs, "diabetes-age", "hba1c", "egfr"],
  compute: (known) => {
    const predictor = linearPredictor(score2DiabetesEquation, known, true) + diabetesPredictor(known);
    const riskPercent = recalibratedRiskPercent(score2DiabetesEquation, known, predictor);
    return { riskPercent, category: diabetesRiskClass(riskPercent) };
  },
};

const score2Rule: Rule = {
  id: "score2/score2",
  title: { en: "SCORE2", fr: "SCORE2" },
  statement: {
    en: "10-year risk of a first cardiovascular event from 40 to 69 years, in the person's risk region (France: low).",
    fr: "Risque à 10 ans d'un premier événement cardiovasculaire de 40 à 69 ans, dans la région de risque de la personne (France : faible).",
  },
  kind: "risk-equation",
  class: "none",
  level: "none",
  source: {
    ...score2,
    verification: "public-source",
    confirmedIn:
      "github:dvicencio/RiskScorescvd R/11_SCORE2_func.R; github:skkceu/stata score2risk.ado (the authors' program)",
  },
  when: from40To69,
  presumes: [withoutDiabetes, apparentlyHealthy],
  computation: score2Computation,
  values: { riskPercent, category: escCategory },
  derives: derivesRiskAndCategory,
  caveats: [kidneyDisease],
  note: {
    en: `The risk region is never guessed. The class is that of ESC 2021 (doi ${esc2021.doi}). The published scales cross: below 4.9 % in men and 1.2 % in women the moderate region gives more than the high one.`,
    fr: `La région de risque n'est jamais supposée. La classe est celle de l'ESC 2021 (doi ${esc2021.doi}). Les échelles publiées se croisent : sous 4,9 % chez l'homme et 1,2 % chez la femme, la région modérée donne plus que la région élevée.`,
  },
};

const score2OpRule: Rule = {
  ...score2Rule,
  id: "score2/score2-op",
  title: { en: "SCORE2-OP", fr: "SCORE2-OP" },
  statement: {
    en: "10-year risk of a first cardiovascular event from 70 to 89 years, in the person's risk region (France: low).",
    fr: "Risque à 10 ans d'un premier événement cardiovasculaire de 70 à 89 ans, dans la région de risque de la personne (France : faible).",
  },
  source: {
    ...score2Op,
    verification: "public-source",
    confirmedIn:
      "github:dvicencio/RiskScorescvd R/11_SCORE2_func.R; github:skkceu/stata score2oprisk.ado (the authors' program)",
  },
  when: from70To89,
  computation: score2OpComputation,
  caveats: [kidneyDisease, smokingArtefact],
  note: {
    en: `The risk region is never guessed. The class is that of ESC 2021 (doi ${esc2021.doi}). The published scales cross: above 63 % in men and 77 % in women the high region gives more than the very high one.`,
    fr: `La région de risque n'est jamais supposée. La classe est celle de l'ESC 2021 (doi ${esc2021.doi}). Les échelles publiées se croisent : au-delà de 63 % chez l'homme et 77 % chez la femme, la région élevée donne plus que la région très élevée.`,
  },
};

const score2OpDiabetesRule: Rule = {
  ...score2OpRule,
  id: "score2/score2-op-diabetes",
  title: { en: "SCORE2-OP with diabetes", fr: "SCORE2-OP en cas de diabète" },
  statement: {
    en: "10-year risk of a first cardiovascular event from 70 to 89 years with diabetes, in the person's risk region. No class: ESC 2021 classes people with diabetes apart.",
    fr: "Risque à 10 ans d'un premier événement cardiovasculaire de 70 à 89 ans en cas de diabète, dans la région de risque de la personne. Sans classe : l'ESC 2021 classe les diabétiques à part.",
  },
  when: { all: [from70To89, hasDiabetes] },
  presumes: [withoutCardiovascularDisease],
  computation: score2OpDiabetesComputation,
  values: { riskPercent },
  derives: [],
  note: {
    en: "SCORE2-OP has a term for diabetes of any type; SCORE2-Diabetes ends at 69 years.",
    fr: "SCORE2-OP comporte un terme pour le diabète, quel qu'en soit le type ; SCORE2-Diabetes s'arrête à 69 ans.",
  },
};

const score2DiabetesRule: Rule = {
  ...score2Rule,
  id: "score2/score2-diabetes",
  title: { en: "SCORE2-Diabetes", fr: "SCORE2-Diabetes" },
  statement: {
    en: "10-year risk of a first cardiovascular event from 40 to 69 years with type 2 diabetes, in the person's risk region (France: low).",
    fr: "Risque à 10 ans d'un premier événement cardiovasculaire de 40 à 69 ans en cas de diabète de type 2, dans la région de risque de la personne (France : faible).",
  },
  source: {
    ...score2Diabetes,
    verification: "public-source",
    confirmedIn:
      "github:dvicencio/RiskScorescvd R/15_SCORE2-Diabetes_func.R; github:skkceu/stata score2dmrisk.ado (the authors' program); the 16 cases of the graphical abstract",
  },
  when: { all: [from40To69, hasDiabetes] },
  presumes: [type2Diabetes, withoutCardiovascularDisease],
  computation: score2DiabetesComputation,
  values: { riskPercent, category: diabetesCategory },
  derives: [],
  caveats: [severeOrganDamage],
  note: {
    en: "The class is that of ESC 2023 (doi 10.1093/eurheartj/ehad192). Severe target-organ damage, which the score does not see, is very high risk by itself. One public program (FSD-asalee) has men's terms in the women's equation; these are the paper's.",
    fr: "La classe est celle de l'ESC 2023 (doi 10.1093/eurheartj/ehad192). Une atteinte sévère d'organe cible, que le score ne voit pas, constitue à elle seule un risque très élevé. Un programme public (FSD-asalee) met des termes masculins dans l'équation féminine ; ceux-ci sont ceux de l'article.",
  },
};

/** SCORE2 and its two sisters: one equation for each age and diabetes, so that at most one applies. */
export const score2Pack: Pack = {
  id: "score2",
  version: "1.0.0",
  title: { en: "SCORE2, SCORE2-OP, SCORE2-Diabetes", fr: "SCORE2, SCORE2-OP, SCORE2-Diabetes" },
  scope: {
    en: "The European 10-year risk of a first cardiovascular event, by age and diabetes; at most one of the equations applies. Not for type 1 diabetes below 70 years, nor with established cardiovascular disease.",
    fr: "Le risque européen à 10 ans d'un premier événement cardiovasculaire, selon l'âge et le diabète ; une équation au plus s'applique. Ne concerne ni le diabète de type 1 avant 70 ans, ni la maladie cardiovasculaire établie.",
  },
  rules: [score2Rule, score2OpRule, score2OpDiabetesRule, score2DiabetesRule],
};
