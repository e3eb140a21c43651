import { type DataSet, dictionaryVr, type Element, type ElementValue } from "@etalon/dicom";
import type { Query, QueryLevel } from "../query.ts";
import { levelOfTag } from "./attribute-level.ts";
import { attributePath } from "./attribute-path.ts";
import { indexedColumns } from "./indexed-columns.ts";

/** A stored document: DICOM JSON (PS3.18 annex F.2) by tag. */
export type StoredDocument = Readonly<Record<string, unknown>>;

/** Returned with every match, empty where unknown (PS3.18 tables 10.6.3-3, -4 and -5, types U and R; PS3.4 C.2.2.1). */
export const requiredAttributes: Readonly<Record<QueryLevel, readonly string[]>> = {
  study: words(
    `StudyDate StudyTime AccessionNumber ModalitiesInStudy ReferringPhysicianName PatientName PatientID PatientBirthDate
     PatientSex StudyInstanceUID StudyID NumberOfStudyRelatedSeries NumberOfStudyRelatedInstances`,
  ),
  series: words("Modality SeriesInstanceUID SeriesNumber NumberOfSeriesRelatedInstances"),
  instance: words("SOPClassUID SOPInstanceUID InstanceNumber"),
};

/** Returned where known (type C), and the UIDs of what a match belongs to, which clients rest on. */
export const attributesWhereKnown: Readonly<Record<QueryLevel, readonly string[]>> = {
  study: words("InstanceAvailability TimezoneOffsetFromUTC"),
  series: words(
    `InstanceAvailability TimezoneOffsetFromUTC SeriesDescription StudyInstanceUID PerformedProcedureStepStartDate
     PerformedProcedureStepStartTime RequestAttributesSequence.ScheduledProcedureStepID
     RequestAttributesSequence.RequestedProcedureID`,
  ),
  instance: words(
    `InstanceAvailability TimezoneOffsetFromUTC StudyInstanceUID SeriesInstanceUID NumberOfFrames Rows Columns
     BitsAllocated`,
  ),
};

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}

function paths(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => attributePath(name) ?? []);
}

/** What of a sequence is returned: whole, or by the tags of its items. */
type Wanted = Map<string, Wanted | "whole">;

/** What a query wants back, of all its levels. */
export interface WantedAttributes {
  readonly wanted: ReadonlyMap<string, Wanted | "whole">;
  /** Tags that are returned even where they have no value. */
  readonly required: ReadonlySet<string>;
  /** Levels of which everything stored is returned. */
  readonly wholeLevels: ReadonlySet<QueryLevel>;
}

const order: readonly QueryLevel[] = ["study", "series", "instance"];

/**
 * What is returned for each match: what PS3.18 requires of the level and of its `parents`, what was matched, and what was
 * asked to be included. Attributes of a lower level are left out.
 */
export function wantedAttributes(query: Query): WantedAttributes {
  const levels = [query.level, ...(query.parents ?? [])];
  const asked = query.includeFields === "all" ? [] : query.includeFields;
  const wanted: Wanted = new Map();
  const reach = order.indexOf(query.level);
  const always = levels.flatMap((level) => paths(requiredAttributes[level]));
  const known = levels.flatMap((level) => paths(attributesWhereKnown[level]));
  for (const path of [...always, ...known, ...asked, ...query.keys.map((key) => key.path)]) {
    const tags = path.split(".");
    const level = indexedColumns.get(tags[0] ?? "")?.level ?? levelOfTag(tags[0] ?? "");
    if (order.indexOf(level) <= reach) want(wanted, tags);
  }
  const askedTags = [...asked, ...query.keys.map((key) => key.path)].filter((path) => !path.includes("."));
  return {
    wanted,
    required: new Set([...always, ...askedTags.filter((tag) => wanted.has(tag))]),
    wholeLevels: new Set(query.includeFields === "all" ? levels : []),
  };
}

function want(wanted: Wanted, [tag = "", ...rest]: readonly string[]): void {
  const known = wanted.get(tag);
  if (known === "whole") return;
  if (rest.length === 0) {
    wanted.set(tag, "whole");
    return;
  }
  const inner: Wanted = known ?? new Map();
  wanted.set(tag, inner);
  want(inner, rest);
}

/**
 * The attributes of one match out of its documents, one a level; what the archive counts itself (`computed`) goes before
 * what an object says. Values left in the file (bulk data) are no part of a search's answer.
 */
export function pickAttributes(
  documents: ReadonlyMap<QueryLevel, StoredDocument>,
  { wanted, required: always, wholeLevels }: WantedAttributes,
  computed: DataSet,
): DataSet {
  const picked: Record<string, Element> = {};
  for (const [level, document] of documents) {
    const tags = wholeLevels.has(level) ? Object.keys(document) : [...wanted.keys()];
    for (const tag of tags) {
      const element = pickElement(document[tag], wanted.get(tag) ?? "whole");
      if (element !== undefined && picked[tag] === undefined) picked[tag] = element;
    }
  }
  for (const [tag, element] of Object.entries(computed)) {
    if (wanted.has(tag)) picked[tag] = element;
  }
  for (const tag of always) {
    const vr = dictionaryVr(Number.parseInt(tag, 16));
    if (picked[tag] === undefined && /^[A-Z]{2}$/.test(vr) && vr !== "UN") picked[tag] = { vr };
  }
  return picked;
}

function pickElement(stored: unknown, wanted: Wanted | "whole"): Element | undefined {
  if (!isDocument(stored) || typeof stored["vr"] !== "string") return undefined;
  const { vr, Value } = stored;
  if ("InlineBinary" in stored || "BulkDataURI" in stored) return undefined;
  if (!Array.isArray(Value)) return { vr };
  return { vr, Value: Value.map((value: unknown) => pickValue(value, vr, wanted)) };
}

function pickValue(value: unknown, vr: string, wanted: Wanted | "whole"): ElementValue {
  if (typeof value === "string" || typeof value === "number" || value === null) return value;
  if (!isDocument(value)) return null;
  if (vr === "SQ") return pickItem(value, wanted);
  const { Alphabetic, Ideographic, Phonetic } = value;
  return {
    ...(typeof Alphabetic === "string" ? { Alphabetic } : {}),
    ...(typeof Ideographic === "string" ? { Ideographic } : {}),
    ...(typeof Phonetic === "string" ? { Phonetic } : {}),
  };
}

function pickItem(item: StoredDocument, wanted: Wanted | "whole"): DataSet {
  const tags = wanted === "whole" ? Object.keys(item) : [...wanted.keys()];
  const picked: Record<string, Element> = {};
  for (const tag of tags) {
    const element = pickElement(item[tag], wanted === "whole" ? "whole" : (wanted.get(tag) ?? "whole"));
    if (element !== undefined) picked[tag] = element;
  }
  return picked;
}

/** A stored document as a data set without bulk data: what keys of an instance's metadata are matched on. */
export function dataSetOfDocument(document: StoredDocument): DataSet {
  return pickItem(document, "whole");
}

/** Whether JSON is an object. */
export function isDocument(value: unknown): value is StoredDocument {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
