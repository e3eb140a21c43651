import { InputError } from "@etalon/base";
import type { Query } from "../query.ts";
import { type Criterion, hasWildcard } from "./criterion.ts";
import { foldName } from "./fold-name.ts";
import { readMoment } from "./read-moment.ts";

/** Lists of UIDs, compared whole: C-FIND can send thousands. */
const longestList = 1024 * 1024;
/** Longer than any value but of long text (PS3.5 table 6.2-1: a name of 3 × 64), and little enough to be compared with many. */
const longestText = 1024;

/** What of a query decides how its keys are read. */
export type ReadingOptions = Pick<Query, "isFuzzy" | "isEmptyValueMatching" | "isMultipleValueMatching">;

const textVrs: ReadonlySet<string> = new Set(["AE", "AS", "CS", "LO", "LT", "SH", "ST", "UC", "UR", "UT"]);
const numberVrs: ReadonlySet<string> = new Set("DS FD FL IS SL SS SV UL US UV xs lt".split(" "));
/** PS3.4 C.2.2.2.4 leaves ages and locators out of wild card matching; text of one value may hold a backslash. */
const literalVrs: ReadonlySet<string> = new Set(["AS", "UR"]);
const singleVrs: ReadonlySet<string> = new Set(["LT", "ST", "UT", "UR"]);
/** A comma cannot be in a code string or UID, and clients separate the values of these by one. */
const commaVrs: ReadonlySet<string> = new Set(["CS", "UI"]);

/** Whether values of a VR can be asked for: not those of binary ones. "SQ" can, through the attributes of its items. */
export function isMatchableVr(vr: string): boolean {
  return textVrs.has(vr) || numberVrs.has(vr) || ["UI", "DA", "TM", "DT", "PN", "AT", "SQ"].includes(vr);
}

/** Whether a key of this VR may be asked several times, as one list (PS3.18 section 8.3.4.1, UID list matching). */
export function takesList(vr: string): boolean {
  return commaVrs.has(vr);
}

/**
 * What a key's value asks for, by the VR of its attribute. An empty value, or nothing but "*", is universal matching; two
 * quotation marks are empty value matching where it was asked for.
 *
 * @param field name of the key, for the message
 * @throws InputError `malformed-query` (the value is none of this VR, or of one that cannot be matched)
 */
export function readCriterion(
  key: { readonly field: string; readonly value: string; readonly vr: string },
  options: ReadingOptions,
): Criterion {
  const { field, vr } = key;
  // PostgreSQL has no text with a NUL in it, and neither has DICOM but as padding.
  if (key.value.includes("\0")) throw malformed(field, "NUL", "text");
  const most = vr === "UI" ? longestList : longestText;
  if (key.value.length > most) throw malformed(field, key.value, `at most ${most} characters`);
  const value = key.value.toWellFormed().trim();
  if (/^\**$/.test(value)) return { kind: "universal" };
  if (value === '""' && options.isEmptyValueMatching === true) return { kind: "empty" };
  const mode = options.isMultipleValueMatching === true ? "all" : "any";
  if (vr === "DA" || vr === "TM" || vr === "DT") return readMoment(field, value, vr);
  if (vr === "PN")
    return options.isFuzzy ? fuzzyName(value) : { kind: "name", names: split(value, vr).map(foldName), mode };
  if (vr === "UI")
    return { kind: "text", texts: split(value, vr).map((uid) => checkedUid(field, uid)), isWild: false, mode };
  if (vr === "AT")
    return { kind: "text", texts: split(value, vr).map((tag) => checkedTag(field, tag)), isWild: false, mode };
  if (numberVrs.has(vr))
    return { kind: "number", numbers: split(value, vr).map((text) => checkedNumber(field, text)), mode };
  if (!textVrs.has(vr))
    throw malformed(field, value, vr === "SQ" ? `${field}.<attribute of its items>` : `no value (VR ${vr})`);
  const texts = split(value, vr);
  return { kind: "text", texts, isWild: !literalVrs.has(vr) && texts.some(hasWildcard), mode };
}

function split(value: string, vr: string): readonly string[] {
  if (singleVrs.has(vr)) return [value];
  const values = value.split(commaVrs.has(vr) ? /[,\\]/ : "\\").map((text) => text.trim());
  const given = values.filter((text) => text !== "");
  return given.length === 0 ? [""] : given;
}

/** A name that is nothing but separators has no words, and matches as no name at all would. */
function fuzzyName(value: string): Criterion {
  const words = foldName(value)
    .split(/[ =\\,*?]+/)
    .filter((word) => word !== "");
  return words.length === 0 ? { kind: "universal" } : { kind: "fuzzy-name", words };
}

/** PS3.5 section 9.1: digits and dots, 64 at most. Leading zeros of components are not refused: files have them. */
function checkedUid(field: string, uid: string): string {
  if (!/^[0-9.]{1,64}$/.test(uid)) throw malformed(field, uid, "UID");
  return uid;
}

function checkedTag(field: string, tag: string): string {
  if (!/^[0-9A-Fa-f]{8}$/.test(tag)) throw malformed(field, tag, "ggggeeee");
  return tag.toUpperCase();
}

function checkedNumber(field: string, text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || !Number.isFinite(Number(text)))
    throw malformed(field, text, "a number");
  return Number(text);
}

function malformed(field: string, received: string, expected: string): InputError {
  return new InputError("malformed-query", field, received.slice(0, 100), expected);
}
