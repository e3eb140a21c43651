import { canonicalJson, type JsonValue } from "@etalon/base";
import type { Result } from "@etalon/measure";
import type { PriorResult } from "@etalon/report";
import { sql } from "kysely";
import { z } from "zod";
import type { AccessScope } from "../archive/access-scope.ts";
import { isVisible } from "../archive/visible-studies.ts";
import type { ReadingRow } from "./find-reading.ts";
import type { Database } from "./reading-place.ts";
import { resultOf } from "./reading-verdicts.ts";

/** The result that a reading is compared with: the last one of the same patient and protocol in an earlier study. */
export const priorReferenceSchema = z.object({
  studyInstanceUid: z.string(),
  /** YYYYMMDD. */
  studyDate: z.string().nullable(),
  digest: z.string(),
  protocolVersion: z.string(),
  isSigned: z.boolean(),
  /** From that study to this one. */
  days: z.number().nullable(),
});

/** See {@link priorReferenceSchema}. */
export type PriorReference = z.output<typeof priorReferenceSchema>;

/** What a reading can be compared with, and how many others there are. */
export interface FoundPriors {
  readonly prior: PriorReference | null;
  readonly others: number;
}

const dayMs = 86_400_000;

/**
 * Results that count of the same patient, by ID and issuer, and protocol, of studies of earlier days that may be seen: signed
 * ones before others of the same study.
 */
export async function findPrior(
  database: Database,
  scope: AccessScope,
  { study_id: studyId, protocol }: Pick<ReadingRow, "study_id" | "protocol">,
): Promise<FoundPriors> {
  const { rows } = await sql<{
    readonly study_instance_uid: string;
    readonly study_date: string;
    readonly own_date: string;
    readonly digest: Buffer;
    readonly protocol_version: string;
    readonly is_signed: boolean;
  }>`
    SELECT DISTINCT ON (study.study_date, study.id) study.study_instance_uid, study.study_date, own.study_date AS own_date,
      result.digest, result.protocol_version, edition.digest IS NOT NULL AS is_signed
    FROM study own JOIN study ON study.site_id = own.site_id AND study.patient_id = own.patient_id
      AND study.issuer_of_patient_id IS NOT DISTINCT FROM own.issuer_of_patient_id
      AND study.id <> own.id AND study.study_date < own.study_date
    JOIN series ON series.study_id = study.id
    JOIN result ON result.series_id = series.id AND result.protocol = ${protocol}
      AND NOT result.is_superseded AND NOT result.is_provisional
    LEFT JOIN reading ON reading.study_id = study.id AND reading.protocol = result.protocol
    LEFT JOIN reading_edition edition ON edition.reading_id = reading.id AND edition.edition = 1
      AND edition.digest = result.digest
    WHERE own.id = ${studyId} AND own.patient_id <> '' AND ${isVisible(scope)}
    ORDER BY study.study_date DESC, study.id DESC, (edition.digest IS NOT NULL) DESC, result.id DESC`.execute(database);
  const [first] = rows;
  if (first === undefined) return { prior: null, others: 0 };
  const [then, now] = [dayOf(first.study_date), dayOf(first.own_date)];
  return {
    prior: {
      studyInstanceUid: first.study_instance_uid,
      studyDate: first.study_date,
      digest: first.digest.toString("hex"),
      protocolVersion: first.protocol_version,
      isSigned: first.is_signed,
      days: then === undefined || now === undefined ? null : Math.round((now - then) / dayMs),
    },
    others: rows.length - 1,
  };
}

/** Milliseconds of a DICOM date; `undefined` for what is none. */
function dayOf(date: string): number | undefined {
  const ms = /^\d{8}$/.test(date)
    ? Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T00:00:00Z`)
    : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** A comparison, with the parameters that the two results do not share. */
export interface ComparedResult extends PriorResult {
  readonly differences: readonly { readonly id: string; readonly before: JsonValue; readonly now: JsonValue }[];
}

/** Compares a result with an earlier one. @throws {EtalonError} `result-not-found` where the earlier one is gone */
export async function comparePrior(
  database: Database,
  { siteId, prior }: { readonly siteId: number; readonly prior: PriorReference },
  result: Result,
): Promise<ComparedResult> {
  const before = await resultOf(database, { siteId, digest: prior.digest });
  const differences = parameterDifferences(before, result);
  const { studyDate, days } = prior;
  return {
    ...(studyDate === null ? {} : { day: `${studyDate.slice(0, 4)}-${studyDate.slice(4, 6)}-${studyDate.slice(6)}` }),
    ...(days === null ? {} : { days }),
    digest: prior.digest,
    isSigned: prior.isSigned,
    sameProtocolVersion: before.protocol.version === result.protocol.version,
    sameParameters: differences.length === 0,
    differences,
    outputs: totals(result).flatMap(({ id, unit, value }) => {
      const earlier = totals(before).find((output) => output.id === id && output.unit === unit);
      return earlier === undefined ? [] : [{ id, unit, before: earlier.value, now: value }];
    }),
  };
}

function totals({ outputs }: Result): Result["outputs"] {
  return outputs.filter(({ site, item }) => site === undefined && item === undefined);
}

/** Parameters that come from the images, such as a slice's thickness, differ too where the images do. */
function parameterDifferences(before: Result, now: Result): ComparedResult["differences"] {
  const valuesOf = (result: Result) => new Map(result.recipe.parameters.map(({ id, value }) => [id, value]));
  const [earlier, current] = [valuesOf(before), valuesOf(now)];
  return [...new Set([...earlier.keys(), ...current.keys()])].flatMap((id) => {
    const [one, other] = [earlier.get(id) ?? null, current.get(id) ?? null];
    return canonicalJson(one) === canonicalJson(other) ? [] : [{ id, before: one, now: other }];
  });
}
