import type { Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { AuditEvent } from "./audit-event.ts";

/** Where every access is written down. */
export interface Audit {
  /**
   * Adds an event; settles when it is on the disk. What is told of before that may be done must wait for it.
   *
   * @throws {EtalonError} `wrong-type` for an event that holds what may not stand in the log
   */
  record(event: AuditEvent): Promise<void>;
  /** Adds events within the transaction of the change that they tell of, as its last step: both are there or neither. */
  recordIn(transaction: Transaction<ArchiveDatabase>, events: readonly AuditEvent[]): Promise<void>;
}
