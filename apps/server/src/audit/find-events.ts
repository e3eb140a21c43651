import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import { type AuditEvent, type RecordedEvent, recordedEventSchema } from "./audit-event.ts";

/** Which events are asked for. */
export interface EventSearch {
  readonly siteId: number;
  readonly actor?: string | undefined;
  readonly action?: AuditEvent["action"] | undefined;
  readonly objectKind?: string | undefined;
  readonly objectId?: string | undefined;
  /** ISO 8601, the first moment and the one after the last. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Events of a site, the newest first: one page, with the total. */
export async function findEvents(
  database: Kysely<ArchiveDatabase>,
  search: EventSearch,
): Promise<{ readonly total: number; readonly events: readonly RecordedEvent[] }> {
  const { siteId, actor, action, objectKind, objectId, from, until, limit, offset } = search;
  const found = database
    .selectFrom("audit_event")
    .where("site_id", "=", siteId)
    .$if(actor !== undefined, (query) => query.where("actor", "=", actor ?? ""))
    .$if(action !== undefined, (query) => query.where("action", "=", action ?? ""))
    .$if(objectKind !== undefined, (query) => query.where("object_kind", "=", objectKind ?? ""))
    .$if(objectId !== undefined, (query) => query.where("object_id", "=", objectId ?? ""))
    .$if(from !== undefined, (query) => query.where("at", ">=", from ?? ""))
    .$if(until !== undefined, (query) => query.where("at", "<", until ?? ""));
  const { total } = await found.select(({ fn }) => fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const rows = await found.select("event").orderBy("position", "desc").limit(limit).offset(offset).execute();
  return { total, events: rows.map(({ event }) => recordedEventSchema.parse(JSON.parse(event))) };
}
