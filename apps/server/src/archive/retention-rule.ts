import { EtalonError } from "@etalon/base";
import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { RemovalRequest, RetentionRule } from "./remove-instances.ts";

/** How long studies are kept, days; 0 where they may go at once. */
export interface RetentionPolicy {
  readonly days: number;
  /** In place of `days`, by modality (0008,0060): of a study with several the longest counts. */
  readonly daysOfModality: ReadonlyMap<string, number>;
  /** What the days are counted from. */
  readonly from: "arrival" | "study-date";
  /** From a storage commitment on, of the images that were committed to. */
  readonly committedDays: number;
}

const msPerDay = 86_400_000;

/**
 * The rule of a policy, and of legal holds, which go before it. It protects a version by its hash like the whole study: what was
 * received is what was read. Images that were committed to and may go are told to the log.
 *
 * @returns a rule that throws EtalonError `legal-hold`
 */
export function retentionRule(
  policy: RetentionPolicy,
  { database, log }: { readonly database: Kysely<ArchiveDatabase>; readonly log: Logger },
): RetentionRule {
  return async (request, now, transaction = database) => {
    const study = await readStudy(transaction, request);
    if (study?.held_since != null) {
      const field = request.selector.studyInstanceUid;
      throw new EtalonError("legal-hold", { field, received: study.held_since.toISOString() });
    }
    const until = Math.max(
      keptUntil(policy, request, study?.modalities ?? []),
      committedUntil(policy, study?.committed_at),
    );
    if (study?.committed_at != null && until <= now.getTime())
      log.warn({ studyId: study.id }, "images that this archive committed to are being deleted");
    return until > 0 ? new Date(until) : undefined;
  };
}

function keptUntil(
  { days, daysOfModality, from }: RetentionPolicy,
  { receivedAt, studyDate }: RemovalRequest,
  modalities: readonly string[],
): number {
  const longest =
    modalities.length === 0 ? days : Math.max(...modalities.map((one) => daysOfModality.get(one) ?? days));
  if (longest === 0) return 0;
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(studyDate ?? "") ?? [];
  const acquired = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // A date that is none, or lies in the future, is an error of the device.
  const isUsable = from === "study-date" && acquired <= receivedAt.getTime();
  return (isUsable ? acquired : receivedAt.getTime()) + longest * msPerDay;
}

function committedUntil({ committedDays }: RetentionPolicy, committedAt: Date | null | undefined): number {
  return committedDays === 0 || committedAt == null ? 0 : committedAt.getTime() + committedDays * msPerDay;
}

interface StudyRow {
  readonly id: number;
  readonly modalities: readonly string[];
  readonly held_since: Date | null;
  /** The latest among what is to be removed. */
  readonly committed_at: Date | null;
}

async function readStudy(
  database: Kysely<ArchiveDatabase>,
  { scope, selector }: RemovalRequest,
): Promise<StudyRow | undefined> {
  const { studyInstanceUid, seriesInstanceUid = null, sopInstanceUid = null } = selector;
  const { rows } = await sql<StudyRow>`
    SELECT study.id, study.modalities,
      (SELECT set_at FROM legal_hold WHERE study_id = study.id AND lifted_at IS NULL) AS held_since,
      (SELECT max(committed_at) FROM instance JOIN series ON series.id = instance.series_id
        WHERE series.study_id = study.id
          AND (${seriesInstanceUid}::text IS NULL OR series.series_instance_uid = ${seriesInstanceUid})
          AND (${sopInstanceUid}::text IS NULL OR instance.sop_instance_uid = ${sopInstanceUid})) AS committed_at
    FROM study WHERE study.site_id = ${scope.siteId} AND study.study_instance_uid = ${studyInstanceUid}`.execute(
    database,
  );
  return rows[0];
}
