import { canonicalJson, EtalonError, sha256Hex } from "@etalon/base";
import type { Result } from "../result.ts";
import {
  type ComparedOutput,
  type Comparison,
  type Conclusion,
  type Meaning,
  type PatientCheck,
  type RepeatabilityLimit,
  type Reserve,
  undigested,
} from "./comparison.ts";
import { limitsOf } from "./limits.ts";

/** What is known besides the two results. */
export interface CompareOptions {
  /** Days of the examinations, YYYY-MM-DD. */
  readonly dates?: { readonly earlier: string; readonly later: string };
  /** Identities as the images say them: compared, never kept. */
  readonly patients?: { readonly earlier: PatientIdentity; readonly later: PatientIdentity };
  /** Parameters that may differ; nothing is then concluded from any output. */
  readonly accepted?: readonly string[];
}

/** Who was examined, as far as the images say. */
export interface PatientIdentity {
  readonly id?: string;
  readonly issuerOfId?: string;
  readonly birthDate?: string;
}

/**
 * Two results of one protocol and one person side by side: each change against the published repeatability of its number,
 * or the difference alone where none was read.
 *
 * @throws {EtalonError} `protocols-differ`, `protocol-versions-differ`, `parameters-differ` naming the first, `units-differ`,
 *   `patients-differ`, `same-examination`, `dates-out-of-order`
 */
export function compareResults(earlier: Result, later: Result, options: CompareOptions = {}): Comparison {
  requireSameProtocol(earlier, later);
  requireOtherImages(earlier, later);
  const { dates, patients, accepted = [] } = options;
  const patient = patients === undefined ? "not-checked" : checkPatients(patients.earlier, patients.later);
  const days = dates === undefined ? null : daysBetween(dates.earlier, dates.later);
  if (days !== null && days < 0) {
    throw new EtalonError("dates-out-of-order", { field: "dates", received: `${dates?.earlier}, ${dates?.later}` });
  }
  const differentParameters = parametersThatDiffer(earlier, later);
  const unaccepted = differentParameters.find(({ id }) => !accepted.includes(id));
  if (unaccepted !== undefined) {
    throw new EtalonError("parameters-differ", {
      field: unaccepted.id,
      received: unaccepted.earlier,
      details: { expected: unaccepted.later },
    });
  }
  const reserve = reserveOf(earlier, later, differentParameters.length > 0);
  const comparison = {
    schema: "etalon.comparison/1",
    protocol: { id: earlier.protocol.id, version: earlier.protocol.version },
    ...{ earlier: earlier.digest, later: later.digest },
    ...{ dates: dates ?? null, daysBetween: days, patient, differentParameters },
    outputs: compareOutputs(earlier, later, reserve),
    onlyEarlier: namesMissingIn(earlier, later),
    onlyLater: namesMissingIn(later, earlier),
  } as const;
  return { ...comparison, digest: sha256Hex(canonicalJson(undigested(comparison))) };
}

function requireSameProtocol({ protocol: a }: Result, { protocol: b }: Result): void {
  if (a.id !== b.id) {
    throw new EtalonError("protocols-differ", { field: "protocol", received: a.id, details: { expected: b.id } });
  }
  if (a.version !== b.version) {
    throw new EtalonError("protocol-versions-differ", {
      field: a.id,
      received: a.version,
      details: { expected: b.version },
    });
  }
}

/** One image in both makes them one examination: what differs is how it was read. */
function requireOtherImages(earlier: Result, later: Result): void {
  const imagesOf = ({ recipe }: Result) => recipe.inputs.filter(({ role }) => role !== "marks");
  const known = new Set(imagesOf(earlier).map(({ dataSetSha256 }) => dataSetSha256));
  const shared = imagesOf(later).find(({ dataSetSha256 }) => known.has(dataSetSha256));
  if (shared !== undefined) throw new EtalonError("same-examination", { field: "images", received: shared.uid });
}

/** Ids of one issuer that differ, or different birth dates, are two persons; without two ids nobody knows. */
function checkPatients(a: PatientIdentity, b: PatientIdentity): PatientCheck {
  const differ = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one.trim() !== other.trim();
  const isOtherIssuer = differ(a.issuerOfId, b.issuerOfId);
  if (differ(a.birthDate, b.birthDate) || (differ(a.id, b.id) && !isOtherIssuer)) {
    // Neither identity belongs into a message.
    throw new EtalonError("patients-differ", { field: "patient", received: "–" });
  }
  return a.id !== undefined && b.id !== undefined && !isOtherIssuer ? "same" : "not-checked";
}

function parametersThatDiffer(earlier: Result, later: Result): Comparison["differentParameters"] {
  const valuesOf = ({ recipe }: Result) => new Map(recipe.parameters.map(({ id, value }) => [id, String(value)]));
  const [before, after] = [valuesOf(earlier), valuesOf(later)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [one, other] = [before.get(id) ?? "–", after.get(id) ?? "–"];
    return one === other ? [] : [{ id, earlier: one, later: other }];
  });
}

function reserveOf(earlier: Result, later: Result, areParametersDifferent: boolean): Reserve | undefined {
  if (areParametersDifferent) return "parameters-differ";
  return earlier.provisional || later.provisional ? "provisional" : undefined;
}

type Output = Result["outputs"][number];

function nameOf({ id, site }: Output): string {
  return site === undefined ? id : `${id} ${site}`;
}

/** Lesions have numbers of their own in each examination: they are not the same ones. */
function comparableOutputs({ outputs }: Result): readonly Output[] {
  return outputs.filter(({ item }) => item === undefined);
}

function namesMissingIn(of: Result, other: Result): readonly string[] {
  const known = new Set(comparableOutputs(other).map(nameOf));
  return comparableOutputs(of)
    .map(nameOf)
    .filter((name) => !known.has(name));
}

function compareOutputs(earlier: Result, later: Result, reserve: Reserve | undefined): readonly ComparedOutput[] {
  const after = new Map(comparableOutputs(later).map((output) => [nameOf(output), output]));
  return comparableOutputs(earlier).flatMap((before) => {
    const other = after.get(nameOf(before));
    if (other === undefined) return [];
    if (other.unit !== before.unit) {
      throw new EtalonError("units-differ", {
        field: nameOf(before),
        received: before.unit,
        details: { expected: other.unit },
      });
    }
    return [compareOutput(before, other.value, { protocol: earlier.protocol.id, reserve })];
  });
}

function compareOutput(
  { id, site, unit, value: earlier }: Output,
  later: number,
  { protocol, reserve }: { readonly protocol: string; readonly reserve: Reserve | undefined },
): ComparedOutput {
  const { meaning, limits } = limitsOf({ protocol, output: id }, earlier, later);
  // What repeats of a whole ventricle says nothing of one segment.
  const own = site === undefined ? limits : [];
  const open = reserve ?? (site !== undefined ? "by-site" : own.length === 0 ? "no-limit" : undefined);
  return {
    output: id,
    ...(site === undefined ? {} : { site }),
    ...{ unit, earlier, later, change: later - earlier },
    changePercent: percentOf(later - earlier, earlier),
    ...{ meaning, limits: own },
    ...(open === undefined
      ? { conclusion: concludeOn({ earlier, later, meaning }, own) }
      : { conclusion: "difference-only", reserve: open }),
  };
}

/** A change in percent of the earlier value; none where that is 0, or so small that the quotient is no number. */
function percentOf(change: number, earlier: number): number | null {
  const percent = (100 * change) / Math.abs(earlier);
  return Number.isFinite(percent) ? percent : null;
}

/** A change of just the limit, 12 to 9.6 by 2.4, is within it whatever the last bit says. */
const ROUNDING = 1 + 1e-9;

function concludeOn(
  { earlier, later, meaning }: { readonly earlier: number; readonly later: number; readonly meaning: Meaning },
  limits: readonly RepeatabilityLimit[],
): Conclusion {
  const change = later - earlier;
  const passed = limits.filter(({ value }) => Math.abs(change) > value * ROUNDING).length;
  if (passed === 0) {
    if (meaning !== "burden") return "stable";
    return earlier === 0 && later === 0 ? "absent" : "persists";
  }
  if (passed < limits.length) return "undecided";
  if (meaning === "function") return change > 0 ? "improved" : "worsened";
  if (meaning === "size") return change > 0 ? "increased" : "decreased";
  if (earlier === 0) return "appeared";
  if (later === 0) return "disappeared";
  return change > 0 ? "progressed" : "regressed";
}

const MS_PER_DAY = 86_400_000;

function daysBetween(earlier: string, later: string): number {
  const [a, b] = [Date.parse(`${earlier}T00:00:00Z`), Date.parse(`${later}T00:00:00Z`)];
  for (const [text, time] of [
    [earlier, a],
    [later, b],
  ] as const) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(time)) {
      throw new EtalonError("wrong-type", { field: "dates", received: text, details: { expected: "YYYY-MM-DD" } });
    }
  }
  return (b - a) / MS_PER_DAY;
}
