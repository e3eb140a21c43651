import { type Kysely, type Selectable, sql } from "kysely";
import type { ArchiveDatabase, StorageCommitmentTable } from "../database/schema.ts";
import type { CommitmentRequest, FailedReference, OwedReport } from "./commitment-request.ts";

type Database = Kysely<ArchiveDatabase>;

/** Who asks, of which site. */
export interface Requester {
  readonly siteId: number;
  readonly aeTitle: string;
}

/** How long a request that has ended is remembered, so that its transaction UID is known again. */
const rememberedDays = 30;

const fromNow = (ms: number) => sql<Date>`now() + ${ms}::double precision * interval '1 millisecond'`;

/**
 * Keeps a request; settles when it is safe. The same request again, as a peer sends it whose answer was lost, is owed a report
 * anew. Another one under the same transaction UID is kept as a duplicate.
 *
 * @param leadMs for which other programs on this database leave it to this one
 * @returns its id
 */
export function recordRequest(
  database: Database,
  { siteId, aeTitle }: Requester,
  { transactionUid, references, leadMs }: CommitmentRequest & { readonly leadMs: number },
): Promise<number> {
  const values = {
    site_id: siteId,
    requester_ae_title: aeTitle,
    transaction_uid: transactionUid,
    requested: JSON.stringify(references),
    state: "owed",
    next_attempt_at: fromNow(leadMs),
  } as const;
  return database.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom("storage_commitment")
      .where("state", "<>", "owed")
      .where("ended_at", "<", sql<Date>`now() - ${rememberedDays} * interval '1 day'`)
      .execute();
    const { id } = await transaction
      .insertInto("storage_commitment")
      .values({ ...values, is_duplicate: false })
      .onConflict((conflict) =>
        conflict
          .columns(["site_id", "requester_ae_title", "transaction_uid"])
          .where("is_duplicate", "=", false)
          .doUpdateSet({
            state: "owed",
            attempts: 0,
            failed: null,
            requested_at: sql<Date>`now()`,
            next_attempt_at: values.next_attempt_at,
            ended_at: null,
          })
          .where("storage_commitment.requested", "=", sql<never>`excluded.requested`),
      )
      .returning("id")
      .executeTakeFirst()
      .then(
        (row) =>
          row ??
          transaction
            .insertInto("storage_commitment")
            .values({ ...values, is_duplicate: true })
            .returning("id")
            .executeTakeFirstOrThrow(),
      );
    return id;
  });
}

/** Which report to take on. */
export interface Claim {
  /** This one, unless it was tried before; the one that is due for longest where absent. */
  readonly id?: number | undefined;
  /** Reports that are under way here. */
  readonly except: readonly number[];
  /** For which nobody else takes it on, milliseconds: after that whoever claimed it is dead. */
  readonly leaseMs: number;
}

/** Takes on a report that is owed; `undefined` where none is due. Programs that claim at once get different ones. */
export async function claimReport(database: Database, { id, except, leaseMs }: Claim): Promise<OwedReport | undefined> {
  const row = await database
    .updateTable("storage_commitment")
    .set({ attempts: sql<number>`attempts + 1`, next_attempt_at: fromNow(leaseMs) })
    .where("id", "=", (query) =>
      query
        .selectFrom("storage_commitment")
        .select("id")
        .where("state", "=", "owed")
        .$if(id === undefined, (due) => due.where("next_attempt_at", "<=", sql<Date>`now()`))
        // A fresh one that waited too long here is another's by now.
        .$if(id !== undefined, (due) => due.where("id", "=", id ?? 0).where("attempts", "=", 0))
        .$if(except.length > 0, (due) => due.where("id", "not in", except))
        .orderBy("next_attempt_at")
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .returning(sql<number>`(extract(epoch FROM now() - requested_at) * 1000)::double precision`.as("age_ms"))
    .executeTakeFirst();
  return row === undefined ? undefined : reportOfRow(row);
}

function reportOfRow(row: Selectable<StorageCommitmentTable> & { readonly age_ms: number }): OwedReport {
  return {
    id: row.id,
    siteId: row.site_id,
    requesterAeTitle: row.requester_ae_title,
    transactionUid: row.transaction_uid,
    isDuplicate: row.is_duplicate,
    references: row.requested,
    ...(row.failed === null ? {} : { failed: row.failed }),
    attempts: row.attempts,
    ageMs: row.age_ms,
  };
}

/** Keeps what the check of a request found, so that it is done once. */
export async function keepFailed(database: Database, id: number, failed: readonly FailedReference[]): Promise<void> {
  await database
    .updateTable("storage_commitment")
    .set({ failed: JSON.stringify(failed) })
    .where("id", "=", id)
    .execute();
}

/** Notes on the images themselves that they are committed to: their sender may delete its copy from now on. */
export async function noteCommitted(
  database: Database,
  siteId: number,
  sopInstanceUids: readonly string[],
): Promise<void> {
  for (let first = 0; first < sopInstanceUids.length; first += batchLength) {
    await sql`
      UPDATE instance SET committed_at = now()
      FROM series JOIN study ON study.id = series.study_id
      WHERE series.id = instance.series_id AND study.site_id = ${siteId} AND instance.is_current
        AND instance.sop_instance_uid = ANY (${sopInstanceUids.slice(first, first + batchLength)}::text[])`.execute(
      database,
    );
  }
}

/** Images of one statement. */
const batchLength = 1000;

/** Ends a request: its report was taken, or will not be tried again. */
export async function endRequest(database: Database, id: number, state: "reported" | "given-up"): Promise<void> {
  await database
    .updateTable("storage_commitment")
    .set({ state, ended_at: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
}

/** Leaves a report for later. */
export async function postponeReport(database: Database, id: number, waitMs: number): Promise<void> {
  await database
    .updateTable("storage_commitment")
    .set({ next_attempt_at: fromNow(waitMs) })
    .where("id", "=", id)
    .execute();
}
