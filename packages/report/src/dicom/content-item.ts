import type { KeywordRecord } from "@etalon/dicom";
import { type CodedConcept, codeItem } from "./coded-concept.ts";
import { unitConcept } from "./unit-concept.ts";

/** How a content item relates to the one that holds it (PS3.3 C.17.3.2.4); those that the templates here use. */
export type Relationship = "CONTAINS" | "HAS CONCEPT MOD" | "HAS OBS CONTEXT";

/** An item of a content sequence, by keywords. */
export type ContentItem = KeywordRecord;

/** A heading with items under it; `template` names the DCMR template it follows. */
export function containerItem(concept: CodedConcept, children: readonly ContentItem[], template?: string): ContentItem {
  return {
    RelationshipType: "CONTAINS",
    ValueType: "CONTAINER",
    ConceptNameCodeSequence: [codeItem(concept)],
    ContinuityOfContent: "SEPARATE",
    ContentTemplateSequence: template === undefined ? undefined : [templateItem(template)],
    ContentSequence: children.length === 0 ? undefined : children,
  };
}

/** Names a template of the DICOM Content Mapping Resource (PS3.3 C.18.8.1.2). */
export function templateItem(identifier: string): KeywordRecord {
  return { MappingResource: "DCMR", TemplateIdentifier: identifier };
}

/** A text under a name. Spaces alone are no value (PS3.5 section 6.2), which a text must have: a dash stands for them. */
export function textItem(relationship: Relationship, concept: CodedConcept, text: string): ContentItem {
  return named(relationship, "TEXT", concept, { TextValue: text.trim() === "" ? "–" : text });
}

/** A coded value under a name. */
export function conceptItem(relationship: Relationship, concept: CodedConcept, value: CodedConcept): ContentItem {
  return named(relationship, "CODE", concept, { ConceptCodeSequence: [codeItem(value)] });
}

/** A UID under a name. */
export function uidItem(relationship: Relationship, concept: CodedConcept, uid: string): ContentItem {
  return named(relationship, "UIDREF", concept, { UID: uid });
}

/**
 * A number with its UCUM unit. NumericValue holds as many digits as its 16 characters do, FloatingPointValue the number
 * itself, to the last bit (PS3.3 C.18.1).
 */
export function numberItem(concept: CodedConcept, value: number, unit: string): ContentItem {
  return named("CONTAINS", "NUM", concept, {
    MeasuredValueSequence: [
      {
        MeasurementUnitsCodeSequence: [codeItem(unitConcept(unit))],
        NumericValue: value,
        FloatingPointValue: value,
      },
    ],
  });
}

/** A reference to an image, or to one segment of a segmentation; an image of the image library has no name. */
export function imageItem(
  image: { readonly sopClassUid: string; readonly sopInstanceUid: string; readonly segmentNumber?: number },
  concept?: CodedConcept,
): ContentItem {
  return {
    RelationshipType: "CONTAINS",
    ValueType: "IMAGE",
    ConceptNameCodeSequence: concept === undefined ? undefined : [codeItem(concept)],
    ReferencedSOPSequence: [
      {
        ReferencedSOPClassUID: image.sopClassUid,
        ReferencedSOPInstanceUID: image.sopInstanceUid,
        ReferencedSegmentNumber: image.segmentNumber,
      },
    ],
  };
}

// biome-ignore lint/complexity/useMaxParams: the four parts of every content item, private to this file.
function named(
  relationship: Relationship,
  valueType: string,
  concept: CodedConcept,
  value: KeywordRecord,
): ContentItem {
  return {
    RelationshipType: relationship,
    ValueType: valueType,
    ConceptNameCodeSequence: [codeItem(concept)],
    ...value,
  };
}
