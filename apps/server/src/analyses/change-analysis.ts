import { type Kysely, sql, type Transaction } from "kysely";
import type { AnalysisState, ArchiveDatabase } from "../database/schema.ts";
import { analysisChannel } from "./analysis-event.ts";

/** What becomes of an analysis. */
export interface AnalysisChange {
  readonly state?: AnalysisState;
  /** 0 to 1. */
  readonly progress?: number;
  readonly step?: string | null;
  readonly errorCode?: string | null;
  readonly resultDigest?: string;
  readonly isNewAttempt?: boolean;
}

/** Which analysis, and only while it is still as the caller knows it. */
export interface AnalysisGuard {
  readonly id: number;
  readonly states: readonly AnalysisState[];
  /** The attempt that speaks: a worker whose job another has taken over changes nothing. */
  readonly attempts?: number;
}

const goesOn: ReadonlySet<AnalysisState> = new Set(["queued", "running"]);

/**
 * Changes an analysis and tells everybody who listens, once the transaction is kept: the only place that does.
 *
 * @returns its attempts, the new one counted; `undefined` where it is no more as the guard says
 */
export async function changeAnalysis(
  place: Kysely<ArchiveDatabase> | Transaction<ArchiveDatabase>,
  { id, states, attempts }: AnalysisGuard,
  change: AnalysisChange,
): Promise<number | undefined> {
  const { state, progress, step, errorCode, resultDigest, isNewAttempt } = change;
  const changed = await place
    .updateTable("analysis")
    .set({
      revision: sql<number>`nextval('analysis_revision')`,
      changed_at: sql<Date>`now()`,
      ...(state === undefined ? {} : stateColumns(state)),
      ...(progress === undefined ? {} : { progress }),
      ...(step === undefined ? {} : { step }),
      ...(errorCode === undefined ? {} : { error_code: errorCode }),
      ...(resultDigest === undefined ? {} : { result_digest: Buffer.from(resultDigest, "hex") }),
      ...(isNewAttempt === true ? { attempts: sql<number>`attempts + 1` } : {}),
    })
    .where("id", "=", id)
    .where("state", "in", states)
    .$if(attempts !== undefined, (query) => query.where("attempts", "=", attempts ?? 0))
    .returning("attempts")
    .executeTakeFirst();
  if (changed === undefined) return undefined;
  await tellAnalysis(place, id);
  return changed.attempts;
}

/** What an end sets besides: facts of a person are of use to a worker only, and are not kept. */
function stateColumns(state: AnalysisState) {
  if (goesOn.has(state)) return { state, ended_at: null };
  return { state, ended_at: sql<Date>`now()`, request: sql<string>`jsonb_set(request, '{facts}', 'null')` };
}

/** Tells everybody who listens how an analysis stands. */
export async function tellAnalysis(
  place: Kysely<ArchiveDatabase> | Transaction<ArchiveDatabase>,
  id: number,
): Promise<void> {
  await sql`
    select pg_notify(${analysisChannel}, json_build_object(
      'id', analysis.id, 'siteId', analysis.site_id, 'revision', revision, 'state', state, 'progress', progress,
      'step', step, 'attempts', attempts, 'errorCode', error_code, 'protocol', protocol,
      'studyInstanceUid', study_instance_uid, 'seriesInstanceUid', series_instance_uid,
      'resultDigest', encode(result_digest, 'hex'))::text)
    from analysis join series on series.id = analysis.series_id join study on study.id = series.study_id
    where analysis.id = ${id}`.execute(place);
}
