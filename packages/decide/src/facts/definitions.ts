import type { FactDefinition } from "./fact-definition.ts";
import { minocaFactDefinitions } from "./minoca-definitions.ts";
import { mrFactDefinitions } from "./mr-definitions.ts";
import { perfusionFactDefinitions } from "./perfusion-definitions.ts";

/** 1 mmol/L of cholesterol is 38.67 mg/dL (molar mass 386.65 g/mol). */
export const cholesterolMgPerDl = { factor: 38.67, source: "molar mass of cholesterol, 386.65 g/mol" };

/** How much of an artery's length shows calcium on a chest CT: 0 none, 1 below a third, 2 up to two thirds, 3 more. */
const shemeshGrade = {
  kind: "number",
  unit: "1",
  isUnitOptional: true,
  accepts: {},
  minimum: 0,
  maximum: 3,
  isWhole: true,
} as const;

const riskClasses = {
  low: { en: "low", fr: "faible" },
  moderate: { en: "moderate", fr: "modéré" },
  high: { en: "high", fr: "élevé" },
  "very-high": { en: "very high", fr: "très élevé" },
} as const;

/**
 * Every fact that rules may read, by id. What a report prints and what a person may give both come from here. Codes were seen
 * in PS3.16 (pydicom's dictionaries), HL7's R4 value sets and published FHIR guides; a fact without one had none that means
 * just this.
 */
export const factDefinitions = {
  age: {
    kind: "number",
    title: { en: "Age", fr: "Âge" },
    code: { value: "121033", scheme: "DCM", meaning: "Subject Age" },
    unit: "a",
    accepts: {},
    minimum: 0,
    maximum: 125,
  },
  sex: {
    kind: "choice",
    title: { en: "Sex", fr: "Sexe" },
    code: { value: "121032", scheme: "DCM", meaning: "Subject Sex" },
    choices: { male: { en: "male", fr: "homme" }, female: { en: "female", fr: "femme" } },
  },
  ethnicity: {
    kind: "choice",
    title: { en: "Ethnicity, as the MESA study asked", fr: "Origine, selon la question de l'étude MESA" },
    isSensitive: true,
    choices: {
      white: { en: "White", fr: "blanche" },
      black: { en: "Black", fr: "noire" },
      hispanic: { en: "Hispanic", fr: "hispanique" },
      chinese: { en: "Chinese", fr: "chinoise" },
      other: { en: "other", fr: "autre" },
    },
    countsAsUnknown: "other",
    note: {
      en: "Optional. Never read from the images, never stored or exported. Another than the study's four counts as not given.",
      fr: "Facultatif. Jamais lu dans les images, jamais conservé ni exporté. Une autre que les quatre de l'étude compte comme non donnée.",
    },
  },
  "agatston-score": {
    kind: "number",
    title: { en: "Agatston score", fr: "Score d'Agatston" },
    code: { value: "112058", scheme: "DCM", meaning: "Calcium score" },
    unit: "[arb'U]",
    isUnitOptional: true,
    accepts: { "1": { factor: 1 }, "{score}": { factor: 1 }, "{AU}": { factor: 1 } },
    minimum: 0,
    maximum: 50_000,
  },
  "vessel-count": {
    kind: "number",
    title: { en: "Coronary arteries with calcium", fr: "Artères coronaires calcifiées" },
    unit: "{vessel}",
    isUnitOptional: true,
    accepts: { "1": { factor: 1 } },
    minimum: 0,
    maximum: 4,
    isWhole: true,
  },
  "volume-score": {
    kind: "number",
    title: { en: "Calcium volume", fr: "Volume de calcium" },
    code: { value: "122660", scheme: "DCM", meaning: "Calcium Volume" },
    unit: "mm3",
    accepts: {},
    minimum: 0,
    maximum: 100_000,
  },
  "earlier-agatston-score": {
    kind: "number",
    title: { en: "Agatston score of the earlier scan", fr: "Score d'Agatston de l'examen antérieur" },
    unit: "[arb'U]",
    isUnitOptional: true,
    accepts: { "1": { factor: 1 }, "{score}": { factor: 1 }, "{AU}": { factor: 1 } },
    minimum: 0,
    maximum: 50_000,
  },
  "earlier-volume-score": {
    kind: "number",
    title: { en: "Calcium volume of the earlier scan", fr: "Volume de calcium de l'examen antérieur" },
    unit: "mm3",
    accepts: {},
    minimum: 0,
    maximum: 100_000,
  },
  "years-between-scans": {
    kind: "number",
    title: { en: "Time between the scans", fr: "Délai entre les examens" },
    unit: "a",
    accepts: { mo: { factor: 1, divisor: 12 }, d: { factor: 1, divisor: 365.25 } },
    minimum: 0.01,
    maximum: 60,
  },
  "shemesh-lm": {
    ...shemeshGrade,
    title: { en: "Visual grade, left main", fr: "Grade visuel, tronc commun" },
  },
  "shemesh-lad": {
    ...shemeshGrade,
    title: { en: "Visual grade, left anterior descending", fr: "Grade visuel, interventriculaire antérieure" },
  },
  "shemesh-lcx": {
    ...shemeshGrade,
    title: { en: "Visual grade, circumflex", fr: "Grade visuel, circonflexe" },
  },
  "shemesh-rca": {
    ...shemeshGrade,
    title: { en: "Visual grade, right coronary", fr: "Grade visuel, coronaire droite" },
  },
  "total-cholesterol": {
    kind: "number",
    title: { en: "Total cholesterol", fr: "Cholestérol total" },
    code: { value: "2093-3", scheme: "LN", meaning: "Cholesterol [Mass/volume] in Serum or Plasma" },
    unit: "mg/dL",
    accepts: { "mmol/L": cholesterolMgPerDl, "g/L": { factor: 100 } },
    minimum: 40,
    maximum: 1000,
  },
  "hdl-cholesterol": {
    kind: "number",
    title: { en: "HDL cholesterol", fr: "Cholestérol HDL" },
    code: { value: "2085-9", scheme: "LN", meaning: "Cholesterol in HDL [Mass/volume] in Serum or Plasma" },
    unit: "mg/dL",
    accepts: { "mmol/L": cholesterolMgPerDl, "g/L": { factor: 100 } },
    minimum: 5,
    maximum: 200,
  },
  "ldl-cholesterol": {
    kind: "number",
    title: { en: "LDL cholesterol", fr: "Cholestérol LDL" },
    code: { value: "2089-1", scheme: "LN", meaning: "Cholesterol in LDL [Mass/volume] in Serum or Plasma" },
    unit: "g/L",
    accepts: {
      "mmol/L": { factor: 0.3867, source: cholesterolMgPerDl.source },
      "mg/dL": { factor: 1, divisor: 100 },
    },
    minimum: 0.05,
    maximum: 10,
  },
  "systolic-blood-pressure": {
    kind: "number",
    title: { en: "Systolic blood pressure", fr: "Pression artérielle systolique" },
    code: { value: "8480-6", scheme: "LN", meaning: "Systolic blood pressure" },
    unit: "mm[Hg]",
    accepts: { "cm[Hg]": { factor: 10 } },
    minimum: 50,
    maximum: 300,
  },
  "blood-pressure-medication": {
    kind: "boolean",
    title: { en: "Treated for high blood pressure", fr: "Traitement antihypertenseur" },
  },
  "lipid-medication": {
    kind: "boolean",
    title: { en: "Lipid-lowering treatment", fr: "Traitement hypolipémiant" },
  },
  statin: { kind: "boolean", title: { en: "Takes a statin", fr: "Sous statine" } },
  "statin-intolerance": {
    kind: "boolean",
    title: { en: "Does not tolerate or refuses statins", fr: "Intolérance aux statines ou refus" },
  },
  diabetes: {
    kind: "boolean",
    title: { en: "Diabetes", fr: "Diabète" },
    code: { value: "73211009", scheme: "SCT", meaning: "Diabetes mellitus (disorder)" },
  },
  "diabetes-type": {
    kind: "choice",
    title: { en: "Type of diabetes", fr: "Type de diabète" },
    choices: { "type-1": { en: "type 1", fr: "type 1" }, "type-2": { en: "type 2", fr: "type 2" } },
  },
  "diabetes-age": {
    kind: "number",
    title: { en: "Age when diabetes was found", fr: "Âge au diagnostic du diabète" },
    unit: "a",
    accepts: {},
    minimum: 0,
    maximum: 125,
  },
  hba1c: {
    kind: "number",
    title: { en: "Glycated haemoglobin (HbA1c)", fr: "Hémoglobine glyquée (HbA1c)" },
    code: { value: "59261-8", scheme: "LN", meaning: "Hemoglobin A1c/Hemoglobin.total in Blood by IFCC protocol" },
    unit: "mmol/mol",
    accepts: {
      "%": {
        factor: 10.929,
        offset: -10.929 * 2.15,
        source: "IFCC/NGSP master equation: IFCC = (NGSP - 2.15) x 10.929, doi 10.1373/clinchem.2003.024802 (recalled)",
      },
    },
    minimum: 10,
    maximum: 200,
  },
  "current-smoker": {
    kind: "boolean",
    title: { en: "Smokes now", fr: "Tabagisme actif" },
    code: { value: "77176002", scheme: "SCT", meaning: "Smoker (finding)" },
  },
  "family-history-heart-attack": {
    kind: "boolean",
    title: {
      en: "Heart attack in a first-degree relative, at any age",
      fr: "Infarctus chez un parent du premier degré, à tout âge",
    },
    code: { value: "266897007", scheme: "SCT", meaning: "Family history: Myocardial infarction (situation)" },
    note: {
      en: "What the MESA equation asks; not the premature one.",
      fr: "Ce que demande l'équation MESA ; à distinguer de l'antécédent précoce.",
    },
  },
  "premature-family-history": {
    kind: "boolean",
    title: { en: "Premature coronary disease in the family", fr: "Antécédent familial coronarien précoce" },
  },
  "familial-hypercholesterolaemia": {
    kind: "boolean",
    title: { en: "Familial hypercholesterolaemia", fr: "Hypercholestérolémie familiale" },
    code: { value: "398036000", scheme: "SCT", meaning: "Familial hypercholesterolemia (disorder)" },
  },
  symptomatic: {
    kind: "boolean",
    title: { en: "Symptoms that suggest coronary disease", fr: "Symptômes évocateurs de coronaropathie" },
  },
  "known-cardiovascular-disease": {
    kind: "boolean",
    title: { en: "Established cardiovascular disease", fr: "Maladie cardiovasculaire établie" },
  },
  "carotid-plaque": { kind: "boolean", title: { en: "Carotid plaque", fr: "Plaque carotidienne" } },
  "bleeding-risk": {
    kind: "choice",
    title: { en: "Bleeding risk", fr: "Risque hémorragique" },
    choices: { low: { en: "low", fr: "faible" }, high: { en: "high", fr: "élevé" } },
    accepts: { false: "low", true: "high" },
  },
  "endurance-athlete": { kind: "boolean", title: { en: "Endurance athlete", fr: "Sportif d'endurance" } },
  egfr: {
    kind: "number",
    title: { en: "Estimated glomerular filtration rate", fr: "Débit de filtration glomérulaire estimé" },
    code: { value: "80274001", scheme: "SCT", meaning: "Glomerular filtration rate (observable entity)" },
    unit: "mL/min/{1.73_m2}",
    accepts: { "mL/min": { factor: 1 }, "mL/min/1.73m2": { factor: 1 } },
    minimum: 1,
    maximum: 250,
  },
  bmi: {
    kind: "number",
    title: { en: "Body mass index", fr: "Indice de masse corporelle" },
    code: { value: "39156-5", scheme: "LN", meaning: "Body mass index (BMI) [Ratio]" },
    unit: "kg/m2",
    accepts: {},
    minimum: 8,
    maximum: 100,
  },
  height: {
    kind: "number",
    title: { en: "Height", fr: "Taille" },
    code: { value: "8302-2", scheme: "LN", meaning: "Body height" },
    unit: "cm",
    accepts: { m: { factor: 100 } },
    minimum: 40,
    maximum: 250,
  },
  weight: {
    kind: "number",
    title: { en: "Weight", fr: "Poids" },
    code: { value: "29463-7", scheme: "LN", meaning: "Body weight" },
    unit: "kg",
    accepts: { g: { factor: 1, divisor: 1000 } },
    minimum: 1,
    maximum: 400,
  },
  ...mrFactDefinitions,
  ...minocaFactDefinitions,
  ...perfusionFactDefinitions,
  "risk-region": {
    kind: "choice",
    title: { en: "Risk region of SCORE2 (France: low)", fr: "Région de risque de SCORE2 (France : faible)" },
    choices: riskClasses,
    accepts: { very_high: "very-high" },
  },
  "ten-year-ascvd-risk": {
    kind: "number",
    title: {
      en: "10-year risk of atherosclerotic disease (pooled cohort equations)",
      fr: "Risque à 10 ans de maladie athéromateuse (équations PCE)",
    },
    unit: "%",
    accepts: {},
    minimum: 0,
    maximum: 100,
  },
  "cac-percentile": {
    kind: "number",
    title: { en: "Percentile of the calcium score", fr: "Percentile du score calcique" },
    unit: "%",
    accepts: {},
    minimum: 0,
    maximum: 100,
  },
  "score2-category": {
    kind: "choice",
    title: { en: "Risk category of SCORE2 (ESC 2021)", fr: "Catégorie de risque SCORE2 (ESC 2021)" },
    choices: {
      "low-to-moderate": { en: "low to moderate", fr: "faible à modéré" },
      high: { en: "high", fr: "élevé" },
      "very-high": { en: "very high", fr: "très élevé" },
    },
  },
  "score2-risk": {
    kind: "number",
    title: { en: "10-year risk by SCORE2 or SCORE2-OP", fr: "Risque à 10 ans selon SCORE2 ou SCORE2-OP" },
    unit: "%",
    accepts: {},
    minimum: 0,
    maximum: 100,
  },
  "diabetes-a-priori-risk": {
    kind: "choice",
    title: {
      en: "Risk of a person with diabetes before the calcium score (SFC/SFD)",
      fr: "Risque a priori chez le diabétique (SFC/SFD)",
    },
    choices: {
      moderate: { en: "moderate", fr: "modéré" },
      high: { en: "high", fr: "élevé" },
      "very-high": { en: "very high", fr: "très élevé" },
    },
  },
  "risk-class": {
    kind: "choice",
    title: { en: "Cardiovascular risk class (ESC/EAS 2019)", fr: "Classe de risque cardiovasculaire (ESC/EAS 2019)" },
    choices: riskClasses,
  },
  "risk-class-by-calcium": {
    kind: "choice",
    title: {
      en: "Risk class once the calcium score is known",
      fr: "Classe de risque une fois le score calcique connu",
    },
    choices: riskClasses,
  },
  "ldl-target": {
    kind: "number",
    title: { en: "LDL target", fr: "Objectif de LDL" },
    unit: "g/L",
    accepts: {},
    minimum: 0.05,
    maximum: 10,
  },
} as const satisfies Readonly<Record<string, FactDefinition>>;

/** The id of a fact. */
export type FactId = keyof typeof factDefinitions;

/** Whether a text is the id of a fact. */
export function isFactId(id: string): id is FactId {
  return Object.hasOwn(factDefinitions, id);
}

/** The definition of a fact, of any kind. */
export function definitionOf(id: FactId): FactDefinition {
  return factDefinitions[id];
}
