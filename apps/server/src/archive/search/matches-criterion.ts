import type { DataSet, Element, ElementValue, PersonName } from "@etalon/dicom";
import type { Criterion, ValueMode } from "./criterion.ts";
import { hasWildcard } from "./criterion.ts";
import { foldName } from "./fold-name.ts";
import { similarEnough, wordSimilarity } from "./name-words.ts";
import { storedMoment } from "./read-moment.ts";

/**
 * Whether an element matches (PS3.4 C.2.2.2); of several values one is enough. An absent or empty element matches universal
 * and empty value matching only. The definition that the SQL of the archive is tested against.
 */
export function matchesCriterion(element: Element | undefined, criterion: Criterion): boolean {
  if (criterion.kind === "universal") return true;
  const values = (element?.Value ?? []).filter((value) => value !== null && value !== "");
  if (criterion.kind === "empty") return values.length === 0 && (element?.bytes?.length ?? 0) === 0 && !element?.bulk;
  if (criterion.kind === "fuzzy-name") {
    const names = values.map(nameText);
    return names.some((name) => criterion.words.every((word) => hasWordLike(name, word)));
  }
  if (criterion.kind === "moment") {
    const { vr, from = "", to = "~" } = criterion;
    const moments = values.map((value) => storedMoment(String(value), vr));
    return moments.some((moment) => moment !== undefined && from <= moment && moment <= to);
  }
  if (criterion.kind === "number")
    return matchesList(criterion.numbers, criterion.mode, (asked) =>
      values.some((value) => typeof value !== "string" && Number(value) === asked),
    );
  if (criterion.kind === "name")
    return matchesList(criterion.names, criterion.mode, (asked) =>
      values.some((value) => matchesName(nameText(value), asked)),
    );
  const { texts, isWild, mode } = criterion;
  return matchesList(texts, mode, (asked) =>
    values.some((value) => (isWild ? matchesPattern(String(value), asked) : String(value) === asked)),
  );
}

function matchesList<Asked>(list: readonly Asked[], mode: ValueMode, matches: (asked: Asked) => boolean): boolean {
  return mode === "all" ? list.every(matches) : list.some(matches);
}

/** The folded text of a PN value, component groups joined by "=". */
function nameText(value: ElementValue): string {
  if (!isPersonName(value)) return foldName(String(value));
  return foldName([value.Alphabetic ?? "", value.Ideographic ?? "", value.Phonetic ?? ""].join("="));
}

function isPersonName(value: ElementValue): value is PersonName {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A folded name against a folded key. A key with "=" is compared group by group, an empty group of it with anything; one
 * without is compared with the alphabetic group, and, where it has letters of another script, with each group.
 */
function matchesName(name: string, asked: string): boolean {
  const groups = name.split("=");
  if (asked.includes("="))
    return asked.split("=").every((group, at) => group === "" || matchesPattern(groups[at] ?? "", group));
  return (isLatin(asked) ? groups.slice(0, 1) : groups).some((group) => matchesPattern(group, asked));
}

/** Whether a folded key can only be meant for the alphabetic group. */
export function isLatin(asked: string): boolean {
  return /^[\p{Script=Latin}\p{Script=Common}]*$/u.test(asked);
}

function hasWordLike(name: string, word: string): boolean {
  return name
    .split(/[ =]/)
    .some((other) => other !== "" && (other.startsWith(word) || wordSimilarity(other, word) >= similarEnough));
}

/**
 * "*" is any sequence, "?" any one character (PS3.4 C.2.2.2.4). Where a letter fits nothing, the last "*" takes one letter more
 * and what follows it is tried again: an earlier one need never be, as the last can take whatever that one would.
 */
export function matchesPattern(text: string, pattern: string): boolean {
  if (!hasWildcard(pattern)) return text === pattern;
  const [letters, symbols] = [[...text], [...pattern]];
  let [at, symbolAt] = [0, 0];
  let star: { readonly symbolAt: number; at: number } | undefined;
  while (at < letters.length) {
    const symbol = symbols[symbolAt];
    if (symbol === "*") {
      star = { symbolAt, at };
      symbolAt++;
    } else if (symbol !== undefined && (symbol === "?" || symbol === letters[at])) {
      at++;
      symbolAt++;
    } else if (star !== undefined) {
      star.at++;
      at = star.at;
      symbolAt = star.symbolAt + 1;
    } else return false;
  }
  return symbols.slice(symbolAt).every((symbol) => symbol === "*");
}

/** One key that has been read: its tags from the outermost sequence inwards. */
export interface ReadKey {
  readonly tags: readonly string[];
  readonly criterion: Criterion;
}

/**
 * Whether a data set matches all keys; keys of one sequence must match in one and the same item of it (PS3.4 C.2.2.2.6).
 */
export function matchesKeys(dataSet: DataSet, keys: readonly ReadKey[]): boolean {
  return [...keysByTag(keys)].every(([tag, { criteria, inner }]) => {
    const element = dataSet[tag];
    if (!criteria.every((criterion) => matchesCriterion(element, criterion))) return false;
    return inner.length === 0 || inner.every(isUniversal) || itemsIn(element).some((item) => matchesKeys(item, inner));
  });
}

/** Keys under their first tag: those of the attribute itself and those of its items. */
export function keysByTag(
  keys: readonly ReadKey[],
): ReadonlyMap<string, { readonly criteria: readonly Criterion[]; readonly inner: readonly ReadKey[] }> {
  const byTag = new Map<string, { criteria: Criterion[]; inner: ReadKey[] }>();
  for (const { tags, criterion } of keys) {
    const [tag = "", ...rest] = tags;
    const entry = byTag.get(tag) ?? { criteria: [], inner: [] };
    byTag.set(tag, entry);
    if (rest.length === 0) entry.criteria.push(criterion);
    else entry.inner.push({ tags: rest, criterion });
  }
  return byTag;
}

/** Whether a key leaves everything in. */
export function isUniversal(key: ReadKey): boolean {
  return key.criterion.kind === "universal";
}

function itemsIn(element: Element | undefined): readonly DataSet[] {
  if (element?.vr !== "SQ") return [];
  return (element.Value ?? []).filter((value): value is DataSet => typeof value === "object" && value !== null);
}
