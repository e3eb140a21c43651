import type { Transaction } from "kysely";
import { onceAMinute } from "../accounts/once-a-minute.ts";
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

/** Writes down that somebody reads a reading, or takes a document of it with them. */
export type NoteReadingRead = (scope: AccessScope, readingId: number, action?: "read" | "export") => Promise<void>;

/** Reads of one reading by one actor are one event a minute: a page that follows it must not fill the log. */
export function createReadingNotes({
  audit,
  clock,
}: {
  readonly audit: Audit;
  readonly clock: () => Date;
}): NoteReadingRead {
  const isNew = onceAMinute(clock);
  return async (scope, readingId, action = "read") => {
    const { siteId, actor, purpose, addressClass } = scope;
    if (action === "read" && !isNew(JSON.stringify([siteId, actor, purpose, addressClass, readingId]))) return;
    const object = { kind: "reading" as const, id: String(readingId) };
    await audit.record(eventOf(scope, { action, outcome: "success", object }));
  };
}
