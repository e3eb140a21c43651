import { EtalonError } from "@etalon/base";
import type { BlobStore } from "./blob-store.ts";

/** How much a store may hold. */
export interface RoomLimits {
  /** Bytes of all blobs together; no bound where absent. */
  readonly quotaBytes: number | undefined;
  /** Bytes that stay free on the disk, for the database and whatever else lies there. */
  readonly reserveBytes: number;
}

/** What the limits are looked up by. */
export interface RoomSources {
  /** Bytes of all blobs, as the index knows them. */
  readonly usedBytes: () => Promise<number>;
  /** Milliseconds of a clock that only goes on. */
  readonly now?: () => number;
}

/** Between two looks while one blob comes in. */
const stepBytes = 16 * 1024 ** 2;

/** How long a sum over the index counts: what this program adds meanwhile is added to it, what others do is seen at the next. */
const usedForMs = 60_000;

/** A sum that says that there is no room may be of before a deletion, and counts for less. */
const fullForMs = 5_000;

/**
 * The same store, which takes no more once its limits are reached: before a blob comes in, and while one does. Other programs on
 * the same store may add a little beyond them.
 *
 * @returns a store whose `put` also throws EtalonError `store-full`, naming the setting
 */
export function withRoomLimits(store: BlobStore, limits: RoomLimits, sources: RoomSources): BlobStore {
  const { quotaBytes, reserveBytes } = limits;
  const { usedBytes, now = () => performance.now() } = sources;
  let summed = { at: Number.NEGATIVE_INFINITY, bytes: 0 };
  let added = 0;

  async function used(forMs: number): Promise<number> {
    if (now() - summed.at >= forMs) {
      // What comes in from here on is not in the sum.
      added = 0;
      summed = { at: now(), bytes: summed.bytes };
      summed = { at: summed.at, bytes: await usedBytes() };
    }
    return summed.bytes + added;
  }

  async function refuseFull(): Promise<void> {
    if (quotaBytes !== undefined && (await used(usedForMs)) >= quotaBytes && (await used(fullForMs)) >= quotaBytes)
      throw new EtalonError("store-full", { field: "the object", received: "ETALON_STORE_QUOTA" });
    if (reserveBytes === 0) return;
    const free = await store.freeBytes();
    if (free !== undefined && free < reserveBytes)
      throw new EtalonError("store-full", { field: "the object", received: "ETALON_STORE_RESERVE" });
  }

  async function* counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    let sinceLook = 0;
    for await (const piece of bytes) {
      added += piece.length;
      sinceLook += piece.length;
      if (sinceLook >= stepBytes) {
        sinceLook = 0;
        await refuseFull();
      }
      yield piece;
    }
  }

  return {
    ...store,
    put: async (bytes) => {
      await refuseFull();
      return store.put(counted(bytes));
    },
  };
}
