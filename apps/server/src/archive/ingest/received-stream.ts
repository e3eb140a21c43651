import { createHash } from "node:crypto";
import { EtalonError } from "@etalon/base";
import { bytesSource, fileMetaBytes, readFileMeta, textOf } from "@etalon/dicom";
import type { Incoming } from "../archive.ts";

/** Bytes of the start that stay in memory: the header of nearly every object. */
const headBytes = 128 * 1024;
const deflatedUid = "1.2.840.10008.1.2.1.99";
/** Group 0002 may hold private information; beyond this length it is refused. */
const longestMetaBytes = 1024 * 1024;

/** What was seen of an object while it passed. */
export interface Passed {
  /** The first bytes of the file. */
  readonly head: Uint8Array;
  readonly dataSetSha256: string;
  /** Whether group 0002 or the sender says that the data set is deflated. */
  readonly isDeflated: boolean;
}

/** An object on its way to the store. */
export interface ReceivedStream {
  /** The file: what came, with group 0002 put before a bare data set. To be read once. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Once `bytes` has ended. */
  readonly passed: () => Passed;
  /** Reads to the sender's end what nobody has read, so that the next object on the connection can be. */
  readonly drain: () => Promise<void>;
  /** What the sender's stream threw, where it broke off. */
  readonly failure: () => { readonly thrown: unknown } | undefined;
}

/** Follows an object while it is stored: its data set is hashed and its first bytes are kept. */
export function receiveStream(incoming: Incoming): ReceivedStream {
  const iterator = incoming.bytes[Symbol.asyncIterator]();
  const hash = createHash("sha256");
  let head: Uint8Array = new Uint8Array(0);
  let transferSyntaxUid = incoming.form === "data-set" ? incoming.transferSyntaxUid : undefined;
  let isEnded = false;
  let failure: { readonly thrown: unknown } | undefined;

  async function nextPiece(): Promise<Uint8Array | undefined> {
    try {
      const next = await iterator.next();
      if (next.done !== true) return next.value;
    } catch (thrown) {
      failure = { thrown };
      isEnded = true;
      throw thrown;
    }
    isEnded = true;
    return undefined;
  }

  /** The start of the file, at least `length` bytes of it where it has them. */
  async function gather(first: readonly Uint8Array[], length: number): Promise<Uint8Array> {
    const pieces = [...first];
    let gathered = pieces.reduce((sum, piece) => sum + piece.length, 0);
    while (gathered < length && !isEnded) {
      const piece = await nextPiece();
      if (piece === undefined) break;
      pieces.push(piece);
      gathered += piece.length;
    }
    return Buffer.concat(pieces);
  }

  /** The start of a file up to the end of group 0002 at least, and where the data set starts. */
  async function gatherMeta(): Promise<{ readonly start: Uint8Array; readonly dataSetOffset: number }> {
    let start = await gather([], headBytes);
    for (;;) {
      try {
        const { meta, dataSetOffset } = await readFileMeta(bytesSource(objectName, start));
        transferSyntaxUid = textOf(meta, "00020010");
        return { start, dataSetOffset };
      } catch (thrown) {
        const isCut = thrown instanceof EtalonError && thrown.code === "dicom-truncated";
        if (!isCut || isEnded || start.length >= longestMetaBytes) throw thrown;
        start = await gather([start], start.length * 2);
      }
    }
  }

  async function* pass(): AsyncGenerator<Uint8Array> {
    const { start, dataSetOffset } =
      incoming.form === "part10" ? await gatherMeta() : { start: await gather([], headBytes), dataSetOffset: 0 };
    const meta = incoming.form === "part10" ? new Uint8Array(0) : fileMetaBytes(incoming);
    const first = meta.length === 0 ? start : Buffer.concat([meta, start]);
    head = first.length > 2 * headBytes ? first.slice(0, headBytes) : first;
    hash.update(start.subarray(dataSetOffset));
    if (first.length > 0) yield first;
    while (!isEnded) {
      const piece = await nextPiece();
      if (piece === undefined) break;
      hash.update(piece);
      yield piece;
    }
  }

  return {
    bytes: pass(),
    passed: () => ({ head, dataSetSha256: hash.digest("hex"), isDeflated: transferSyntaxUid === deflatedUid }),
    drain: async () => {
      while (!isEnded) await nextPiece();
    },
    failure: () => failure,
  };
}

/** How errors name an object that has no path. */
export const objectName = "the object";
