import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { ArchiveDatabase } from "../database/schema.ts";
import { recordedEventSchema } from "./audit-event.ts";
import { dicomAuditMessage } from "./dicom-audit-message.ts";
import type { Syslog } from "./open-syslog.ts";
import { syslogMessage } from "./syslog-message.ts";

/** What the audit log's upkeep needs. */
export interface AuditUpkeepParts {
  readonly database: Kysely<ArchiveDatabase>;
  readonly log: Logger;
  readonly clock: () => Date;
  /** Name of this archive in messages: its AE title. */
  readonly source: string;
  /** Where events go; nowhere where absent. */
  readonly syslog: Syslog | undefined;
  /** Between two looks for new events. */
  readonly forwardEveryMs: number;
  /** Between two anchors. */
  readonly anchorEveryMs: number;
}

/** A second until an event is handed on, an hour between two anchors. */
export const usualAuditTimes = { forwardEveryMs: 1000, anchorEveryMs: 3_600_000 } as const;

/** Messages of one transaction at most. */
const longestBatch = 500;

/**
 * Hands new events to syslog, each by one of the programs that share the database, and writes the chain's end to the log and
 * to syslog from time to time: an anchor that whoever forges the database does not reach. What a collector does not take is
 * sent again.
 */
export function startAuditUpkeep(parts: AuditUpkeepParts): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const anchored = { position: 0, atMs: 0 };

  async function look(): Promise<void> {
    while (parts.syslog !== undefined && (await forward(parts, parts.syslog)) === longestBatch);
    if (parts.clock().getTime() - anchored.atMs >= parts.anchorEveryMs) await anchor();
  }

  async function anchor(): Promise<void> {
    const { database, log, syslog, clock } = parts;
    const head = await database.selectFrom("audit_head").select(["position", "hash"]).executeTakeFirstOrThrow();
    anchored.atMs = clock().getTime();
    if (head.position === anchored.position) return;
    const { position } = head;
    const hash = head.hash.toString("hex");
    log.info({ position, hash }, "audit anchor");
    await syslog?.send([messageOf(parts, { messageId: "anchor", text: `audit anchor ${position}:${hash}` })]);
    anchored.position = position;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) => parts.log.warn({ err: error }, "audit events are not handed on"));
      await pause(parts.forwardEveryMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
    await look()
      .then(anchor)
      .catch((error: unknown) => parts.log.warn({ err: error }, "audit events are not handed on"));
    parts.syslog?.close();
  }

  const ended = run();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

/** Hands on the next events; none where another program does it. Returns how many. */
function forward(parts: AuditUpkeepParts, syslog: Syslog): Promise<number> {
  return parts.database.transaction().execute(async (transaction) => {
    const place = await transaction
      .selectFrom("audit_forwarding")
      .select("position")
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (place === undefined) return 0;
    const rows = await transaction
      .selectFrom("audit_event")
      .select(["position", "event"])
      .where("position", ">", place.position)
      .orderBy("position")
      .limit(longestBatch)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return 0;
    const messages = rows.map(({ event }) => {
      const recorded = recordedEventSchema.parse(JSON.parse(event));
      return messageOf(parts, { messageId: "DICOM+RFC3881", text: dicomAuditMessage(recorded, parts.source) });
    });
    await syslog.send(messages);
    await transaction.updateTable("audit_forwarding").set({ position: last.position }).execute();
    return rows.length;
  });
}

function messageOf(parts: AuditUpkeepParts, said: { readonly messageId: string; readonly text: string }): Buffer {
  return syslogMessage({ ...said, at: parts.clock().toISOString(), hostname: hostname(), processId: process.pid });
}
