import { InputError } from "@etalon/base";
import { dictionaryVr } from "@etalon/dicom";
import type { MatchingKey, Query, QueryLevel } from "../../archive/query.ts";
import { attributePath } from "../../archive/search/attribute-path.ts";
import { takesList } from "../../archive/search/read-criterion.ts";

/** What a search is asked of: its level, and what the URL already names. */
export interface SearchResource {
  readonly level: QueryLevel;
  readonly studyInstanceUid?: string;
  readonly seriesInstanceUid?: string;
}

/** A query and what of its parameters was ignored. */
export interface ParsedQuery {
  readonly query: Query;
  readonly warnings: readonly string[];
}

/** Matches in one answer where no `limit` asks for fewer: PS3.18 section 8.3.4.4 calls it maxResults. */
export const maxResults = 10_000;
/** Far more than any client asks, and little enough to keep the SQL small. */
const mostKeys = 100;
/** Attributes that one answer can be asked to include: "all" is for more. */
const mostIncluded = 500;

/** Parameters of PS3.18 section 8.3 that are answered elsewhere or change nothing here. */
const elsewhere: ReadonlySet<string> = new Set(["accept", "charset"]);

/**
 * The query of a search (PS3.18 sections 8.3.4 and 10.6.1): `query` is the raw query string, without its "?". Attributes are
 * named by keyword or by eight hexadecimal digits, "." between sequence and item. What is no parameter of the standard is
 * ignored with a warning, as section 8.3.1 has it.
 *
 * @throws InputError `malformed-query` (a parameter of the standard with a value it cannot have)
 */
export function parseQido(query: string, resource: SearchResource): ParsedQuery {
  const warnings: string[] = [];
  const keys = new Map<string, string>();
  const include: string[] = [];
  const controls = new Map<string, string>();
  for (const { name, value } of parameters(query)) {
    if (name === "includefield") include.push(...value.split(","));
    else if (isControl(name)) setOnce(controls, name, value);
    else if (!elsewhere.has(name)) {
      const path = attributePath(name);
      if (path === undefined) warnings.push(`${name} is no attribute or parameter that is known here and was ignored`);
      else addKey(keys, path, { name, value });
    }
  }
  const includeFields = readInclude(include, warnings);
  addResource(keys, resource);
  if (keys.size > mostKeys) throw malformed("query", `${keys.size} attributes`, `at most ${mostKeys}`);
  return {
    query: {
      level: resource.level,
      keys: [...keys].map(([path, value]): MatchingKey => ({ path, value })),
      includeFields,
      isFuzzy: flag(controls, "fuzzymatching"),
      isEmptyValueMatching: flag(controls, "emptyvaluematching"),
      isMultipleValueMatching: flag(controls, "multiplevaluematching"),
      // PS3.18 has no negotiation: dates and times are combined.
      isCombinedDateTime: true,
      limit: Math.min(count(controls, "limit") ?? maxResults, maxResults),
      offset: count(controls, "offset") ?? 0,
      parents: parentsOf(resource),
    },
    warnings,
  };
}

interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** Name and value pairs as they stand. "+" is a space: forms and URLSearchParams write it so. */
function parameters(query: string): readonly Parameter[] {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return { name: decoded(name), value: decoded(value) };
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw malformed("query", text, "UTF-8 in percent-encoding");
  }
}

const controlNames = ["fuzzymatching", "emptyvaluematching", "multiplevaluematching", "limit", "offset"] as const;
type Control = (typeof controlNames)[number];

function isControl(name: string): name is Control {
  return controlNames.some((control) => control === name);
}

function setOnce(controls: Map<string, string>, name: Control, value: string): void {
  if (controls.has(name)) throw malformed(name, value, "it once");
  controls.set(name, value);
}

function flag(controls: ReadonlyMap<string, string>, name: Control): boolean {
  const value = controls.get(name)?.toLowerCase() ?? "false";
  if (value !== "true" && value !== "false") throw malformed(name, value, "true, false");
  return value === "true";
}

function count(controls: ReadonlyMap<string, string>, name: Control): number | undefined {
  const value = controls.get(name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number)) throw malformed(name, value, "0, 1, 2 …");
  return number;
}

/** An attribute asked twice is a list where its VR takes one, and else no query (PS3.18 section 8.3.4.1: unique). */
function addKey(keys: Map<string, string>, path: string, { name, value }: Parameter): void {
  const before = keys.get(path);
  if (before === undefined) keys.set(path, value);
  else if (!takesList(dictionaryVr(Number.parseInt(path.slice(-8), 16)))) throw malformed(name, value, "it once");
  else keys.set(path, before === "" || value === "" ? before + value : `${before},${value}`);
}

function readInclude(asked: readonly string[], warnings: string[]): Query["includeFields"] {
  const names = asked.map((name) => name.trim()).filter((name) => name !== "");
  if (names.includes("all")) {
    if (names.length > 1) warnings.push("includefield=all includes every other includefield");
    return "all";
  }
  if (names.length > mostIncluded)
    throw malformed("includefield", `${names.length} attributes`, `at most ${mostIncluded}`);
  const paths = names.map((name) => ({ name, path: attributePath(name) }));
  for (const { name, path } of paths) {
    if (path === undefined) warnings.push(`includefield ${name} is no attribute that is known here and was ignored`);
  }
  return [...new Set(paths.flatMap(({ path }) => (path === undefined ? [] : [path])))];
}

/** What the URL names holds besides what the parameters ask: both must match. */
function addResource(keys: Map<string, string>, resource: SearchResource): void {
  const named = [
    ["0020000D", resource.studyInstanceUid],
    ["0020000E", resource.seriesInstanceUid],
  ] as const;
  for (const [tag, uid] of named) {
    if (uid === undefined) continue;
    const asked = keys.get(tag)?.trim() ?? "";
    const others = asked === "" || asked === "*" ? [uid] : asked.split(/[,\\]/).map((text) => text.trim());
    // A UID that no object has: the URL's study is not among those that were asked for.
    keys.set(tag, others.includes(uid) ? uid : "0");
  }
}

/** PS3.18 section 10.6.3.3: attributes of the levels above that the URL does not name are returned too. */
function parentsOf({ level, studyInstanceUid, seriesInstanceUid }: SearchResource): readonly QueryLevel[] {
  return [
    ...(level !== "study" && studyInstanceUid === undefined ? (["study"] as const) : []),
    ...(level === "instance" && seriesInstanceUid === undefined ? (["series"] as const) : []),
  ];
}

function malformed(field: string, received: string, expected: string): InputError {
  return new InputError("malformed-query", field, received.slice(0, 100), expected);
}
