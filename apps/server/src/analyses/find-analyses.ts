import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { AccessScope } from "../archive/access-scope.ts";
import { isVisible } from "../archive/visible-studies.ts";
import { type AnalysisState, type ArchiveDatabase, analysisStates } from "../database/schema.ts";

/** An analysis as the API shows it. */
export const analysisSchema = z.object({
  id: z.number(),
  protocol: z.string(),
  protocolVersion: z.string(),
  studyInstanceUid: z.string(),
  seriesInstanceUid: z.string(),
  state: z.enum(analysisStates),
  /** 0 to 1. */
  progress: z.number(),
  step: z.string().nullable(),
  attempts: z.number(),
  /** Why it was refused or failed, or what its last attempt met: a code of the project's error table. */
  errorCode: z.string().nullable(),
  /** Digest of its result, once it is done. */
  resultDigest: z.string().nullable(),
  /** Who asked, by internal id: "etalon" for what arrived. */
  requestedBy: z.string(),
  createdAt: z.string(),
  changedAt: z.string(),
  endedAt: z.string().nullable(),
  revision: z.number(),
});

/** See {@link analysisSchema}. */
export type Analysis = z.infer<typeof analysisSchema>;

/** Which analyses. */
export interface AnalysisFilter {
  readonly id?: number | undefined;
  readonly studyInstanceUid?: string | undefined;
  readonly seriesInstanceUid?: string | undefined;
  readonly protocol?: string | undefined;
  readonly states?: readonly AnalysisState[] | undefined;
  /** Those that changed after this revision, in the order of their changes. */
  readonly afterRevision?: number | undefined;
}

/** One page of analyses, the newest first where nothing else is asked. */
export interface AnalysisPage {
  readonly total: number;
  readonly analyses: readonly Analysis[];
}

/** Analyses of the scope's site. */
export async function findAnalyses(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  { limit, offset, ...filter }: AnalysisFilter & { readonly limit: number; readonly offset: number },
): Promise<AnalysisPage> {
  const selected = selectAnalyses(database, scope, filter);
  const { total } = await selected.select(sql<number>`count(*)`.as("total")).executeTakeFirstOrThrow();
  const rows = await selected
    .select(columns)
    .$if(filter.afterRevision !== undefined, (query) => query.orderBy("revision"))
    .orderBy("analysis.id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  return { total, analyses: rows.map(analysisOf) };
}

const columns = [
  "analysis.id",
  "protocol",
  "protocol_version",
  "study_instance_uid",
  "series_instance_uid",
  "state",
  "progress",
  "step",
  "attempts",
  "error_code",
  "result_digest",
  "requested_by",
  "analysis.created_at",
  "analysis.changed_at",
  "ended_at",
  "revision",
] as const;

function selectAnalyses(database: Kysely<ArchiveDatabase>, scope: AccessScope, filter: AnalysisFilter) {
  const { id, studyInstanceUid, seriesInstanceUid, protocol, states, afterRevision } = filter;
  return database
    .selectFrom("analysis")
    .innerJoin("series", "series.id", "analysis.series_id")
    .innerJoin("study", "study.id", "series.study_id")
    .where("analysis.site_id", "=", scope.siteId)
    .where(isVisible(scope))
    .$if(id !== undefined, (query) => query.where("analysis.id", "=", id ?? 0))
    .$if(studyInstanceUid !== undefined, (query) => query.where("study_instance_uid", "=", studyInstanceUid ?? ""))
    .$if(seriesInstanceUid !== undefined, (query) => query.where("series_instance_uid", "=", seriesInstanceUid ?? ""))
    .$if(protocol !== undefined, (query) => query.where("protocol", "=", protocol ?? ""))
    .$if(states !== undefined, (query) => query.where("state", "in", states ?? []))
    .$if(afterRevision !== undefined, (query) => query.where("revision", ">", afterRevision ?? 0));
}

type Row = Awaited<ReturnType<ReturnType<typeof selectRows>["execute"]>>[number];

function selectRows(database: Kysely<ArchiveDatabase>, scope: AccessScope) {
  return selectAnalyses(database, scope, {}).select(columns);
}

function analysisOf(row: Row): Analysis {
  return {
    id: row.id,
    protocol: row.protocol,
    protocolVersion: row.protocol_version,
    studyInstanceUid: row.study_instance_uid,
    seriesInstanceUid: row.series_instance_uid,
    state: row.state,
    progress: row.progress,
    step: row.step,
    attempts: row.attempts,
    errorCode: row.error_code,
    resultDigest: row.result_digest?.toString("hex") ?? null,
    requestedBy: row.requested_by,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    revision: row.revision,
  };
}
