import { EtalonError } from "@etalon/base";
import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { AccessScope } from "../archive/access-scope.ts";
import { foldName } from "../archive/search/fold-name.ts";
import { isVisible } from "../archive/visible-studies.ts";
import type { ArchiveDatabase } from "../database/schema.ts";

/** A result as a search finds it: its sums, and where the whole of it is. */
export const foundResultSchema = z.object({
  digest: z.string(),
  protocol: z.string(),
  protocolVersion: z.string(),
  studyInstanceUid: z.string(),
  seriesInstanceUid: z.string(),
  studyDate: z.string().nullable(),
  patientId: z.string().nullable(),
  patientName: z.string().nullable(),
  /** Whether a reader's marks are still needed before its numbers count. */
  provisional: z.boolean(),
  /** Whether a newer one of the same series and question has taken its place. */
  superseded: z.boolean(),
  createdAt: z.string(),
  outputs: z.array(
    z.object({ id: z.string(), value: z.number(), unit: z.string(), code: z.string(), scheme: z.string() }),
  ),
});

/** See {@link foundResultSchema}. */
export type FoundResult = z.infer<typeof foundResultSchema>;

/** Which results. */
export interface ResultFilter {
  readonly protocol?: string | undefined;
  /** An output by its id, of the whole: neither of a region nor of an item. */
  readonly output?: string | undefined;
  /** Least and greatest value of that output, both of them in. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly patientId?: string | undefined;
  /** A name, or its beginning with "*" at its end; case and accents do not count. */
  readonly patientName?: string | undefined;
  readonly studyInstanceUid?: string | undefined;
  readonly seriesInstanceUid?: string | undefined;
  readonly provisional?: boolean | undefined;
  /** Also those that newer ones have taken the place of. */
  readonly withSuperseded: boolean;
}

/** One page of results. */
export interface ResultPage {
  readonly total: number;
  readonly results: readonly FoundResult[];
}

/** Results of the scope's site: by the value of an output, the greatest first, or the newest first where none is asked for. */
export async function findResults(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  { limit, offset, ...filter }: ResultFilter & { readonly limit: number; readonly offset: number },
): Promise<ResultPage> {
  const selected = selectResults(database, scope, filter);
  const { total } = await selected.select(sql<number>`count(*)`.as("total")).executeTakeFirstOrThrow();
  const rows = await selected
    .select([
      "result.id",
      "result.digest",
      "result.protocol",
      "protocol_version",
      "study_instance_uid",
      "series_instance_uid",
      "study_date",
      "patient_id",
      "patient_name",
      "is_provisional",
      "result.is_superseded",
      "result.created_at",
    ])
    .$if(filter.output !== undefined, (query) => query.orderBy(sql`asked.value`, "desc"))
    .orderBy("result.id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  const outputs = await readSums(
    database,
    rows.map(({ id }) => id),
  );
  const results = rows.map((row) => ({
    digest: row.digest.toString("hex"),
    protocol: row.protocol,
    protocolVersion: row.protocol_version,
    studyInstanceUid: row.study_instance_uid,
    seriesInstanceUid: row.series_instance_uid,
    studyDate: row.study_date,
    patientId: row.patient_id,
    patientName: row.patient_name,
    provisional: row.is_provisional,
    superseded: row.is_superseded,
    createdAt: row.created_at.toISOString(),
    outputs: outputs.get(row.id) ?? [],
  }));
  return { total, results };
}

function selectResults(database: Kysely<ArchiveDatabase>, scope: AccessScope, filter: ResultFilter) {
  const { protocol, output, min, max, patientId, patientName, studyInstanceUid, seriesInstanceUid } = filter;
  return database
    .selectFrom("result")
    .innerJoin("series", "series.id", "result.series_id")
    .innerJoin("study", "study.id", "series.study_id")
    .where("result.site_id", "=", scope.siteId)
    .where(isVisible(scope))
    .$if(!filter.withSuperseded, (query) => query.where("result.is_superseded", "=", false))
    .$if(protocol !== undefined, (query) => query.where("result.protocol", "=", protocol ?? ""))
    .$if(output !== undefined, (query) =>
      query
        .innerJoin("result_output as asked", "asked.result_id", "result.id")
        .where("asked.site_id", "=", scope.siteId)
        .where("asked.output", "=", output ?? "")
        .where("asked.region", "is", null)
        .where("asked.item", "is", null)
        // Said of the outputs too, so that the index of values serves.
        .$if(!filter.withSuperseded, (asked) => asked.where(sql<boolean>`not asked.is_superseded`))
        .$if(protocol !== undefined, (asked) => asked.where("asked.protocol", "=", protocol ?? ""))
        .$if(min !== undefined, (asked) => asked.where("asked.value", ">=", min ?? 0))
        .$if(max !== undefined, (asked) => asked.where("asked.value", "<=", max ?? 0)),
    )
    .$if(patientId !== undefined, (query) => query.where("patient_id", "=", patientId ?? ""))
    .$if(patientName !== undefined, (query) => query.where("patient_name_folded", "like", likeName(patientName ?? "")))
    .$if(studyInstanceUid !== undefined, (query) => query.where("study_instance_uid", "=", studyInstanceUid ?? ""))
    .$if(seriesInstanceUid !== undefined, (query) => query.where("series_instance_uid", "=", seriesInstanceUid ?? ""))
    .$if(filter.provisional !== undefined, (query) => query.where("is_provisional", "=", filter.provisional ?? false));
}

/** A pattern for LIKE: nothing in the name but a "*" at its end stands for anything else. */
function likeName(name: string): string {
  const literal = foldName(name.replace(/\*$/, "")).replace(/[\\%_]/g, "\\$&");
  return name.endsWith("*") ? `${literal}%` : literal;
}

/** The sums of results, by the results' ids: neither of a region nor of an item. */
async function readSums(
  database: Kysely<ArchiveDatabase>,
  ids: readonly number[],
): Promise<ReadonlyMap<number, FoundResult["outputs"]>> {
  const rows = await database
    .selectFrom("result_output")
    .select(["result_id", "output", "value", "unit", "code_value", "code_scheme"])
    .where(sql<boolean>`result_id = any(${ids}::bigint[])`)
    .where("region", "is", null)
    .where("item", "is", null)
    .orderBy("result_id")
    .orderBy("position")
    .execute();
  const sums = new Map<number, FoundResult["outputs"]>();
  for (const { result_id, output, value, unit, code_value, code_scheme } of rows) {
    const known = sums.get(result_id) ?? [];
    known.push({ id: output, value, unit, code: code_value, scheme: code_scheme });
    sums.set(result_id, known);
  }
  return sums;
}

/** A result's JSON as it was computed: what `etalon verify` replays. @throws {EtalonError} `result-not-found` */
export async function readResult(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  digest: string,
): Promise<string> {
  const row = await database
    .selectFrom("result")
    .innerJoin("series", "series.id", "result.series_id")
    .innerJoin("study", "study.id", "series.study_id")
    .select("document")
    .where("result.site_id", "=", scope.siteId)
    .where(isVisible(scope))
    .where("digest", "=", Buffer.from(digest, "hex"))
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("result-not-found", { field: digest });
  return row.document;
}
