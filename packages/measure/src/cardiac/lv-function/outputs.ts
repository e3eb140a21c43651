import type { Code, Text } from "@etalon/base";
import type { Output, OutputDeclaration } from "../../protocol.ts";

const etalon = (value: string, meaning: string): Code => ({ value, scheme: "99ETALON", meaning });
const loinc = (value: string, meaning: string): Code => ({ value, scheme: "LN", meaning });

function declared(unit: string, en: string, rest: { readonly fr: string; readonly code: Code }): OutputDeclaration {
  const title: Text = { en, fr: rest.fr };
  return { title, code: rest.code, unit };
}

/**
 * The outputs of ventricular function. LOINC and SNOMED CT codes as in PS3.16 CID 3833, 3835, 12200 and 12203 (pydicom's
 * dictionaries); an index or a right-sided value without one of its own is ours.
 */
export const lvFunctionOutputs = {
  "lv-ejection-fraction": declared("%", "LV ejection fraction", {
    fr: "Fraction d'éjection VG",
    code: loinc("8811-2", "Left ventricular ejection fraction by MR"),
  }),
  "lv-edv": declared("mL", "LV end-diastolic volume", {
    fr: "Volume télédiastolique VG",
    code: loinc("8821-1", "Left Ventricular ED Volume"),
  }),
  "lv-esv": declared("mL", "LV end-systolic volume", {
    fr: "Volume télésystolique VG",
    code: loinc("8823-7", "Left Ventricular ES Volume"),
  }),
  "lv-stroke-volume": declared("mL", "LV stroke volume", {
    fr: "Volume d'éjection systolique VG",
    code: { value: "90096001", scheme: "SCT", meaning: "Stroke Volume" },
  }),
  "lv-mass": declared("g", "LV myocardial mass, end-diastole", {
    fr: "Masse myocardique VG en télédiastole",
    code: loinc("18087-7", "Left Ventricle Mass"),
  }),
  "lv-edv-index": declared("mL/m2", "LV end-diastolic volume index", {
    fr: "Volume télédiastolique VG indexé",
    code: etalon("lv-edv-index", "Left ventricular end-diastolic volume by body surface area"),
  }),
  "lv-esv-index": declared("mL/m2", "LV end-systolic volume index", {
    fr: "Volume télésystolique VG indexé",
    code: etalon("lv-esv-index", "Left ventricular end-systolic volume by body surface area"),
  }),
  "lv-stroke-volume-index": declared("mL/m2", "LV stroke volume index", {
    fr: "Volume d'éjection systolique VG indexé",
    code: etalon("lv-stroke-volume-index", "Left ventricular stroke volume by body surface area"),
  }),
  "lv-mass-index": declared("g/m2", "LV mass index", {
    fr: "Masse VG indexée",
    code: etalon("lv-mass-index", "Left ventricular mass by body surface area"),
  }),
  "cardiac-output": declared("L/min", "Cardiac output", {
    fr: "Débit cardiaque",
    code: { value: "82799009", scheme: "SCT", meaning: "Cardiac Output" },
  }),
  "cardiac-index": declared("L/min/m2", "Cardiac index", {
    fr: "Index cardiaque",
    code: { value: "54993008", scheme: "SCT", meaning: "Cardiac Index" },
  }),
  "rv-ejection-fraction": declared("%", "RV ejection fraction", {
    fr: "Fraction d'éjection VD",
    code: loinc("8818-7", "Right ventricular ejection fraction by MR"),
  }),
  "rv-edv": declared("mL", "RV end-diastolic volume", {
    fr: "Volume télédiastolique VD",
    code: loinc("8822-9", "Right Ventricular ED Volume"),
  }),
  "rv-esv": declared("mL", "RV end-systolic volume", {
    fr: "Volume télésystolique VD",
    code: loinc("8824-5", "Right Ventricular ES Volume"),
  }),
  "rv-stroke-volume": declared("mL", "RV stroke volume", {
    fr: "Volume d'éjection systolique VD",
    code: { value: "429483009", scheme: "SCT", meaning: "Right ventricular stroke volume" },
  }),
  "rv-edv-index": declared("mL/m2", "RV end-diastolic volume index", {
    fr: "Volume télédiastolique VD indexé",
    code: etalon("rv-edv-index", "Right ventricular end-diastolic volume by body surface area"),
  }),
  "rv-esv-index": declared("mL/m2", "RV end-systolic volume index", {
    fr: "Volume télésystolique VD indexé",
    code: etalon("rv-esv-index", "Right ventricular end-systolic volume by body surface area"),
  }),
  "body-surface-area": declared("m2", "Body surface area", {
    fr: "Surface corporelle",
    code: etalon("body-surface-area", "Body surface area"),
  }),
} as const satisfies Readonly<Record<string, OutputDeclaration>>;

/** The id of an output. */
export type LvOutputId = keyof typeof lvFunctionOutputs;

/** Outputs of the values that are there, in the order of their declaration. */
export function listOutputs(values: Readonly<Partial<Record<LvOutputId, number>>>): Output[] {
  return Object.entries(lvFunctionOutputs).flatMap(([id, { unit, code }]) => {
    // The keys are those of the declaration.
    const value = values[id as LvOutputId];
    return value === undefined ? [] : [{ id, value, unit, code }];
  });
}
