import type { KeywordRecord } from "@etalon/dicom";
import { fittingText } from "./fitting-text.ts";

/** A coded concept of any scheme (PS3.3 section 8.8): the codes of results, and those that the templates ask for. */
export interface CodedConcept {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** A concept of the DICOM Content Mapping Resource (PS3.16 annex D). */
export function dcm(value: string, meaning: string): CodedConcept {
  return { value, scheme: "DCM", meaning };
}

/** A concept of SNOMED CT. */
export function sct(value: string, meaning: string): CodedConcept {
  return { value, scheme: "SCT", meaning };
}

/** A concept of our own scheme, for what no standard codes. */
export function etalonCode(value: string, meaning: string): CodedConcept {
  return { value, scheme: "99ETALON", meaning };
}

/** Longest CodeValue (SH), characters (PS3.5 table 6.2-1). */
const LONGEST_SHORT_CODE = 16;

/** The item of a code sequence (PS3.3 table 8.8-1); codes beyond 16 characters stand in LongCodeValue. */
export function codeItem({ value, scheme, meaning }: CodedConcept): KeywordRecord {
  return {
    ...(value.length > LONGEST_SHORT_CODE ? { LongCodeValue: value } : { CodeValue: value }),
    CodingSchemeDesignator: scheme,
    CodeMeaning: fittingText(meaning),
  };
}
