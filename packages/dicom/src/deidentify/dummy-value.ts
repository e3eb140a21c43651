import type { DataSet, Element, ElementValue } from "../data-set.ts";
import { valueRepresentations } from "../value-representation.ts";

const dummyText = "ANONYMIZED";

const dummies: Readonly<Record<string, ElementValue>> = {
  AS: "000Y",
  DA: "19000101",
  TM: "000000",
  DT: "19000101000000",
  PN: { Alphabetic: dummyText },
  UR: "urn:anonymized",
};

/** An item that stands for a removed code. */
const dummyCode: DataSet = {
  "00080100": { vr: "SH", Value: [dummyText] },
  "00080102": { vr: "SH", Value: ["99ETALON"] },
  "00080104": { vr: "LO", Value: [dummyText] },
};

/** A content item that stands for a removed content tree: TEXT, Finding (121071, DCM). */
const dummyContent: DataSet = {
  "0040A010": { vr: "CS", Value: ["CONTAINS"] },
  "0040A040": { vr: "CS", Value: ["TEXT"] },
  "0040A043": {
    vr: "SQ",
    Value: [
      {
        "00080100": { vr: "SH", Value: ["121071"] },
        "00080102": { vr: "SH", Value: ["DCM"] },
        "00080104": { vr: "LO", Value: ["Finding"] },
      },
    ],
  },
  "0040A160": { vr: "UT", Value: [dummyText] },
};

/** A graphic annotation without its graphics: one text object in the corner. */
const dummyAnnotation: DataSet = {
  "00700002": { vr: "CS", Value: [dummyText] },
  "00700008": {
    vr: "SQ",
    Value: [
      {
        "00700004": { vr: "CS", Value: ["PIXEL"] },
        "00700006": { vr: "ST", Value: [dummyText] },
        "00700014": { vr: "FL", Value: [1, 1] },
        "00700015": { vr: "CS", Value: ["N"] },
      },
    ],
  },
};

const dummyItems: Readonly<Record<string, DataSet>> = {
  "0040A730": dummyContent,
  "00700001": dummyAnnotation,
  "00401101": dummyCode,
  "00080082": dummyCode,
};

/**
 * The dummy of an element (action D): a value of its VR that is not empty and says nothing. Of a sequence it is one item
 * where the tag has one, otherwise `undefined`: its items are then cleaned one by one. `undefined` too where a VR is
 * unknown.
 */
export function dummyElement(tag: string, vr: string): Element | undefined {
  const item = dummyItems[tag];
  if (item !== undefined) return { vr: "SQ", Value: [item] };
  const representation = valueRepresentations.get(vr);
  if (representation === undefined || vr === "SQ" || vr === "UN") return undefined;
  const { kind, width } = representation;
  if (kind === "bytes") return { vr, bytes: new Uint8Array(Math.max(2, width)) };
  if (kind === "tag") return { vr, Value: ["00000000"] };
  const isNumeric = kind === "number" || kind === "decimal" || kind === "integer-string";
  return { vr, Value: [dummies[vr] ?? (isNumeric ? 0 : dummyText)] };
}
