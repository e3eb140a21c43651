import type { KeywordRecord } from "@etalon/dicom";
import type { Hl7Segment } from "@medplum/core";
import { fieldText, repetitionCount } from "./field-text.ts";

/** Text of a description, cut to what its VR holds: nobody is taken for another by it. */
export function shortened(text: string, length: number): string {
  return text
    .replace(/[\\\p{Cc}]+/gu, " ")
    .slice(0, length)
    .trim();
}

/** A date and time of HL7 (TS, DTM) as DA and TM, local as it stands; "" where it says none. */
export function momentOf(text: string): { readonly date: string; readonly time: string } {
  const digits = /^\d{8,14}(\.\d{1,6})?/.exec(text)?.[0] ?? "";
  return { date: digits.slice(0, 8), time: digits.slice(8) };
}

/** First component of a name: XPN begins with the family name, XCN with an id before it. */
type NameStart = 1 | 2;

/**
 * A name (XPN, XCN) as PN: family, given, middle, prefix, suffix. Repetitions in ideographic and phonetic letters (XPN-8 "I"
 * and "P", HL7 table 0465) are its other component groups.
 */
export function nameOf(segment: Hl7Segment | undefined, field: number, start: NameStart): string {
  const groups = ["", "", ""];
  for (let repetition = 0; repetition < repetitionCount(segment, field); repetition++) {
    const part = (component: number, subcomponent?: number): string =>
      namePart(
        fieldText(segment, field, {
          component: component + start - 1,
          repetition,
          ...(subcomponent === undefined ? {} : { subcomponent }),
        }),
      );
    // Family, given, middle, suffix, prefix in HL7; the family name's own subcomponents repeat what its first one has.
    const name = [part(1, 1), part(2), part(3), part(5), part(4)].join("^").replace(/\^+$/, "");
    const representation = start === 1 ? fieldText(segment, field, { component: 8, repetition }) : "";
    const at = representation === "I" ? 1 : representation === "P" ? 2 : 0;
    groups[at] ||= name;
  }
  return groups.join("=").replace(/=+$/, "");
}

/** OBR-34's name (NDL): its first component holds an id and the parts of a name; or it is one as XCN. */
export function performerOf(segment: Hl7Segment | undefined, field: number): string {
  const part = (subcomponent: number): string => namePart(fieldText(segment, field, { subcomponent }));
  const nested = [part(2), part(3), part(4), part(6), part(5)].join("^").replace(/\^+$/, "");
  return nested === "" ? nameOf(segment, field, 2) : nested;
}

/** Signs that part a name in DICOM are none of its letters. */
function namePart(text: string): string {
  return text
    .replace(/[\\^=\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 64);
}

/** Three components of a coded element (CE, CWE) as an item of a code sequence; none where there is no code. */
export function codeOf(segment: Hl7Segment | undefined, field: number, first = 1): readonly KeywordRecord[] {
  const part = (component: number): string => fieldText(segment, field, { component: first + component });
  const [value, meaning, scheme] = [part(0), part(1), part(2)];
  if (value === "" || value.length > 16) return [];
  return [
    {
      CodeValue: value,
      CodingSchemeDesignator: shortened(scheme, 16) || "L",
      CodeMeaning: shortened(meaning || value, 64),
    },
  ];
}

/** The text of a coded element, or its code where it has none. */
export function meaningOf(segment: Hl7Segment | undefined, field: number): string {
  return fieldText(segment, field, { component: 2 }) || fieldText(segment, field);
}
