import type { Transaction } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Audit } from "../audit/audit.ts";
import type { AuditEvent } from "../audit/audit-event.ts";
import { eventOf } from "../audit/event-of.ts";
import type { ArchiveDatabase } from "../database/schema.ts";

/** What is written down of a reading. */
export interface NotedReading {
  readonly action: AuditEvent["action"];
  readonly readingId: number;
  readonly outcome?: AuditEvent["outcome"];
  readonly error?: string;
}

/** Writes into the audit log what was done to a reading, within the transaction that does it, as its last step. */
export function noteReading(
  transaction: Transaction<ArchiveDatabase>,
  { audit, scope }: { readonly audit: Audit; readonly scope: AccessScope },
  { action, readingId, outcome = "success", error }: NotedReading,
): Promise<void> {
  const object = { kind: "reading" as const, id: String(readingId) };
  return audit.recordIn(transaction, [
    eventOf(scope, { action, outcome, object, ...(error === undefined ? {} : { error }) }),
  ]);
}

/** Writes down that somebody read or took with them what a reading says. */
export function noteReadingRead(
  { audit, scope }: { readonly audit: Audit; readonly scope: AccessScope },
  readingId: number,
  action: "read" | "export" = "read",
): Promise<void> {
  return audit.record(
    eventOf(scope, { action, outcome: "success", object: { kind: "reading", id: String(readingId) } }),
  );
}
