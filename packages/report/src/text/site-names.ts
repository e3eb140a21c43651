import type { Text } from "@etalon/base";

/** An artery's name and its usual letters. */
export interface SiteName {
  readonly name: Text;
  readonly short: Text;
}

const NAMES: Readonly<Record<string, SiteName>> = {
  LM: { name: { en: "Left main", fr: "Tronc commun" }, short: { en: "LM", fr: "TC" } },
  LAD: {
    name: { en: "Left anterior descending", fr: "Interventriculaire antérieure" },
    short: { en: "LAD", fr: "IVA" },
  },
  LCX: { name: { en: "Left circumflex", fr: "Circonflexe" }, short: { en: "LCx", fr: "Cx" } },
  RCA: { name: { en: "Right coronary", fr: "Coronaire droite" }, short: { en: "RCA", fr: "CD" } },
  "LV-MYOCARDIUM": {
    name: { en: "myocardium of the left ventricle", fr: "myocarde du ventricule gauche" },
    short: { en: "LV myocardium", fr: "Myocarde VG" },
  },
  SEPTUM: { name: { en: "septum", fr: "septum" }, short: { en: "Septum", fr: "Septum" } },
  "LV-BLOOD-POOL": {
    name: { en: "cavity of the left ventricle", fr: "cavité du ventricule gauche" },
    short: { en: "LV cavity", fr: "Cavité VG" },
  },
};

/** The AHA's 17 segments of the left ventricle (Cerqueira MD et al., Circulation 2002;105:539-542), in order. */
const SEGMENTS: readonly Text[] = [
  { en: "Basal anterior", fr: "Antérieur basal" },
  { en: "Basal anteroseptal", fr: "Antéroseptal basal" },
  { en: "Basal inferoseptal", fr: "Inféroseptal basal" },
  { en: "Basal inferior", fr: "Inférieur basal" },
  { en: "Basal inferolateral", fr: "Inférolatéral basal" },
  { en: "Basal anterolateral", fr: "Antérolatéral basal" },
  { en: "Mid anterior", fr: "Antérieur médian" },
  { en: "Mid anteroseptal", fr: "Antéroseptal médian" },
  { en: "Mid inferoseptal", fr: "Inféroseptal médian" },
  { en: "Mid inferior", fr: "Inférieur médian" },
  { en: "Mid inferolateral", fr: "Inférolatéral médian" },
  { en: "Mid anterolateral", fr: "Antérolatéral médian" },
  { en: "Apical anterior", fr: "Antérieur apical" },
  { en: "Apical septal", fr: "Septal apical" },
  { en: "Apical inferior", fr: "Inférieur apical" },
  { en: "Apical lateral", fr: "Latéral apical" },
  { en: "Apex", fr: "Apex" },
];

/** The name of a segment, by a label such as "AHA-4". */
function segmentName(label: string): SiteName | undefined {
  const number = /^AHA-(\d{1,2})$/i.exec(label.trim())?.[1];
  const name = number === undefined ? undefined : SEGMENTS[Number(number) - 1];
  return name === undefined ? undefined : { name, short: { en: `${number}`, fr: `${number}` } };
}

/** The name of a site of the marks; a label that is no artery's is shown as the reader wrote it. */
export function siteName(label: string): SiteName {
  const known = NAMES[label.trim().toUpperCase()] ?? segmentName(label);
  const same = { en: label, fr: label };
  return known ?? { name: same, short: same };
}
