import { type CodedConcept, etalonCode, sct } from "./coded-concept.ts";

/** What a protocol's numbers are about, in the codes that other systems know. */
export interface ProtocolConcepts {
  /** The examination (TID 1500 row "Procedure reported"). */
  readonly procedure: CodedConcept;
  /** Where the totals were measured. */
  readonly site?: CodedConcept;
  /** What one item of the result is. */
  readonly finding?: CodedConcept;
  /** Defined term of an unpaired body part (PS3.16 annex L). */
  readonly bodyPartExamined?: string;
}

/** By protocol id; SNOMED CT as in PS3.16 CID 3757 (procedure), 3015 (artery) and 3802 (plaque). */
const concepts: Readonly<Record<string, ProtocolConcepts>> = {
  "coronary/calcium-score": {
    procedure: sct("426005005", "Cardiac CT for calcium scoring"),
    site: sct("41801008", "Coronary Artery"),
    finding: sct("18115005", "Pathologic calcification"),
    bodyPartExamined: "HEART",
  },
  "cardiac/lv-function": {
    procedure: sct("241620005", "Cardiac MRI"),
    site: sct("87878005", "Left Ventricle"),
    bodyPartExamined: "HEART",
  },
  "cardiac/late-enhancement": {
    procedure: sct("241620005", "Cardiac MRI"),
    site: sct("49848007", "Left Ventricle Myocardium"),
    bodyPartExamined: "HEART",
  },
  "cardiac/intervention-check": {
    procedure: sct("241620005", "Cardiac MRI"),
    site: sct("80891009", "Heart"),
    bodyPartExamined: "HEART",
  },
  "cardiac/oedema": {
    procedure: sct("241620005", "Cardiac MRI"),
    site: sct("49848007", "Left Ventricle Myocardium"),
    bodyPartExamined: "HEART",
  },
  "cardiac/t1-map": {
    procedure: sct("241620005", "Cardiac MRI"),
    site: sct("80891009", "Heart"),
    bodyPartExamined: "HEART",
  },
  "cardiac/t2-map": {
    procedure: sct("241620005", "Cardiac MRI"),
    site: sct("80891009", "Heart"),
    bodyPartExamined: "HEART",
  },
  "cardiac/t2star-map": {
    procedure: sct("241620005", "Cardiac MRI"),
    site: sct("80891009", "Heart"),
    bodyPartExamined: "HEART",
  },
  "cardiac/ecv": {
    procedure: sct("241620005", "Cardiac MRI"),
    site: sct("80891009", "Heart"),
    bodyPartExamined: "HEART",
  },
};

/** The concepts of a protocol; one without a row reports its own id under our scheme. */
export function protocolConcepts(protocolId: string): ProtocolConcepts {
  return Object.hasOwn(concepts, protocolId) ? concepts[protocolId] : { procedure: etalonCode(protocolId, protocolId) };
}
