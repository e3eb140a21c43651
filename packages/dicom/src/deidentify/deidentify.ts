import { elementOf, itemsOf, textOf } from "../attribute-values.ts";
import type { DataSet, Element } from "../data-set.ts";
import { sortedTags, tagLabel } from "../tag.ts";
import { type SingleAction, settledAction } from "./attribute-type.ts";
import type { Change } from "./change.ts";
import {
  cappedAge,
  cleanTextElement,
  holdsIdentity,
  isFreeText,
  isItem,
  isOfDicom,
  pseudonymousUids,
  shiftedElement,
} from "./clean-element.ts";
import { type ConfidentialityRow, confidentialityRow } from "./confidentiality-table.ts";
import { dummyElement } from "./dummy-value.ts";
import { type IdentityWords, identityWords } from "./identity-words.ts";
import { type ConfidentialityProfile, methodCodes } from "./profile.ts";
import { type Pseudonyms, pseudonymsOf } from "./pseudonym.ts";
import { isSafePrivate } from "./safe-private.ts";

/** What de-identification needs besides the object. */
export interface DeidentifyContext {
  /** Secret of 16 bytes or more: the same key makes the same pseudonyms, UIDs and shift of dates. */
  readonly key: Uint8Array;
  /** What tells patients apart instead of PatientID, for one person under several identifiers. */
  readonly patientKey?: string;
  /** PatientID and name to write instead of "ANON-…", such as a number of a research set; 1 to 64 characters. */
  readonly pseudonym?: string;
  /** Names and identifiers known from elsewhere, such as the study's other objects: looked for in all text. */
  readonly identifying?: readonly string[];
}

/** A data set without identity, and what was done to it. */
export interface Deidentified {
  readonly dataSet: DataSet;
  readonly changes: readonly Change[];
}

interface Work {
  readonly root: DataSet;
  readonly options: ReadonlySet<string>;
  readonly pseudonyms: Pseudonyms;
  readonly identity: IdentityWords;
  readonly changes: Change[];
}

/** UIDs that the table does not name and that name a class or a vocabulary, not an instance. */
const classUids = new Set([
  "00020010",
  "00020012",
  "00080016",
  "0008001A",
  "0008001B",
  "0008010C",
  "00081150",
  "00081151",
]);

/** Text of a content item: free text that the table leaves to the sequence around it. */
const textValue = "0040A160";
/** Timezone Offset From UTC says "+0200". */
const timezone = "00080201";

/**
 * A data set without identity: the actions of PS3.15 table E.1-1 on every attribute, also in items of sequences, and no
 * identifying string of the object left in any text that stays. Attributes that the table does not name are kept, but
 * dates (by the longitudinal options), names (dummy) and UIDs of instances (pseudonym). Group lengths, digital
 * signatures, private attributes that are not safe, whole overlays and curves go.
 *
 * @param dataSet the whole object; values left in their file stay references
 * @throws InputError `out-of-range` (a key under 16 bytes)
 * @see PS3.15 annex E
 */
export function deidentify(
  dataSet: DataSet,
  profile: ConfidentialityProfile,
  context: DeidentifyContext,
): Deidentified {
  const found = pseudonymsOf(dataSet, context.key, context.patientKey);
  const given = context.pseudonym;
  const work: Work = {
    root: dataSet,
    options: new Set(profile.options),
    pseudonyms: given === undefined ? found : { ...found, patientId: given, patientName: { Alphabetic: given } },
    identity: identityWords(dataSet, profile, context.identifying),
    changes: [],
  };
  const cleaned = cleanedItems(dataSet, work, "");
  return { dataSet: { ...cleaned, ...statements(dataSet, profile) }, changes: work.changes };
}

/** What the object says of its own de-identification (PS3.15 E.1.1 item 6, PS3.3 C.12.1.1 and C.7.1.1). */
function statements(dataSet: DataSet, profile: ConfidentialityProfile): DataSet {
  const codes = methodCodes(profile);
  const known = new Set(codes.map((code) => textOf(code, "00080100")));
  const earlier = itemsOf(dataSet, "00120064").filter((item) => !known.has(textOf(item, "00080100")));
  const has = (option: string): boolean => profile.options.some((name) => name === option);
  const dates = has("retain-longitudinal-full-dates")
    ? "UNMODIFIED"
    : has("retain-longitudinal-modified-dates")
      ? "MODIFIED"
      : "REMOVED";
  return {
    "00120062": { vr: "CS", Value: ["YES"] },
    "00120063": { vr: "LO", Value: ["Etalon: PS3.15 2026d Basic Profile", ...profile.options] },
    "00120064": { vr: "SQ", Value: [...codes, ...earlier] },
    "00280303": { vr: "CS", Value: [dates] },
  };
}

function cleanedItems(dataSet: DataSet, work: Work, parent: string): DataSet {
  const cleaned: Record<string, Element> = {};
  for (const tag of sortedTags(dataSet)) {
    const label = tagLabel(Number.parseInt(tag, 16));
    const path = parent === "" ? label : `${parent}.${label}`;
    const element = cleanedElement(tag, { dataSet, path }, work);
    if (element !== undefined) cleaned[tag] = element;
  }
  return cleaned;
}

interface Place {
  /** The data set or item that holds the element. */
  readonly dataSet: DataSet;
  readonly path: string;
}

function cleanedElement(tag: string, place: Place, work: Work): Element | undefined {
  const element = place.dataSet[tag];
  const group = Number.parseInt(tag.slice(0, 4), 16);
  if (tag.endsWith("0000") || (place.path.includes(".") && tag === "00080005")) return undefined;
  if (group % 2 === 1) return privateElement(tag, place, work);
  if (tag.startsWith("60") || tag.startsWith("50") || tag.startsWith("FFFA")) return removed(place, work);
  if (tag === "00100020")
    return changed(element, { ...element, Value: [work.pseudonyms.patientId] }, { place, work, action: "D" });
  if (tag === "00100010")
    return changed(element, { vr: "PN", Value: [work.pseudonyms.patientName] }, { place, work, action: "D" });
  const row = confidentialityRow(tag);
  const action = row === undefined ? unlistedAction(tag, element, work) : listedAction(tag, row, { place, work });
  return carriedOut(action, tag, { place, work });
}

/** Options go before the Basic Profile, K before C (PS3.15 E.1.1: "the option overrides"). */
function listedAction(
  tag: string,
  row: ConfidentialityRow,
  { place, work }: { readonly place: Place; readonly work: Work },
): SingleAction {
  const wanted = Object.entries(row.options).filter(([option]) => work.options.has(option));
  if (wanted.some(([, action]) => action === "K")) return "K";
  if (wanted.length > 0) return "C";
  return settledAction(row.basic, { tag, isTop: !place.path.includes("."), root: work.root });
}

/** Dates, names and UIDs that a later edition names, or none. */
function unlistedAction(tag: string, { vr, Value }: Element, work: Work): SingleAction {
  if (vr === "PN") return "D";
  if (tag === textValue) return work.options.has("clean-descriptors") ? "C" : "D";
  if (vr === "DA" || vr === "DT") {
    if (work.options.has("retain-longitudinal-full-dates")) return "K";
    return work.options.has("retain-longitudinal-modified-dates") ? "C" : "D";
  }
  const isInstanceUid =
    vr === "UI" && !classUids.has(tag) && (Value ?? []).some((uid) => typeof uid === "string" && !isOfDicom(uid));
  return isInstanceUid && !work.options.has("retain-uids") ? "U" : "K";
}

interface At {
  readonly place: Place;
  readonly work: Work;
}

function carriedOut(action: SingleAction, tag: string, { place, work }: At): Element | undefined {
  const element = place.dataSet[tag];
  if (action === "X") return removed(place, work);
  if (action === "Z") return changed(element, { vr: element.vr }, { place, work, action });
  if (action === "D") return dummy(tag, element, { place, work });
  if (element.vr === "SQ") return cleanedSequence(element, { place, work });
  if (action === "U") return changed(element, pseudonymousUids(element, work.pseudonyms), { place, work, action });
  if (action === "C") return cleanedValue(tag, element, { place, work });
  return kept(tag, element, { place, work });
}

function removed(place: Place, work: Work): undefined {
  work.changes.push({ path: place.path, action: "X" });
  return undefined;
}

function changed(before: Element, after: Element, at: At & { readonly action: Change["action"] }): Element {
  const isEmpty = before.Value === undefined && before.bytes === undefined && before.bulk === undefined;
  if (isEmpty && after.Value === undefined && after.bytes === undefined) return before;
  at.work.changes.push({ path: at.place.path, action: at.action });
  return after;
}

/** A sequence without a dummy of its own is cleaned item by item: the table has a row for all that identifies in it. */
function dummy(tag: string, element: Element, at: At): Element | undefined {
  const replacement = dummyElement(tag, element.vr);
  if (replacement !== undefined) return changed(element, replacement, { ...at, action: "D" });
  return element.vr === "SQ" ? cleanedSequence(element, at) : removed(at.place, at.work);
}

function cleanedSequence(element: Element, { place, work }: At): Element {
  const items = (element.Value ?? []).filter(isItem);
  return { ...element, Value: items.map((item, i) => cleanedItems(item, work, `${place.path}[${i}]`)) };
}

function cleanedValue(tag: string, element: Element, at: At): Element | undefined {
  const { place, work } = at;
  const { vr } = element;
  if (vr === "DA" || vr === "DT" || vr === "TM")
    return changed(element, shiftedElement(tag, element, work.pseudonyms.days), { ...at, action: "C" });
  if (isFreeText(vr)) {
    const { element: after, blankedWords } = cleanTextElement(element, work.identity, tag !== timezone);
    if (blankedWords > 0) work.changes.push({ path: place.path, action: "C", blankedWords });
    return after;
  }
  // Bits and pictures cannot be read: what they may show goes.
  return element.bytes === undefined ? element : removed(place, work);
}

/** What stays is still searched for the identifying strings of the object. */
function kept(tag: string, element: Element, { place, work }: At): Element | undefined {
  if (tag === "00101010") return cappedAge(element);
  if (isFreeText(element.vr)) {
    const { element: after, blankedWords } = cleanTextElement(element, work.identity, false);
    if (blankedWords > 0) work.changes.push({ path: place.path, action: "C", blankedWords });
    return after;
  }
  // Samples of a waveform are numbers, and would be words by chance.
  const isReadable = element.vr === "UN" || (element.vr === "OB" && !tag.startsWith("5400"));
  const isHidden = isReadable && element.bytes !== undefined && holdsIdentity(element.bytes, work.identity);
  return isHidden ? removed(place, work) : element;
}

/** PS3.15 E.3.10: an attribute of a creator and element that are known to be safe; creators of what stays stay. */
function privateElement(tag: string, place: Place, work: Work): Element | undefined {
  const block = tag.slice(4, 6);
  const creator = textOf(place.dataSet, `${tag.slice(0, 4)}00${block === "00" ? tag.slice(6) : block}`);
  if (!work.options.has("retain-safe-private") || creator === undefined) return removed(place, work);
  if (block === "00") {
    const prefix = tag.slice(0, 4) + tag.slice(6);
    const isNeeded = Object.keys(place.dataSet).some((key) => key.startsWith(prefix) && isSafePrivate(creator, key));
    return isNeeded ? elementOf(place.dataSet, tag) : removed(place, work);
  }
  if (!isSafePrivate(creator, tag)) return removed(place, work);
  const element = place.dataSet[tag];
  const action = unlistedAction(tag, element, work);
  return carriedOut(action, tag, { place, work });
}
