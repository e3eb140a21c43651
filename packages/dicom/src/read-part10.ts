import { DicomError } from "@etalon/base";
import type { ByteSource } from "./byte-source.ts";
import { type ByteWindow, byteWindow, WindowExhausted } from "./byte-window.ts";
import type { DataSet } from "./data-set.ts";
import { type Encoding, hasKnownVrAt } from "./element-header.ts";
import { inflatedSource } from "./inflated-source.ts";
import type { Part10 } from "./part10.ts";
import { parseTopLevel, type TopLevelState, topLevelState } from "./top-level.ts";
import {
  deflatedUid,
  encodingOf,
  explicitLittleEndianUid,
  guessedTransferSyntax,
  implicitLittleEndianUid,
} from "./transfer-syntax.ts";

/** How far to read. */
export interface ReadOptions {
  /** `pixel-data` stops there and leaves values over 64 KiB in the file; `end` reads all values but the pixel data. */
  readonly until: "pixel-data" | "end";
  /** Binary values (OB, OD, OF, OL, OV, OW, UN) longer than this stay in the file, also those in items; none where absent. */
  readonly leaveBinaryOverBytes?: number;
}

const windowLength = 64 * 1024;
const preambleLength = 128;
const explicitLittleEndian: Encoding = { isExplicit: true, isLittleEndian: true };

/**
 * Reads a DICOM file piece by piece: with or without preamble, group length or group 0002. Pixel data stays in the file.
 *
 * @throws DicomError `not-dicom`, `dicom-truncated`, `dicom-malformed`, `dicom-too-deep`, `dicom-too-large` (as a deflated
 *   data set that inflates beyond the limit), `dicom-too-many`
 */
export async function readPart10(source: ByteSource, options: ReadOptions): Promise<Part10> {
  const read = await readMeta(source);
  const { meta, dataSetOffset } = read;
  let { window } = read;
  const said = meta["00020010"]?.Value?.[0];
  const isDeflated = said === deflatedUid;
  const stream = isDeflated ? inflatedSource(source, dataSetOffset) : source;
  const position = isDeflated ? 0 : dataSetOffset;
  if (isDeflated || position + 8 > window.base + window.bytes.length)
    window = await load(stream, position, windowLength);
  const first = window.bytes.subarray(position - window.base, position - window.base + 8);
  const { transferSyntaxUid, encoding } = agreedEncoding(said, first);
  const state = topLevelState(encoding, {
    position,
    onlyGroup: undefined,
    isHeaderOnly: options.until === "pixel-data",
    leaveBinaryOverBytes: options.leaveBinaryOverBytes ?? Number.POSITIVE_INFINITY,
  });
  await parseRun(stream, window, state);
  return {
    meta,
    dataSet: state.dataSet,
    transferSyntaxUid,
    dataSetOffset,
    ...(state.isTruncated ? { isTruncated: true } : {}),
  };
}

/**
 * Reads group 0002 alone: what must be known of a stream whose end has not come yet.
 *
 * @param source as much of the file as there is, its first 132 bytes at least
 * @throws DicomError `not-dicom`, `dicom-malformed`, `dicom-truncated` (the source ends before the group does)
 */
export async function readFileMeta(source: ByteSource): Promise<Pick<Part10, "meta" | "dataSetOffset">> {
  const { meta, dataSetOffset } = await readMeta(source);
  return { meta, dataSetOffset };
}

/** Group 0002, and the window that was read last. */
async function readMeta(
  source: ByteSource,
): Promise<{ readonly meta: DataSet; readonly dataSetOffset: number; readonly window: ByteWindow }> {
  const head = await source.read(0, windowLength);
  const start = startOfElements(source, head);
  const window = byteWindow(source.name, head, { base: 0, streamEnd: source.size });
  const encoding: Encoding = { ...explicitLittleEndian, isExplicit: hasKnownVrAt(head, start + 4) };
  const state = topLevelState(encoding, {
    position: start,
    onlyGroup: 0x0002,
    isHeaderOnly: false,
    leaveBinaryOverBytes: Number.POSITIVE_INFINITY,
  });
  const hasMeta = head[start] === 2 && head[start + 1] === 0;
  const last = hasMeta ? await parseRun(source, window, state) : window;
  return { meta: state.dataSet, dataSetOffset: state.position, window: last };
}

/** Where the first element stands: after the preamble and "DICM", or at once. */
function startOfElements(source: ByteSource, head: Uint8Array): number {
  const hasPrefix = (at: number): boolean =>
    head[at] === 0x44 && head[at + 1] === 0x49 && head[at + 2] === 0x43 && head[at + 3] === 0x4d;
  if (hasPrefix(preambleLength)) return preambleLength + 4;
  const group = head[0] === 0 ? head[1] : head[0];
  const startsLikeDataSet = head.length >= 8 && head[0] * head[1] === 0 && (group === 2 || group === 8);
  if (startsLikeDataSet) return 0;
  throw new DicomError("not-dicom", { file: source.name, field: source.name });
}

/**
 * The encoding of the data set. What stands in the first element wins over a transfer syntax that says otherwise, as
 * long as both agree on the byte order.
 */
function agreedEncoding(said: unknown, first: Uint8Array): { transferSyntaxUid: string; encoding: Encoding } {
  const guessed = guessedTransferSyntax(first);
  if (typeof said !== "string") return { transferSyntaxUid: guessed, encoding: encodingOf(guessed) };
  const encoding = encodingOf(said);
  const isExplicit = first.length < 8 ? encoding.isExplicit : guessed !== implicitLittleEndianUid;
  const transferSyntaxUid = isExplicit && !encoding.isExplicit ? explicitLittleEndianUid : said;
  return { transferSyntaxUid, encoding: { ...encoding, isExplicit } };
}

/** Parses one run of elements, loading window after window; returns the last one. */
async function parseRun(source: ByteSource, first: ByteWindow, state: TopLevelState): Promise<ByteWindow> {
  let window = first;
  for (;;) {
    try {
      parseTopLevel(window, state);
      return window;
    } catch (thrown) {
      if (!(thrown instanceof WindowExhausted)) throw thrown;
      const hasProgress = state.position > window.base;
      const length = Math.max(
        windowLength,
        thrown.neededEnd - state.position,
        hasProgress ? 0 : window.bytes.length * 2,
      );
      window = await load(source, state.position, length);
    }
  }
}

async function load(source: ByteSource, position: number, length: number): Promise<ByteWindow> {
  const wanted = Math.min(length, Math.max(0, source.size - position));
  const bytes = await source.read(position, wanted);
  // A read that comes back short tells an end that the size did not.
  const streamEnd = bytes.length < wanted ? Math.min(source.size, position + bytes.length) : source.size;
  return byteWindow(source.name, bytes, { base: position, streamEnd });
}
