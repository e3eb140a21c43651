import type { BlobStore } from "../store/blob-store.ts";
import { incomplete, type ListedBlob } from "./backup-files.ts";

/** What was copied, and what was there already. */
export interface CopiedBlobs {
  readonly copied: number;
  readonly copiedBytes: number;
  readonly present: number;
}

/** Blobs on their way at once. */
const parallel = 8;

/**
 * Brings blobs from one store to another: those it has are passed over, each that comes is hashed as it is written.
 *
 * @throws {EtalonError} `blob-missing` and `store-failed` as the stores do; `backup-incomplete` for a blob that is not its name
 */
export async function copyBlobs(
  blobs: AsyncIterable<ListedBlob>,
  { from, to }: { readonly from: BlobStore; readonly to: BlobStore },
): Promise<CopiedBlobs> {
  const counted = { copied: 0, copiedBytes: 0, present: 0 };
  const iterator = blobs[Symbol.asyncIterator]();
  const copySome = async (): Promise<void> => {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      const { sha256, sizeBytes } = next.value;
      if ((await to.sizeOf(sha256)) === sizeBytes) {
        counted.present += 1;
        continue;
      }
      const written = await to.put(await from.open(sha256));
      if (written.sha256 !== sha256) {
        await to.remove(written.sha256);
        throw incomplete(sha256, `sha256 ${written.sha256}`);
      }
      if (written.sizeBytes !== sizeBytes) throw incomplete(sha256, `${written.sizeBytes} / ${sizeBytes}`);
      counted.copied += 1;
      counted.copiedBytes += sizeBytes;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: parallel }, copySome));
  for (const each of ended) if (each.status === "rejected") throw each.reason;
  return counted;
}
