import type { Output, OutputDeclaration } from "../../protocol.ts";

const ours = (value: string, meaning: string) => ({ value, scheme: "99ETALON", meaning }) as const;

/** The outputs of late enhancement; LOINC code of the mass as in PS3.16 CID 12203, the rest is ours. */
export const lateEnhancementOutputs = {
  "infarct-percent": {
    title: { en: "Late enhancement with no-reflow", fr: "Rehaussement tardif, no-reflow compris" },
    code: ours("infarct-percent", "Enhanced myocardium and no-reflow, share of all myocardium"),
    unit: "%",
  },
  "infarct-mass": {
    title: { en: "Mass of late enhancement with no-reflow", fr: "Masse du rehaussement tardif, no-reflow compris" },
    code: ours("infarct-mass", "Mass of enhanced myocardium and no-reflow"),
    unit: "g",
  },
  "no-reflow-percent": {
    title: { en: "Microvascular obstruction (no-reflow)", fr: "Obstruction microvasculaire (no-reflow)" },
    code: ours("no-reflow-percent", "No-reflow, share of all myocardium"),
    unit: "%",
  },
  "no-reflow-mass": {
    title: { en: "Mass of microvascular obstruction", fr: "Masse de l'obstruction microvasculaire" },
    code: ours("no-reflow-mass", "Mass of no-reflow"),
    unit: "g",
  },
  "lv-mass": {
    title: { en: "LV myocardial mass on these images", fr: "Masse myocardique VG sur ces images" },
    code: { value: "18087-7", scheme: "LN", meaning: "Left Ventricle Mass" },
    unit: "g",
  },
  transmurality: {
    title: { en: "Transmurality where enhanced", fr: "Transmuralité si rehaussement" },
    code: ours("transmurality", "Mean share of the wall's thickness over chords with enhancement"),
    unit: "%",
  },
  "transmurality-band": {
    // 0 none; 1 up to 25; 2 up to 50; 3 up to 75; 4 above 75 %.
    title: { en: "Band of extent, 0 to 4", fr: "Classe d'étendue, 0 à 4" },
    code: ours("transmurality-band", "Band of the enhanced share of a segment, 0 to 4"),
    unit: "1",
  },
  "second-infarct-percent": {
    title: {
      en: "Late enhancement on the second acquisition",
      fr: "Rehaussement tardif sur la seconde acquisition",
    },
    code: ours(
      "second-infarct-percent",
      "Enhanced myocardium and no-reflow on the second acquisition, share of all myocardium",
    ),
    unit: "%",
  },
  "second-infarct-difference": {
    title: { en: "Second acquisition less the first, points", fr: "Seconde acquisition moins la première, points" },
    code: ours("second-infarct-difference", "Enhanced share on the second acquisition less that on the first"),
    unit: "%",
  },
  "second-added-segments": {
    title: {
      en: "Segments enhanced on the second acquisition alone",
      fr: "Segments rehaussés sur la seconde acquisition seulement",
    },
    code: ours("second-added-segments", "Segments enhanced on the second acquisition and not on the first"),
    unit: "1",
  },
  "second-lost-segments": {
    title: {
      en: "Segments enhanced on the first acquisition alone",
      fr: "Segments rehaussés sur la première acquisition seulement",
    },
    code: ours("second-lost-segments", "Segments enhanced on the first acquisition and not on the second"),
    unit: "1",
  },
} as const satisfies Readonly<Record<string, OutputDeclaration>>;

/** One output, of the whole ventricle or of a site. */
export function output(id: keyof typeof lateEnhancementOutputs, value: number, site?: string): Output {
  const { unit, code } = lateEnhancementOutputs[id];
  return { id, value, unit, ...(site === undefined ? {} : { site }), code };
}
