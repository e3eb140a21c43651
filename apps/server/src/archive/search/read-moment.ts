import { InputError } from "@etalon/base";
import type { MomentCriterion } from "./criterion.ts";

/** What a component left out is filled with at the beginning and at the end of a range: year to microsecond. */
const first = "00000101000000000000";
const last = "99991231235959999999";
const timeStart = 8;
/** "+" of a query string is a space where the client did not encode it. */
const offsetPattern = /[+ -](0\d|1[0-4])[0-5]\d$/;
const expected: Readonly<Record<MomentCriterion["vr"], string>> = {
  DA: "YYYYMMDD, YYYYMMDD-YYYYMMDD",
  TM: "HHMMSS.FFFFFF, HHMMSS-HHMMSS",
  DT: "YYYYMMDDHHMMSS.FFFFFF&ZZXX",
};

/** One date, time or date and time of a key; a date may stand with dots, a time with colons, as before DICOM 3.0. */
const shapes: Readonly<Record<MomentCriterion["vr"], RegExp>> = {
  DA: /^\d{4}\.?\d{2}\.?\d{2}$/,
  TM: /^\d{2}(:?\d{2}(:?\d{2}(\.\d{1,6})?)?)?$/,
  DT: /^\d{4}(\d{2}(\d{2}(\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?)?)?)?([+ -](0\d|1[0-4])[0-5]\d)?$/,
};

/** What each pair of digits may be, from the month on (PS3.5 section 6.2: a leap second is 60). */
const limits: readonly (readonly [at: number, least: number, most: number])[] = [
  [4, 1, 12],
  [6, 1, 31],
  [8, 0, 23],
  [10, 0, 59],
  [12, 0, 60],
];

/**
 * A single date, time or date and time, or a range "a-b", "a-", "-b" of them (PS3.4 C.2.2.2.1 and C.2.2.2.5). The offset from
 * UTC of a date and time shifts it to UTC. A range of times may end before it begins: with a range of dates it is one range of
 * moments; alone it holds none, since no range crosses midnight.
 *
 * @throws InputError `malformed-query` (no such value, a range of dates that ends before it begins)
 */
export function readMoment(field: string, value: string, vr: MomentCriterion["vr"]): MomentCriterion {
  const ends = splitEnds(value, vr);
  const from = ends === undefined || ends.from === "" ? undefined : momentDigits(ends.from, vr, first);
  const to = ends === undefined || ends.to === "" ? undefined : momentDigits(ends.to, vr, last);
  if (ends === undefined || (from === undefined && to === undefined)) throw malformed(field, value, vr);
  if (vr !== "TM" && from !== undefined && to !== undefined && from > to) throw malformed(field, value, vr);
  return {
    kind: "moment",
    vr,
    isRange: ends.isRange,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };

  function momentDigits(text: string, of: MomentCriterion["vr"], fill: string): string {
    const digits = filledDigits(text, of, fill);
    if (limits.some(([at, least, most]) => isOutside(digits, { at, least, most }))) throw malformed(field, value, vr);
    const moment = of === "DT" ? toUtc(digits, text) : digits;
    return of === "TM" ? moment.slice(timeStart) : of === "DA" ? moment.slice(0, timeStart) : moment;
  }
}

/**
 * A stored date, time or date and time in the digits that a {@link MomentCriterion} is compared with, what it leaves unsaid
 * being the earliest; `undefined` where it is none.
 */
export function storedMoment(text: string, vr: MomentCriterion["vr"]): string | undefined {
  const value = text.trim();
  if (!shapes[vr].test(value)) return undefined;
  const digits = filledDigits(value, vr, first);
  if (vr === "DT") return toUtc(digits, value);
  return vr === "TM" ? digits.slice(timeStart) : digits.slice(0, timeStart);
}

interface Ends {
  /** As written, "" where open. */
  readonly from: string;
  readonly to: string;
  readonly isRange: boolean;
}

/** A "-" may be the sign of an offset, too: one moment is tried first, then each "-" as what separates two. */
function splitEnds(value: string, vr: MomentCriterion["vr"]): Ends | undefined {
  const isOne = (text: string): boolean => text === "" || shapes[vr].test(text);
  if (isOne(value)) return { from: value, to: value, isRange: false };
  for (let at = value.indexOf("-"); at >= 0; at = value.indexOf("-", at + 1)) {
    const ends = { from: value.slice(0, at).trim(), to: value.slice(at + 1).trim(), isRange: true };
    if (isOne(ends.from) && isOne(ends.to)) return ends;
  }
  return undefined;
}

/** Twenty digits, year to microsecond. */
function filledDigits(text: string, vr: MomentCriterion["vr"], fill: string): string {
  const said = (vr === "DT" ? text.replace(offsetPattern, "") : text).replace(/[.:]/g, "");
  const start = vr === "TM" ? timeStart : 0;
  return fill.slice(0, start) + said + fill.slice(start + said.length);
}

function isOutside(
  digits: string,
  limit: { readonly at: number; readonly least: number; readonly most: number },
): boolean {
  const pair = Number(digits.slice(limit.at, limit.at + 2));
  return pair < limit.least || pair > limit.most;
}

/** The moment in UTC, where the text says how far from it it is. */
function toUtc(digits: string, text: string): string {
  const offset = offsetPattern.exec(text)?.[0];
  if (offset === undefined) return digits;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3));
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = [
    [0, 4],
    [4, 6],
    [6, 8],
    [8, 10],
    [10, 12],
  ].map(([start, end]) => Number(digits.slice(start, end)));
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  moment.setUTCHours(hour, minute - (offset.startsWith("-") ? -minutes : minutes));
  return moment.toISOString().replace(/\D/g, "").slice(0, 12) + digits.slice(12);
}

function malformed(field: string, value: string, vr: MomentCriterion["vr"]): InputError {
  return new InputError("malformed-query", field, value.slice(0, 100), expected[vr]);
}
