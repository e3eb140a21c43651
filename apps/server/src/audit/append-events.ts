import { canonicalJson, EtalonError } from "@etalon/base";
import { sql, type Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import { type AuditEvent, auditEventSchema } from "./audit-event.ts";
import { eventHash } from "./event-hash.ts";

/**
 * Adds events to the end of the chain, in a transaction that may change more than that: they are there if and only if the
 * change is. The chain's end is locked until the transaction ends, so this comes last in it.
 *
 * @throws {EtalonError} `wrong-type` for an event that holds what may not stand in the log
 */
export async function appendEvents(
  transaction: Transaction<ArchiveDatabase>,
  events: readonly AuditEvent[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  for (const event of events) refuseUnfit(event);
  const head = await transaction
    .selectFrom("audit_head")
    .select(["position", "hash"])
    .where("id", "=", 1)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const at = now.toISOString();
  let { position, hash }: { position: number; hash: Uint8Array } = head;
  const texts: string[] = [];
  const hashes: Uint8Array[] = [hash];
  for (const event of events) {
    position += 1;
    const text = canonicalJson({ ...withoutAbsent(event), position, at });
    hash = eventHash(hash, text);
    texts.push(text);
    hashes.push(hash);
  }
  await sql`
    INSERT INTO audit_event (position, event, previous_hash, hash)
    SELECT ${head.position}::bigint + place, event, previous_hash, hash
    FROM unnest(${texts}::text[], ${hashes.slice(0, -1)}::bytea[], ${hashes.slice(1)}::bytea[])
      WITH ORDINALITY AS added (event, previous_hash, hash, place)`.execute(transaction);
  await transaction
    .updateTable("audit_head")
    .set({ position, hash: Buffer.from(hash) })
    .where("id", "=", 1)
    .execute();
}

/** @throws {EtalonError} `wrong-type` */
function refuseUnfit(event: AuditEvent): void {
  const parsed = auditEventSchema.safeParse(event);
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  // What was received may be the very thing that must not be written down.
  throw new EtalonError("wrong-type", {
    field: `audit event: ${(issue?.path ?? []).join(".")}`,
    received: "…",
    details: { expected: issue?.message ?? "an audit event" },
  });
}

function withoutAbsent(event: AuditEvent) {
  const { object, error, count, ...always } = event;
  return {
    ...always,
    ...(object === undefined
      ? {}
      : { object: { kind: object.kind, ...(object.id === undefined ? {} : { id: object.id }) } }),
    ...(error === undefined ? {} : { error }),
    ...(count === undefined ? {} : { count }),
  };
}
