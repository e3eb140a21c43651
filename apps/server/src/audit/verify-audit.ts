import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import { eventHash, firstHash } from "./event-hash.ts";

/** What was done to the log, and to which row: the number that the event had when it was written. */
export interface AuditFault {
  readonly kind: "changed" | "removed" | "inserted";
  readonly position: number;
  /** Last of several removed in a row. */
  readonly lastPosition?: number;
}

/** A head of the chain that was written down elsewhere, as the log and syslog have it. */
export interface AuditAnchor {
  readonly position: number;
  /** 64 lower-case hexadecimal digits. */
  readonly hash: string;
}

/** What came of walking the chain. */
export interface AuditVerdict {
  readonly isWhole: boolean;
  /** Rows walked. */
  readonly events: number;
  /** The chain's end: to be kept elsewhere, since whoever can write everything can forge a whole chain. */
  readonly head: AuditAnchor;
  /** The first hundred faults, in the order of the rows. */
  readonly faults: readonly AuditFault[];
}

const pageLength = 5000;
const mostFaults = 100;

/**
 * Walks the chain from its first event: each row's hash is that of its text and its predecessor, its text holds its number,
 * and the last is the head that the database knows. Anchors kept elsewhere are looked up on the way.
 */
export function verifyAudit(
  database: Kysely<ArchiveDatabase>,
  anchors: readonly AuditAnchor[] = [],
): Promise<AuditVerdict> {
  const isolated = database.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return isolated.execute(async (transaction) => {
    const walk = createWalk(anchors);
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      const rows = await transaction
        .selectFrom("audit_event")
        .select(["position", "event", "previous_hash", "hash"])
        .where("position", ">", after)
        .orderBy("position")
        .limit(pageLength)
        .execute();
      for (const row of rows) walk.step(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageLength) break;
      after = last.position;
    }
    const head = await transaction.selectFrom("audit_head").select(["position", "hash"]).executeTakeFirst();
    return walk.end(head ?? { position: 0, hash: Buffer.from(firstHash) });
  });
}

interface Row {
  readonly position: number;
  readonly event: string;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

interface Link {
  readonly position: number;
  readonly hash: Buffer;
}

function createWalk(anchors: readonly AuditAnchor[]) {
  const anchored = new Map(anchors.map(({ position, hash }) => [position, hash]));
  const faults: AuditFault[] = [];
  const wrong = new Set<number>();
  let events = 0;
  let before: Link = { position: -1, hash: Buffer.alloc(0) };
  let last: Link = { position: 0, hash: Buffer.from(firstHash) };

  const blame = (fault: AuditFault): void => {
    if (wrong.has(fault.position)) return;
    wrong.add(fault.position);
    if (faults.length < mostFaults) faults.push(fault);
  };
  const blameGap = (from: number, to: number): void =>
    blame({ kind: "removed", position: from, ...(to > from ? { lastPosition: to } : {}) });

  function step(row: Row): void {
    events += 1;
    const position = numberIn(row.event) ?? row.position;
    const isItself = eventHash(row.previous_hash, row.event).equals(row.hash) && numberIn(row.event) !== undefined;
    if (!isItself) blame({ kind: "changed", position });
    else if (position === before.position + 1 && row.previous_hash.equals(before.hash) && position === last.position) {
      // Two rows claim one number; the one that the chain went on from is told by the next.
      blame({ kind: "inserted", position });
      last = { position, hash: row.hash };
      return;
    } else if (position > last.position + 1) blameGap(last.position + 1, position - 1);
    else if (position <= last.position) blame({ kind: "inserted", position: row.position });
    else if (!row.previous_hash.equals(last.hash)) blame({ kind: "changed", position: last.position });
    const anchor = anchored.get(position);
    if (anchor !== undefined && anchor !== row.hash.toString("hex")) blame({ kind: "changed", position });
    before = last;
    last = { position: Math.max(position, last.position), hash: row.hash };
  }

  function end(head: Link): AuditVerdict {
    const known = Math.max(head.position, ...anchored.keys());
    if (known > last.position) blameGap(last.position + 1, known);
    else if (head.position < last.position) blame({ kind: "inserted", position: head.position + 1 });
    else if (!head.hash.equals(last.hash)) blame({ kind: "changed", position: last.position });
    const isWhole = faults.length === 0;
    return { isWhole, events, head: { position: head.position, hash: head.hash.toString("hex") }, faults };
  }

  return { step, end };
}

/** The number that an event's text holds. */
function numberIn(event: string): number | undefined {
  try {
    const parsed: unknown = JSON.parse(event);
    if (typeof parsed !== "object" || parsed === null || !("position" in parsed)) return undefined;
    return typeof parsed.position === "number" ? parsed.position : undefined;
  } catch {
    return undefined;
  }
}
