import type { AccessScope } from "../archive/access-scope.ts";
import type { Audit } from "./audit.ts";
import { eventOf } from "./event-of.ts";

/** How long a read stands for those after it. */
const sameReadMs = 60_000;

/** Reads that are remembered at once; the oldest are forgotten, which only writes an event more. */
const mostNotes = 10_000;

/** What notes of reads are made with. */
export interface ReadNoteParts {
  readonly audit: Audit;
  readonly clock: () => Date;
  readonly idOf: (scope: AccessScope, studyInstanceUid: string) => Promise<number | undefined>;
}

/** Writes reads down: one event for the many requests that one look at a study is made of. */
export interface ReadNotes {
  /** Settles when the read is in the log, by this event or by one of the last minute. */
  read(scope: AccessScope, studyInstanceUid: string): Promise<void>;
}

interface Note {
  readonly atMs: number;
  readonly written: Promise<void>;
}

/** Notes of reads, kept in memory. */
export function createReadNotes({ audit, clock, idOf }: ReadNoteParts): ReadNotes {
  const notes = new Map<string, Note>();

  async function write(scope: AccessScope, studyInstanceUid: string): Promise<void> {
    const id = await idOf(scope, studyInstanceUid);
    const object = { kind: "study" as const, ...(id === undefined ? {} : { id: String(id) }) };
    await audit.record(eventOf(scope, { action: "read", outcome: id === undefined ? "failed" : "success", object }));
  }

  return {
    read: async (scope, studyInstanceUid) => {
      const { siteId, actor, purpose, addressClass } = scope;
      const key = JSON.stringify([siteId, actor, purpose, addressClass, studyInstanceUid]);
      const nowMs = clock().getTime();
      const known = notes.get(key);
      if (known !== undefined && nowMs - known.atMs < sameReadMs) return known.written;
      const note = { atMs: nowMs, written: write(scope, studyInstanceUid) };
      notes.delete(key);
      notes.set(key, note);
      const [oldest] = notes.keys();
      if (notes.size > mostNotes && oldest !== undefined) notes.delete(oldest);
      try {
        await note.written;
      } catch (thrown) {
        notes.delete(key);
        throw thrown;
      }
    },
  };
}
