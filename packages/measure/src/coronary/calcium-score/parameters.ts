import type { ChoiceParameter, NumberParameter, ReasonParameter } from "../../protocol.ts";

const AGATSTON_1990 = "Agatston AS et al., J Am Coll Cardiol 1990;15:827-832, doi 10.1016/0735-1097(90)90282-T";
const PROPOSAL_ONLY =
  "our own rule, for proposals only: it decides what is suggested, never what a reader's marks count";

/** A density in Hounsfield units, over the range of 12-bit CT and of extended scales. */
function hounsfield(
  en: string,
  fr: string,
  rest: { default: number; source: string },
): NumberParameter & { default: number } {
  return { kind: "number", title: { en, fr }, unit: "[hnsf'U]", minimum: -1024, maximum: 30_000, ...rest };
}

/** A positive length, area or volume. */
function extent(
  en: string,
  fr: string,
  rest: { unit: string; default: number; maximum: number; source: string },
): NumberParameter & { default: number } {
  return { kind: "number", title: { en, fr }, minimum: 0, ...rest };
}

/** Everything the calcium score could have done otherwise, in one place. */
export const calciumScoreParameters = {
  threshold: hounsfield("Calcium threshold", "Seuil du calcium", { default: 130, source: AGATSTON_1990 }),
  "weight-2-from": hounsfield("Weight 2 from", "Poids 2 à partir de", { default: 200, source: AGATSTON_1990 }),
  "weight-3-from": hounsfield("Weight 3 from", "Poids 3 à partir de", { default: 300, source: AGATSTON_1990 }),
  "weight-4-from": hounsfield("Weight 4 from", "Poids 4 à partir de", { default: 400, source: AGATSTON_1990 }),
  "tube-voltage-thresholds": {
    kind: "choice",
    title: { en: "Thresholds by tube voltage", fr: "Seuils selon la tension du tube" },
    default: "as-at-120",
    choices: ["as-at-120", "grani-2018"],
    source:
      "as-at-120: the 1990 cut points at every voltage; grani-2018: Gräni C et al., Eur Heart J Cardiovasc Imaging 2018;19:1362-1371, doi 10.1093/ehjci/jey019, at 70, 80 and 100 kVp as in CalciumScoring.jl",
  } as ChoiceParameter & { readonly choices: readonly ("as-at-120" | "grani-2018")[] },
  "minimum-area": extent("Minimum area of a lesion in a slice", "Aire minimale d'une lésion dans une coupe", {
    unit: "mm2",
    default: 1,
    maximum: 100,
    source: `${AGATSTON_1990}, as usually quoted (the text was not read)`,
  }),
  "minimum-pixels": extent("Minimum pixels of a lesion in a slice", "Nombre minimal de pixels d'une lésion", {
    unit: "{pixel}",
    default: 1,
    maximum: 1000,
    source: "1 leaves the minimum area alone; 3 and 4 are common in scoring software",
  }),
  connectivity: {
    kind: "choice",
    title: { en: "Neighbours in the plane", fr: "Voisins dans le plan" },
    default: "8",
    choices: ["8", "4"],
    source: "8 is the common default of scoring software; the 1990 paper does not say",
  } as ChoiceParameter & { readonly choices: readonly ("8" | "4")[] },
  "peak-of": {
    kind: "choice",
    title: { en: "Peak density taken from", fr: "Densité maximale prise sur" },
    default: "slice-lesion",
    choices: ["slice-lesion", "whole-lesion"],
    source: `${AGATSTON_1990}: the peak of the lesion in that slice`,
  } as ChoiceParameter & { readonly choices: readonly ("slice-lesion" | "whole-lesion")[] },
  "thickness-handling": {
    kind: "choice",
    title: { en: "Thin slices", fr: "Coupes fines" },
    default: "average-thin",
    choices: ["average-thin", "as-acquired"],
    source: "the score is defined on 3 mm slices; thin slices raise noise and score, so they are averaged first",
  } as ChoiceParameter & { readonly choices: readonly ("average-thin" | "as-acquired")[] },
  "slice-normalisation": {
    kind: "choice",
    title: { en: "Normalise to the increment", fr: "Normaliser à l'incrément" },
    default: "increment",
    choices: ["increment", "none"],
    source: "score × increment / 3 mm, so that contiguous, gapped and overlapping slices compare",
  } as ChoiceParameter & { readonly choices: readonly ("increment" | "none")[] },
  "reference-increment": {
    ...extent("Increment the score is defined on", "Incrément de référence", {
      unit: "mm",
      default: 3,
      maximum: 20,
      source: AGATSTON_1990,
    }),
    minimum: 0.5,
  },
  "heart-length": extent("Shortest coverage of a whole heart", "Couverture minimale d'un cœur entier", {
    unit: "mm",
    default: 90,
    maximum: 500,
    source: "our own rule: a shorter stack is flagged, since an adult heart is 100 to 130 mm long",
  }),
  "thin-slice-limit": extent("Slices thinner than this are averaged", "Épaisseur sous laquelle on moyenne", {
    unit: "mm",
    default: 2,
    maximum: 20,
    source: "our reading of the field's advice: 2 to 3 mm slices are scored as they are",
  }),
  "thick-slice-limit": extent("Slices thicker than this are flagged", "Épaisseur au-delà de laquelle on avertit", {
    unit: "mm",
    default: 3,
    maximum: 20,
    source: AGATSTON_1990,
  }),
  "mass-calibration-factor": {
    kind: "number",
    title: { en: "Mass calibration factor", fr: "Facteur d'étalonnage de la masse" },
    unit: "mg/cm3/[hnsf'U]",
    default: null,
    minimum: 0.1,
    maximum: 5,
    needsSource: true,
    source:
      "no default: of one scanner, tube voltage and body size (McCollough CH et al., Radiology 2007;243:527-538, doi 10.1148/radiol.2432050808)",
  } as NumberParameter & { readonly default: null },
  "tube-voltage": {
    kind: "number",
    title: { en: "Tube voltage", fr: "Tension du tube" },
    unit: "kV",
    default: null,
    minimum: 40,
    maximum: 200,
    needsSource: true,
    source: "KVP of the images unless overridden",
  } as NumberParameter & { readonly default: null },
  "contrast-override": {
    kind: "reason",
    title: { en: "Why contrast-enhanced images are scored", fr: "Motif pour coter des images injectées" },
    default: null,
    source: "no default: contrast-enhanced images are refused",
  } as ReasonParameter,
  "blood-pool-limit": hounsfield("Blood is enhanced from", "Sang rehaussé à partir de", {
    default: 100,
    source: "our own rule: unenhanced blood measures 30 to 60 HU",
  }),
  "blood-pool-volume": extent("Volume of enhanced blood that refuses", "Volume de sang rehaussé qui fait refuser", {
    unit: "mm3",
    default: 20_000,
    maximum: 10_000_000,
    source: "our own rule: far above a calibration rod, far below one heart chamber",
  }),
  "bone-volume": extent("Components larger than this are bone", "Volume au-delà duquel c'est de l'os", {
    unit: "mm3",
    default: 5000,
    maximum: 10_000_000,
    source: PROPOSAL_ONLY,
  }),
  "tissue-limit": hounsfield("Body from", "Corps à partir de", { default: -300, source: PROPOSAL_ONLY }),
  "lung-width": extent("Air this wide bounds the heart zone", "Largeur d'air qui borde la zone du cœur", {
    unit: "mm",
    default: 20,
    maximum: 500,
    source: PROPOSAL_ONLY,
  }),
  "spine-clearance": extent("Heart zone ends in front of the spine by", "Distance de la zone du cœur au rachis", {
    unit: "mm",
    default: 15,
    maximum: 100,
    source: `${PROPOSAL_ONLY}; the descending aorta, often calcified, lies beside the front of the spine`,
  }),
  "heart-width": extent("Widest heart zone", "Largeur maximale de la zone du cœur", {
    unit: "mm",
    default: 200,
    maximum: 500,
    source: PROPOSAL_ONLY,
  }),
} as const;

/** The declared parameters' types. */
export type CalciumScoreParameters = typeof calciumScoreParameters;
