import type { Language } from "@etalon/base";
import { type Kysely, sql } from "kysely";
import { type AnalysisRequest, analysisRequestSchema } from "../analyses/analysis-request.ts";
import { analysisPurpose } from "../analyses/match-series.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { MeasuringTask } from "./process/measuring-messages.ts";

/** An analysis as a worker needs it. */
export interface AnalysisToRun {
  readonly id: number;
  readonly siteId: number;
  readonly seriesId: number;
  /** 64 hexadecimal digits. */
  readonly variant: string;
  readonly task: Omit<MeasuringTask, "store">;
}

/** Reads what an analysis measures: the images of its series as they are now, and the segmentations that its marks name. */
export async function readTask(
  database: Kysely<ArchiveDatabase>,
  id: number,
  { language, now }: { readonly language: Language; readonly now: Date },
): Promise<AnalysisToRun | undefined> {
  const row = await database
    .selectFrom("analysis")
    .innerJoin("series", "series.id", "analysis.series_id")
    .select(["analysis.site_id", "series_id", "variant", "protocol", "request", "series.study_id"])
    .where("analysis.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const request = analysisRequestSchema.parse(row.request);
  const instances = await measuredInstances(database, { seriesId: row.series_id, studyId: row.study_id, request });
  return {
    id,
    siteId: row.site_id,
    seriesId: row.series_id,
    variant: row.variant.toString("hex"),
    task: { instances, protocolId: row.protocol, request, language, createdAt: now.toISOString() },
  };
}

/** A stored image that an answer may depend on. */
export interface MeasuredInstance {
  readonly sopInstanceUid: string;
  readonly fileSha256: string;
  readonly dataSetSha256: string;
  readonly sizeBytes: number;
}

/** The images of a series and of those that play roles, and the segmentations of its study that marks name, by their rows. */
export async function measuredInstances(
  database: Kysely<ArchiveDatabase>,
  {
    seriesId,
    studyId,
    request,
  }: { readonly seriesId: number; readonly studyId: number; readonly request: AnalysisRequest },
): Promise<readonly MeasuredInstance[]> {
  const named = (request.marks?.regions ?? []).flatMap(({ shape }) =>
    shape.kind === "segment" ? [shape.sopInstanceUid] : [],
  );
  const played = [...request.series, ...Object.values(request.roles).map((choice) => choice.replace(/@\d+$/, ""))];
  const rows = await database
    .selectFrom("instance")
    .innerJoin("series", "series.id", "instance.series_id")
    .select(["sop_instance_uid", "file_sha256", "data_set_sha256", "size_bytes"])
    .where("series.study_id", "=", studyId)
    .where("is_current", "=", true)
    .where(
      sql<boolean>`((series.id = ${seriesId} or series_instance_uid = any(${played}::text[]))
          and received_from <> ${analysisPurpose}
        or sop_instance_uid = any(${named}::text[]))`,
    )
    .orderBy("instance.id")
    .execute();
  return rows.map((row) => ({
    sopInstanceUid: row.sop_instance_uid,
    fileSha256: row.file_sha256.toString("hex"),
    dataSetSha256: row.data_set_sha256.toString("hex"),
    sizeBytes: row.size_bytes,
  }));
}
