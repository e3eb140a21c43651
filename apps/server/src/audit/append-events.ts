import { canonicalJson, EtalonError } from "@etalon/base";
import { sql, type Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import { type AuditEvent, auditEventSchema } from "./audit-event.ts";

/**
 * Adds events to the end of the chain, in a transaction that may change more than that: they are there if and only if the
 * change is. The chain's end is locked until the transaction ends, so this comes last in it; what the database says of it comes with
 * the commit.
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
  const at = now.toISOString();
  const texts = events.map((event) => aroundPosition(canonicalJson({ ...withoutAbsent(event), position: 0, at })));
  const [before, after] = [texts.map((text) => text.before), texts.map((text) => text.after)];
  // The row is locked before its hash is read; see eventHash for what is hashed.
  await sql`/* prepared, unawaited */
    WITH RECURSIVE head AS (SELECT position, hash FROM audit_head WHERE id = 1 FOR UPDATE),
    chain (place, position, event, previous_hash, hash) AS (
      SELECT 0, position, NULL::text, NULL::bytea, hash FROM head
      UNION ALL
      SELECT place + 1, position + 1, said.event, chain.hash, sha256(chain.hash || convert_to(said.event, 'UTF8'))
      FROM chain, LATERAL (SELECT (${before}::text[])[place + 1] || (position + 1) || (${after}::text[])[place + 1] AS event) said
      WHERE place < cardinality(${before}::text[])),
    added AS (
      INSERT INTO audit_event (position, event, previous_hash, hash)
      SELECT position, event, previous_hash, hash FROM chain WHERE place > 0)
    UPDATE audit_head SET position = last.position, hash = last.hash
    FROM (SELECT position, hash FROM chain ORDER BY place DESC LIMIT 1) last WHERE audit_head.id = 1`.execute(
    transaction,
  );
}

const position = '"position":0';

/** The two parts of an event's text between which its position stands, which is known once the chain's end is. */
function aroundPosition(text: string): { readonly before: string; readonly after: string } {
  // Within a JSON string every quotation mark has a backslash before it: this is the key.
  const at = text.indexOf(position) + position.length;
  return { before: text.slice(0, at - 1), after: text.slice(at) };
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
