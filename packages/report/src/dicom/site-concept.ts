import { type CodedConcept, sct } from "./coded-concept.ts";

/** Sites by the label that marks use, upper case; SNOMED CT as in PS3.16 CID 3015 (Coronary Arteries). */
const sites: Readonly<Record<string, CodedConcept>> = {
  LM: sct("3227004", "Left Main Coronary Artery"),
  LAD: sct("59438005", "Left Anterior Descending Coronary Artery"),
  LCX: sct("57396003", "Circumflex Coronary Artery"),
  RCA: sct("13647002", "Right Coronary Artery"),
};

/** The anatomic code of a site's label, `null` for a label that is the reader's own. */
export function siteConcept(label: string): CodedConcept | null {
  const key = label.trim().toUpperCase();
  return Object.hasOwn(sites, key) ? sites[key] : null;
}
