import { createHash } from "node:crypto";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";

/** What a transaction holds until it ends, for everybody who shares the database; always taken in this order. */
export interface AdvisoryLocks {
  /** The one who may change a study's rows: site and Study Instance UID. */
  readonly study?: readonly [siteId: number, studyInstanceUid: string];
  /** The one who may add a version of an instance: site and SOP Instance UID. */
  readonly instance?: readonly [siteId: number, sopInstanceUid: string];
  /** A blob that stays, while rows are made that name it. */
  readonly keptBlob?: string;
  /** A blob that goes: nobody makes a row that names it meanwhile. */
  readonly goingBlob?: string;
}

/** Takes locks in one round trip. */
export async function takeLocks(transaction: Transaction<ArchiveDatabase>, locks: AdvisoryLocks): Promise<void> {
  const taken: RawBuilder<unknown>[] = [];
  if (locks.study !== undefined) taken.push(sql`pg_advisory_xact_lock(${lockKey("study", ...locks.study)})`);
  if (locks.instance !== undefined) taken.push(sql`pg_advisory_xact_lock(${lockKey("instance", ...locks.instance)})`);
  if (locks.keptBlob !== undefined) taken.push(sql`pg_advisory_xact_lock_shared(${lockKey("blob", locks.keptBlob)})`);
  if (locks.goingBlob !== undefined) taken.push(sql`pg_advisory_xact_lock(${lockKey("blob", locks.goingBlob)})`);
  await sql`select ${sql.join(taken)}`.execute(transaction);
}

/** PostgreSQL names advisory locks by 64 bits. Two names with one key only wait for each other. */
function lockKey(...name: readonly (string | number)[]): RawBuilder<unknown> {
  const key = createHash("sha256").update(name.join("\n")).digest().readBigInt64LE(0);
  return sql`${key.toString()}::bigint`;
}
