import type { Readable } from "node:stream";
import { DicomError, EtalonError, InputError } from "@etalon/base";
import { framePlaces, type Part10, readBulk, readInstanceHeader, readPart10 } from "@etalon/dicom";
import { sql } from "kysely";
import type { AccessScope } from "./access-scope.ts";
import type { StoredInstance } from "./archive.ts";
import type { ArchivePlace } from "./archive-place.ts";
import { type FoundFrames, type FrameColumns, selectInstances } from "./find-instances.ts";
import { decodeFrameEntry, type FrameEntry, frameEntryBytes, joinItems } from "./ingest/frame-table.ts";
import { storedSource } from "./ingest/stored-source.ts";
import { shiftedBits } from "./shifted-bits.ts";

const bigEndian = "1.2.840.10008.1.2.2";

/** Transfer syntaxes whose frames follow each other without a gap: implicit, explicit, big endian, deflated. */
const nativeSyntaxes: ReadonlySet<string> = new Set([
  "1.2.840.10008.1.2",
  "1.2.840.10008.1.2.1",
  bigEndian,
  "1.2.840.10008.1.2.1.99",
]);

/** See `Archive.open`. @throws {EtalonError} `instance-not-found`, `blob-missing`, `store-failed` */
export async function openInstance(
  { database, store }: ArchivePlace,
  asked: { readonly scope: AccessScope; readonly instance: StoredInstance },
  range?: { readonly offset: number; readonly length: number },
): Promise<Readable> {
  const row = await selectInstances(database, asked.scope, asked.instance)
    .select("instance.file_sha256")
    .executeTakeFirst();
  if (row === undefined) throw notFound(asked.instance);
  return store.open(row.file_sha256.toString("hex"), range);
}

/** Whose frames are asked for, and what is known of them. */
interface AskedFrames {
  readonly scope: AccessScope;
  readonly instance: StoredInstance;
  readonly found?: FoundFrames;
}

/**
 * See `Archive.frame`. A frame of 1-bit pixels that starts within a byte of its file is shifted to start its own. Of big endian
 * pixels of 1 or 8 bits these are the 16-bit words that hold the frame: what of them is its own, who knows the VR can tell.
 *
 * @throws {EtalonError} `instance-not-found`, `out-of-range`, `blob-missing`, `store-failed`, and as `framePlaces` for
 *   pixels that have no frames
 */
export async function readFrame(
  { database, store }: ArchivePlace,
  asked: AskedFrames,
  frameNumber: number,
): Promise<Uint8Array> {
  const { instance } = asked;
  if (!Number.isInteger(frameNumber) || frameNumber < 1 || frameNumber > instance.numberOfFrames) {
    throw new InputError("out-of-range", "frame", frameNumber, `1..${instance.numberOfFrames}`);
  }
  const { sha256, sizeBytes, entry, size } = await frameRow(database, asked, frameNumber);
  const source = storedSource(store, { sha256, sizeBytes });
  if (entry.length < frameEntryBytes) throw await whyNoFrames(source);
  const place = decodeFrameEntry(entry);
  const bitsPerFrame = (size.rows ?? 0) * (size.columns ?? 0);
  if (instance.transferSyntaxUid === bigEndian && (size.bitsAllocated ?? 0) <= 8) {
    const before = (frameNumber - 1) * (size.bitsAllocated === 1 ? bitsPerFrame / 8 : place.length);
    return readEntry(source, instance, inWords(place, place.offset - Math.floor(before)));
  }
  const bytes = await readEntry(source, instance, place);
  const isPacked = size.bitsAllocated === 1 && nativeSyntaxes.has(instance.transferSyntaxUid);
  if (!isPacked || bitsPerFrame % 8 === 0) return bytes;
  return shiftedBits(bytes, ((frameNumber - 1) * bitsPerFrame) % 8, bitsPerFrame);
}

/** The whole 16-bit words that a frame's bytes lie in, counted from the first byte of the pixels. */
function inWords({ offset, length, isInItems }: FrameEntry, pixelsOffset: number): FrameEntry {
  const start = offset - ((offset - pixelsOffset) % 2);
  const end = offset + length;
  return { offset: start, length: end + ((end - pixelsOffset) % 2) - start, isInItems };
}

interface FrameRow {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly size: Pick<FrameColumns, "rows" | "columns" | "bitsAllocated">;
  /** Empty where the frame has no place. */
  readonly entry: Uint8Array;
}

/** Where a frame lies, from what the scope has just found, or else from the database. */
async function frameRow(
  database: ArchivePlace["database"],
  { scope, instance, found }: AskedFrames,
  frameNumber: number,
): Promise<FrameRow> {
  const at = (frameNumber - 1) * frameEntryBytes;
  const known = found?.get(instance);
  if (known !== undefined && known.siteId === scope.siteId) {
    const entry = known.frameOffsets.subarray(at, at + frameEntryBytes);
    return { sha256: instance.fileSha256, sizeBytes: instance.sizeBytes, size: known, entry };
  }
  const row = await selectInstances(database, scope, instance)
    .select([
      "instance.file_sha256",
      "instance.size_bytes",
      "instance.rows",
      "instance.columns",
      "instance.bits_allocated",
      sql<Buffer>`substring(instance.frame_offsets from ${at + 1}::integer for ${frameEntryBytes}::integer)`.as(
        "entry",
      ),
    ])
    .executeTakeFirst();
  if (row === undefined) throw notFound(instance);
  return {
    sha256: row.file_sha256.toString("hex"),
    sizeBytes: Number(row.size_bytes),
    size: { rows: row.rows, columns: row.columns, bitsAllocated: row.bits_allocated },
    entry: row.entry,
  };
}

function notFound({ sopInstanceUid }: StoredInstance): EtalonError {
  return new EtalonError("instance-not-found", { field: sopInstanceUid });
}

async function readEntry(
  source: ReturnType<typeof storedSource>,
  instance: StoredInstance,
  entry: FrameEntry,
): Promise<Uint8Array> {
  const { transferSyntaxUid, dataSetOffset } = instance;
  // Of a deflated file the places are those of its inflated data set.
  const part10: Part10 = { meta: {}, dataSet: {}, transferSyntaxUid, dataSetOffset };
  const bytes = await readBulk(source, part10, entry);
  return entry.isInItems ? joinItems(bytes) : bytes;
}

/** The reason that ingest met, when it looked for frames and found none. */
async function whyNoFrames(source: ReturnType<typeof storedSource>): Promise<EtalonError> {
  try {
    const part10 = await readPart10(source, { until: "pixel-data" });
    await framePlaces(source, part10, readInstanceHeader(part10, source.name));
  } catch (thrown) {
    if (thrown instanceof EtalonError) return thrown;
    throw thrown;
  }
  return new DicomError("no-pixel-data", { file: source.name, field: "(7FE0,0010)" });
}
