import { eventOf } from "../audit/event-of.ts";
import { requireStudy } from "./find-reading.ts";
import { listStudies } from "./list-studies.ts";
import { tellReading } from "./reading-event.ts";
import type { Reader, ReadingPlace } from "./reading-place.ts";
import type { Priority } from "./reading-tables.ts";
import type { StudyRow } from "./study-row.ts";

/**
 * Sets how soon a study is to be read, in place of what the order says.
 *
 * @throws {EtalonError} `study-not-found`
 */
export async function setPriority(
  { database, audit, clock }: ReadingPlace,
  { scope }: Reader,
  { studyInstanceUid, priority }: { readonly studyInstanceUid: string; readonly priority: Priority },
): Promise<Pick<StudyRow, "priority" | "requestedAt">> {
  return database.transaction().execute(async (transaction) => {
    const { id } = await requireStudy(transaction, scope, studyInstanceUid);
    const set = { priority, set_by: scope.actor, set_at: clock() };
    await transaction
      .insertInto("study_priority")
      .values({ study_id: id, ...set })
      .onConflict((conflict) => conflict.column("study_id").doUpdateSet(set))
      .execute();
    const ofStudy = { protocol: null, version: null, status: null, change: "priority" } as const;
    await tellReading(transaction, { siteId: scope.siteId, studyInstanceUid, by: scope.actor, ...ofStudy });
    const asked = { studyInstanceUids: [studyInstanceUid], sort: "date", limit: 1, offset: 0 } as const;
    const { studies } = await listStudies({ database: transaction, now: clock() }, scope, asked);
    const object = { kind: "study" as const, id: String(id) };
    await audit.recordIn(transaction, [eventOf(scope, { action: "write", outcome: "success", object })]);
    return { priority, requestedAt: studies[0]?.requestedAt ?? null };
  });
}
