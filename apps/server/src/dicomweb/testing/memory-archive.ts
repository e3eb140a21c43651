import { Readable } from "node:stream";
import { EtalonError, sha256Hex } from "@etalon/base";
import {
  bytesSource,
  type DataSet,
  hashObject,
  readInstanceHeader,
  readPart10,
  textOf,
  toDicomJson,
} from "@etalon/dicom";
import type { Archive, InstanceSelector, StoredInstance, StoreOutcome } from "../../archive/archive.ts";

interface Held extends StoredInstance {
  readonly bytes: Uint8Array;
  readonly dataSet: DataSet;
}

/** What a test makes the archive do. */
export interface MemoryArchive extends Archive {
  /** Every later store is refused with this code. */
  refuseWith(errorCode: string | undefined): void;
  /** SOP Instance UIDs that cannot be removed yet. */
  readonly retained: Set<string>;
  /** The most bytes of one object that came in one piece. */
  readonly largestPiece: () => number;
}

/**
 * An archive in memory, for tests of what stands on one: no database, no disk. It knows one site, and no queries.
 *
 * Pixels and values over 64 KiB are left in the file.
 */
export function createMemoryArchive(): MemoryArchive {
  const held: Held[] = [];
  const retained = new Set<string>();
  let refusal: string | undefined;
  let largest = 0;
  const matching = (selector: InstanceSelector): readonly Held[] => held.filter((one) => matches(one, selector));
  const bytesOf = (instance: StoredInstance): Held => {
    const found = held.find(({ dataSetSha256 }) => dataSetSha256 === instance.dataSetSha256);
    if (found === undefined) throw new EtalonError("blob-missing", { field: instance.fileSha256 });
    return found;
  };
  return {
    retained,
    refuseWith: (errorCode) => {
      refusal = errorCode;
    },
    largestPiece: () => largest,
    store: async (_scope, incoming) => {
      if (incoming.form !== "part10") throw new Error("only files");
      const pieces: Uint8Array[] = [];
      for await (const piece of incoming.bytes) {
        largest = Math.max(largest, piece.length);
        pieces.push(new Uint8Array(piece));
      }
      if (refusal !== undefined) return refused(refusal, "refused by the test", 0xa700);
      return keep(held, new Uint8Array(Buffer.concat(pieces)), incoming.expectedStudyInstanceUid);
    },
    search: () => Promise.reject(new Error("no queries here")),
    patients: () => {
      throw new Error("no queries here");
    },
    versions: () => Promise.reject(new Error("no versions here")),
    instances: async (_scope, selector) => matching(selector),
    metadata: async (_scope, selector) => matching(selector).map(({ dataSet }) => dataSet),
    metadataTexts: async function* (_scope, selector) {
      for (const one of matching(selector)) yield { ...one, json: JSON.stringify(toDicomJson(one.dataSet)) };
    },
    open: async (_scope, instance, range) => {
      const { bytes } = bytesOf(instance);
      const part = range === undefined ? bytes : bytes.subarray(range.offset, range.offset + range.length);
      return Readable.from([Buffer.from(part)]);
    },
    frame: async (_scope, instance, frameNumber) => storedFrame(bytesOf(instance), frameNumber),
    remove: async (_scope, selector) => {
      const removed = matching(selector);
      const kept = removed.find(({ sopInstanceUid }) => retained.has(sopInstanceUid));
      if (kept !== undefined) {
        throw new EtalonError("retained", { field: kept.sopInstanceUid, received: "until 2046" });
      }
      for (const one of removed) held.splice(held.indexOf(one), 1);
      return removed.length;
    },
  };
}

function matches(one: Held, selector: InstanceSelector): boolean {
  return (
    one.studyInstanceUid === selector.studyInstanceUid &&
    (selector.seriesInstanceUid === undefined || one.seriesInstanceUid === selector.seriesInstanceUid) &&
    (selector.sopInstanceUid === undefined || one.sopInstanceUid === selector.sopInstanceUid) &&
    (selector.dataSetSha256 === undefined ? one.isCurrent : one.dataSetSha256 === selector.dataSetSha256)
  );
}

function refused(errorCode: string, message: string, failureReason: number): StoreOutcome {
  return { kind: "refused", errorCode, message, failureReason };
}

async function keep(held: Held[], bytes: Uint8Array, expectedStudy: string | undefined): Promise<StoreOutcome> {
  const source = bytesSource("received", bytes);
  try {
    const part10 = await readPart10(source, { until: "pixel-data" });
    const header = readInstanceHeader(part10, "received");
    const { dataSetSha256 } = await hashObject(source, part10.dataSetOffset);
    const { sopInstanceUid, sopClassUid, studyInstanceUid, seriesInstanceUid } = header;
    const uids = { sopInstanceUid, sopClassUid, studyInstanceUid, seriesInstanceUid };
    if (expectedStudy !== undefined && studyInstanceUid !== expectedStudy) {
      return { ...refused("uid-mismatch", "of another study", 0xa900), sopInstanceUid, sopClassUid };
    }
    const before = held.filter((one) => one.sopInstanceUid === sopInstanceUid);
    if (before.some((one) => one.dataSetSha256 === dataSetSha256)) {
      return { kind: "identical", ...uids, dataSetSha256 };
    }
    for (const one of before) held[held.indexOf(one)] = { ...one, isCurrent: false };
    held.push({
      ...uids,
      transferSyntaxUid: part10.transferSyntaxUid,
      fileSha256: sha256Hex(bytes),
      dataSetSha256,
      sizeBytes: bytes.length,
      dataSetOffset: part10.dataSetOffset,
      numberOfFrames: header.numberOfFrames,
      version: before.length + 1,
      isCurrent: true,
      bytes,
      dataSet: part10.dataSet,
    });
    return { kind: before.length === 0 ? "stored" : "new-version", ...uids, dataSetSha256 };
  } catch (thrown) {
    if (!(thrown instanceof EtalonError)) throw thrown;
    return refused(thrown.code, thrown.message, 0xc000);
  }
}

/** A frame of native pixels, or the fragment of its number: enough for objects of one fragment a frame. */
function storedFrame({ dataSet, bytes, numberOfFrames }: Held, frameNumber: number): Uint8Array {
  const pixels = dataSet["7FE00010"]?.bulk;
  if (pixels === undefined) throw new EtalonError("no-pixel-data", { field: "PixelData", details: { file: "held" } });
  if (pixels.length >= 0) {
    const count = (tag: string): number => Number(textOf(dataSet, tag) ?? 1);
    const length = Math.ceil((count("00280010") * count("00280011") * count("00280002") * count("00280100")) / 8);
    const start = pixels.offset + (frameNumber - 1) * length;
    return bytes.subarray(start, start + length);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fragments: Uint8Array[] = [];
  for (let at = pixels.offset; view.getUint32(at, true) === 0xe000fffe; at += 8 + view.getUint32(at + 4, true)) {
    fragments.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at + 4, true)));
  }
  const [, ...frames] = fragments;
  return numberOfFrames === 1 ? Buffer.concat(frames) : (frames[frameNumber - 1] ?? new Uint8Array(0));
}
