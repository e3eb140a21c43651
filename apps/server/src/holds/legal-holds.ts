import { EtalonError } from "@etalon/base";
import type { Kysely, Transaction } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import { takeLocks } from "../archive/advisory-locks.ts";
import { isVisible } from "../archive/visible-studies.ts";
import type { Audit } from "../audit/audit.ts";
import { eventOf } from "../audit/event-of.ts";
import type { ArchiveDatabase } from "../database/schema.ts";

/** What legal holds stand on. */
export interface HoldPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly audit: Audit;
  /** The time. */
  readonly clock: () => Date;
}

/** A hold on a study, in force as long as it was not lifted. */
export interface LegalHold {
  readonly id: number;
  readonly studyInstanceUid: string;
  readonly reason: string;
  /** Actor of the scope. */
  readonly setBy: string;
  readonly setAt: Date;
  readonly lifted: { readonly by: string; readonly at: Date; readonly reason: string } | null;
}

/**
 * Sets a hold: from then on nothing of the study can be deleted, by nobody. It is in the audit log, whose words name the study by
 * its internal id; the reason stands with the hold.
 *
 * @throws {EtalonError} `study-not-found`, `legal-hold` where there is one already
 */
export function setHold(
  { database, audit, clock }: HoldPlace,
  scope: AccessScope,
  { studyInstanceUid, reason }: { readonly studyInstanceUid: string; readonly reason: string },
): Promise<LegalHold> {
  return database.transaction().execute(async (transaction) => {
    // As a deletion does: whichever is second sees what the first did.
    await takeLocks(transaction, { study: [scope.siteId, studyInstanceUid] });
    const study = await transaction
      .selectFrom("study")
      .select("id")
      .where(isVisible(scope))
      .where("study_instance_uid", "=", studyInstanceUid)
      .executeTakeFirst();
    if (study === undefined) throw new EtalonError("study-not-found", { field: studyInstanceUid });
    const known = await transaction
      .selectFrom("legal_hold")
      .select("set_at")
      .where("study_id", "=", study.id)
      .where("lifted_at", "is", null)
      .executeTakeFirst();
    if (known !== undefined)
      throw new EtalonError("legal-hold", { field: studyInstanceUid, received: known.set_at.toISOString() });
    const hold = { study_id: study.id, reason, set_by: scope.actor, set_at: clock() };
    const { id } = await transaction.insertInto("legal_hold").values(hold).returning("id").executeTakeFirstOrThrow();
    await note(transaction, { audit, scope, studyId: study.id, action: "hold" });
    return { id, studyInstanceUid, reason, setBy: hold.set_by, setAt: hold.set_at, lifted: null };
  });
}

/**
 * Lifts a hold; retention goes on as if it had not been.
 *
 * @throws {EtalonError} `hold-not-found` of none that is in force
 */
export function liftHold(
  { database, audit, clock }: HoldPlace,
  scope: AccessScope,
  { id, reason }: { readonly id: number; readonly reason: string },
): Promise<LegalHold> {
  return database.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable("legal_hold")
      .set({ lift_reason: reason, lifted_by: scope.actor, lifted_at: clock() })
      .where("id", "=", id)
      .where("lifted_at", "is", null)
      .where("study_id", "in", (query) => query.selectFrom("study").select("id").where(isVisible(scope)))
      .returning("study_id")
      .executeTakeFirst();
    if (row === undefined) throw new EtalonError("hold-not-found", { field: String(id) });
    await note(transaction, { audit, scope, studyId: row.study_id, action: "lift-hold" });
    const [hold] = await listHolds(transaction, scope, { id, withLifted: true });
    if (hold === undefined) throw new EtalonError("hold-not-found", { field: String(id) });
    return hold;
  });
}

/** Which holds are listed. */
export interface HoldFilter {
  readonly id?: number | undefined;
  readonly studyInstanceUid?: string | undefined;
  /** Also those that are in force no more. */
  readonly withLifted: boolean;
  readonly limit?: number;
  readonly offset?: number;
}

/** Holds on studies that the scope sees, the newest first. */
export async function listHolds(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  { id, studyInstanceUid, withLifted, limit = 1, offset = 0 }: HoldFilter,
): Promise<readonly LegalHold[]> {
  const rows = await database
    .selectFrom("legal_hold")
    .innerJoin("study", "study.id", "legal_hold.study_id")
    .selectAll("legal_hold")
    .select("study.study_instance_uid")
    .where(isVisible(scope))
    .$if(id !== undefined, (query) => query.where("legal_hold.id", "=", id ?? 0))
    .$if(studyInstanceUid !== undefined, (query) =>
      query.where("study.study_instance_uid", "=", studyInstanceUid ?? ""),
    )
    .$if(!withLifted, (query) => query.where("legal_hold.lifted_at", "is", null))
    .orderBy("legal_hold.id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    studyInstanceUid: row.study_instance_uid,
    reason: row.reason,
    setBy: row.set_by,
    setAt: row.set_at,
    lifted:
      row.lifted_at === null ? null : { by: row.lifted_by ?? "", at: row.lifted_at, reason: row.lift_reason ?? "" },
  }));
}

async function note(
  transaction: Transaction<ArchiveDatabase>,
  said: {
    readonly audit: Audit;
    readonly scope: AccessScope;
    readonly studyId: number;
    readonly action: "hold" | "lift-hold";
  },
): Promise<void> {
  const { audit, scope, studyId, action } = said;
  const object = { kind: "study", id: String(studyId) } as const;
  await audit.recordIn(transaction, [eventOf(scope, { action, outcome: "success", object })]);
}
