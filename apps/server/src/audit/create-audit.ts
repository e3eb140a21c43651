import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import { appendEvents } from "./append-events.ts";
import type { Audit } from "./audit.ts";
import type { AuditEvent } from "./audit-event.ts";

/** What an audit log stands on. */
export interface AuditPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly clock: () => Date;
}

/** Events of one transaction at most. */
const longestBatch = 512;

interface Waiting {
  readonly event: AuditEvent;
  readonly resolve: () => void;
  readonly reject: (thrown: unknown) => void;
}

/**
 * The audit log of a database whose migrations are done; several programs may share it. The first event goes at once, those
 * that come meanwhile together in the next transaction.
 */
export function createAudit({ database, clock }: AuditPlace): Audit {
  const queue: Waiting[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (queue.length > 0) await appendTogether(queue.splice(0, longestBatch));
    isRunning = false;
  }

  async function appendTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      const events = batch.map(({ event }) => event);
      await database.transaction().execute((transaction) => appendEvents(transaction, events, clock()));
      for (const { resolve } of batch) resolve();
    } catch (thrown) {
      // One event that is refused must not take the others with it.
      if (batch.length === 1) for (const { reject } of batch) reject(thrown);
      else for (const waiting of batch) await appendTogether([waiting]);
    }
  }

  return {
    record: (event) =>
      new Promise((resolve, reject) => {
        queue.push({ event, resolve, reject });
        if (!isRunning) void run();
      }),
    recordIn: (transaction, events) => appendEvents(transaction, events, clock()),
  };
}
