import { type RawBuilder, sql } from "kysely";
import type { Criterion, MomentCriterion, ValueMode } from "./criterion.ts";
import { hasWildcard } from "./criterion.ts";
import type { ColumnForm } from "./indexed-columns.ts";
import { isLatin, isUniversal, keysByTag, type ReadKey } from "./matches-criterion.ts";
import { similarEnough } from "./name-words.ts";

/** A condition of a WHERE clause. Whatever a client wrote is a bound parameter of it, never SQL. */
export type SqlCondition = RawBuilder<boolean>;
type SqlText = RawBuilder<string | null>;

/** All conditions at once; true where there are none. */
export function allOf(conditions: readonly SqlCondition[]): SqlCondition {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` AND `)})`;
}

/** One condition at least. */
export function anyOf(conditions: readonly SqlCondition[]): SqlCondition {
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` OR `)})`;
}

function ofMode<Asked>(
  list: readonly Asked[],
  mode: ValueMode,
  condition: (asked: Asked) => SqlCondition,
): SqlCondition {
  return mode === "all" ? allOf(list.map(condition)) : anyOf(list.map(condition));
}

/** LIKE's pattern of "*" and "?"; its own signs stand for themselves. */
export function likePattern(pattern: string): string {
  return pattern
    .replace(/[\\%_]/g, "\\$&")
    .replaceAll("*", "%")
    .replaceAll("?", "_");
}

/** The condition on a column, or on what is computed of columns. */
export function columnCondition(place: RawBuilder<never>, form: ColumnForm, criterion: Criterion): SqlCondition {
  if (criterion.kind === "universal") return allOf([]);
  if (form === "list") return listCondition(place, criterion);
  if (criterion.kind === "empty")
    return form === "number" ? sql`${place} IS NULL` : sql`(${place} IS NULL OR ${place} = '')`;
  if (criterion.kind === "number")
    return ofMode(criterion.numbers, criterion.mode, (asked) => sql`${place} = ${asked}::float8`);
  if (criterion.kind === "name") return ofMode(criterion.names, criterion.mode, (asked) => nameCondition(place, asked));
  if (criterion.kind === "fuzzy-name") return fuzzyCondition(place, criterion.words, { hasTrigrams: true });
  if (criterion.kind === "moment") return momentCondition(place, criterion);
  return textCondition(place, criterion);
}

type TextCriterion = Extract<Criterion, { readonly kind: "text" }>;

function textCondition(text: SqlText, { texts, isWild, mode }: TextCriterion): SqlCondition {
  if (!isWild && mode === "any") {
    return texts.length === 1 ? sql`${text} = ${texts[0]}` : sql`${text} = ANY(${texts}::text[])`;
  }
  return ofMode(texts, mode, (asked) => oneText(text, asked, isWild));
}

function oneText(text: SqlText, asked: string, isWild: boolean): SqlCondition {
  return isWild && hasWildcard(asked) ? sql`${text} LIKE ${likePattern(asked)}` : sql`${text} = ${asked}`;
}

/** A `text[]` column: what is asked is one of its values, or like one. */
function listCondition(list: RawBuilder<never>, criterion: Criterion): SqlCondition {
  if (criterion.kind === "empty") return sql`cardinality(${list}) = 0`;
  if (criterion.kind !== "text") return sql`false`;
  const { texts, mode } = criterion;
  const literal = texts.filter((text) => !criterion.isWild || !hasWildcard(text));
  if (literal.length === texts.length)
    return mode === "all" ? sql`${list} @> ${texts}::text[]` : sql`${list} && ${texts}::text[]`;
  return ofMode(texts, mode, (asked) =>
    hasWildcard(asked)
      ? sql`EXISTS (SELECT FROM unnest(${list}) one WHERE one LIKE ${likePattern(asked)})`
      : sql`${list} @> ${[asked]}::text[]`,
  );
}

/**
 * A folded name; the same rules as `matchesName` of the matcher in memory. The alphabetic group is where a folded name
 * begins: that is asked first, since an index can tell.
 */
function nameCondition(folded: SqlText, asked: string): SqlCondition {
  const group = (at: number): SqlText => sql`split_part(${folded}, '=', ${sql.lit(at)})`;
  if (asked.includes("=")) {
    const groups = asked.split("=").map((text, at) => ({ text, at: at + 1 }));
    return allOf(groups.filter(({ text }) => text !== "").map(({ text, at }) => oneText(group(at), text, true)));
  }
  if (isLatin(asked)) return sql`(${folded} LIKE ${`${likePattern(asked)}%`} AND ${oneText(group(1), asked, true)})`;
  return sql`EXISTS (SELECT FROM unnest(string_to_array(${folded}, '=')) one WHERE ${oneText(sql`one`, asked, true)})`;
}

/**
 * Each word begins a word of the name or is like one. A column with a trigram index is asked first what that index can tell:
 * `<<%` holds for every name that has a word so similar (its threshold is the same 0.5 by default).
 */
function fuzzyCondition(
  folded: SqlText,
  words: readonly string[],
  { hasTrigrams }: { readonly hasTrigrams: boolean },
): SqlCondition {
  return allOf(
    words.map((word) => {
      const begins = `${likePattern(word)}%`;
      const exact: SqlCondition = sql`EXISTS (SELECT FROM regexp_split_to_table(${folded}, '[ =]') one
        WHERE one <> '' AND (one LIKE ${begins} OR similarity(one, ${word}) >= ${sql.lit(similarEnough)}::real))`;
      if (!hasTrigrams) return exact;
      return sql`((${folded} LIKE ${`%${begins}`} OR ${word} <<% ${folded}) AND ${exact})`;
    }),
  );
}

function momentCondition(text: SqlText, { vr, from, to }: MomentCriterion): SqlCondition {
  const moment = vr === "DA" ? text : vr === "TM" ? timeDigits(text) : dateTimeDigits(text);
  return allOf([
    ...(from === undefined ? [] : [sql<boolean>`${moment} >= ${from}`]),
    ...(to === undefined ? [] : [sql<boolean>`${moment} <= ${to}`]),
  ]);
}

/** A stored time in twelve digits, what it leaves unsaid being zero. */
function timeDigits(text: SqlText): SqlText {
  return sql`rpad(translate(${text}, ':.', ''), 12, '0')`;
}

/** A stored date and time in twenty digits. */
function dateTimeDigits(text: SqlText): SqlText {
  return sql`rpad(rpad(translate(${text}, '.', ''), 8, '0101'), 20, '0')`;
}

/** A range of moments over a date column and its time column (PS3.4 C.2.2.2.5.4); a study without a time began at midnight. */
export function combinedCondition(
  columns: { readonly date: string; readonly time: string },
  range: { readonly from?: string; readonly to?: string },
): SqlCondition {
  const date: RawBuilder<never> = sql.ref(columns.date);
  const moment = sql`${date} || coalesce(${timeDigits(sql.ref(columns.time))}, '000000000000')`;
  return allOf([
    ...(range.from === undefined
      ? []
      : [sql<boolean>`(${date} >= ${range.from.slice(0, 8)} AND ${moment} >= ${range.from})`]),
    ...(range.to === undefined
      ? []
      : [sql<boolean>`(${date} <= ${range.to.slice(0, 8)} AND ${moment} <= ${range.to})`]),
  ]);
}

/**
 * The condition on a DICOM JSON document: the same as `matchesKeys` over the data set. Keys of one sequence hold in one item.
 * What is asked as one exact value is asked by containment, which an index of the whole document answers.
 *
 * @param document "table.column", or the name of an item
 */
export function documentCondition(document: string, keys: readonly ReadKey[], depth = 0): SqlCondition {
  const place = sql.ref(document);
  const asked = keys.filter((key) => !isUniversal(key));
  const exact = asked.filter(isExact);
  const contained: readonly SqlCondition[] =
    exact.length === 0 ? [] : [sql`${place} @> ${JSON.stringify(patternOf(exact))}::jsonb`];
  const conditions = [...keysByTag(asked)].flatMap(([tag, { criteria, inner }]) => {
    const path = `$."${tag}".Value[*]`;
    const item = `item${depth}`;
    const left = criteria.filter((criterion) => !isExact({ tags: [tag], criterion }));
    return [
      ...left.map((criterion) => elementCondition(place, path, criterion)),
      ...(inner.every(isExact)
        ? []
        : [
            sql<boolean>`EXISTS (SELECT FROM jsonb_path_query(${place}, ${path}::jsonpath) ${sql.ref(item)}
              WHERE ${documentCondition(item, inner, depth + 1)})`,
          ]),
    ];
  });
  return allOf([...contained, ...conditions]);
}

/** Whether a key asks for one value as it stands. */
function isExact({ criterion }: ReadKey): boolean {
  if (criterion.kind === "number") return criterion.numbers.length === 1;
  if (criterion.kind !== "text" || criterion.texts.length !== 1) return false;
  return criterion.texts[0] !== "" && !(criterion.isWild && hasWildcard(criterion.texts[0] ?? ""));
}

/** The smallest document that such keys match. */
function patternOf(keys: readonly ReadKey[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...keysByTag(keys)].map(([tag, { criteria, inner }]) => {
      const values = criteria.flatMap((criterion): readonly (string | number)[] =>
        criterion.kind === "text" ? criterion.texts : criterion.kind === "number" ? criterion.numbers : [],
      );
      return [tag, { Value: inner.length === 0 ? values : [patternOf(inner)] }];
    }),
  );
}

function elementCondition(document: RawBuilder<unknown>, path: string, criterion: Criterion): SqlCondition {
  if (criterion.kind === "universal") return allOf([]);
  if (criterion.kind === "empty")
    return sql`NOT jsonb_path_exists(${document}, ${`${path} ? (@.type() == "object" || @ != null && @ != "")`}::jsonpath)`;
  if (criterion.kind === "number") {
    return ofMode(
      criterion.numbers,
      criterion.mode,
      (asked) =>
        sql`jsonb_path_exists(${document}, ${`${path} ? (@ == $asked)`}::jsonpath, ${JSON.stringify({ asked })}::jsonb)`,
    );
  }
  const some = (condition: SqlCondition): SqlCondition =>
    sql`EXISTS (SELECT FROM jsonb_path_query(${document}, ${path}::jsonpath) one_value WHERE ${condition})`;
  const text: SqlText = sql`nullif(one_value #>> '{}', '')`;
  if (criterion.kind === "text")
    return ofMode(criterion.texts, criterion.mode, (asked) => some(oneText(text, asked, criterion.isWild)));
  if (criterion.kind === "moment") return some(momentCondition(text, criterion));
  if (criterion.kind === "name")
    return ofMode(criterion.names, criterion.mode, (asked) => some(nameCondition(foldedValue, asked)));
  return some(fuzzyCondition(foldedValue, criterion.words, { hasTrigrams: false }));
}

/** A PN value of a document, its groups folded as `foldName` does and joined by "=". */
const foldedValue: SqlText = sql`(SELECT rtrim(string_agg(trim(regexp_replace(
    replace(replace(replace(replace(replace(replace(
      upper(normalize(regexp_replace(normalize(coalesce(part, ''), NFKD), '[\u0300-\u036f]', '', 'g'), NFC) COLLATE "und-x-icu"),
      'Æ', 'AE'), 'Œ', 'OE'), 'Ø', 'O'), 'Ł', 'L'), 'Đ', 'D'), 'Þ', 'TH'),
    '[[:space:]^]+', ' ', 'g')), '=' ORDER BY place), '=')
  FROM unnest(ARRAY[one_value ->> 'Alphabetic', one_value ->> 'Ideographic', one_value ->> 'Phonetic'])
    WITH ORDINALITY component_group(part, place))`;
