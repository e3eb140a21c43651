import { DicomError } from "@etalon/base";
import {
  type ByteSource,
  type DataSet,
  elementOf,
  framePlaces,
  numberOf,
  type Part10,
  readInstanceHeader,
  readPart10,
} from "@etalon/dicom";
import { encodeFrameTable } from "./frame-table.ts";
import { encodeMetadata } from "./instance-metadata.ts";
import { type ObjectIdentity, objectIdentity } from "./object-identity.ts";
import { objectName } from "./received-stream.ts";

/** What is kept of an object beside its bytes. */
export interface PreparedInstance {
  readonly identity: ObjectIdentity;
  readonly dataSet: DataSet;
  readonly transferSyntaxUid: string;
  readonly dataSetOffset: number;
  readonly numberOfFrames: number;
  /** DICOM JSON, gzip. */
  readonly metadata: Uint8Array;
  readonly frameTable: Uint8Array;
}

/** Binary values longer than this are bulk data: private blobs of scanners, tables, waveforms. */
const longestInlineBytes = 1024;

const pixelTags = ["7FE00010", "7FE00008", "7FE00009"] as const;

/**
 * Reads an object's header and finds its frames; no value beyond {@link longestInlineBytes} of binary data is read.
 *
 * @throws DicomError as `readPart10` and {@link objectIdentity}; `dicom-truncated` also where the pixel data ends early
 */
export async function prepareInstance(source: ByteSource): Promise<PreparedInstance> {
  const part10 = await readPart10(source, { until: "end", leaveBinaryOverBytes: longestInlineBytes });
  const identity = objectIdentity(part10.meta, part10.dataSet);
  if (part10.isTruncated === true) throw truncated(source);
  const { numberOfFrames, frameTable } = await findFrames(source, part10);
  return {
    identity,
    dataSet: part10.dataSet,
    transferSyntaxUid: part10.transferSyntaxUid,
    dataSetOffset: part10.dataSetOffset,
    numberOfFrames,
    metadata: await encodeMetadata(part10.dataSet),
    frameTable,
  };
}

function truncated(source: ByteSource): DicomError {
  const tag = "(7FE0,0010)";
  return new DicomError("dicom-truncated", { file: objectName, field: tag, details: { tag, offset: source.size } });
}

/**
 * The frames of an object. Pixels of a kind that cannot be told apart into frames are kept all the same, without a table:
 * who asks for such a frame is told why.
 */
async function findFrames(
  source: ByteSource,
  part10: Part10,
): Promise<{ readonly numberOfFrames: number; readonly frameTable: Uint8Array }> {
  try {
    const header = readInstanceHeader(part10, objectName);
    const places = await framePlaces(source, part10, header);
    return { numberOfFrames: places.length, frameTable: encodeFrameTable(places) };
  } catch (thrown) {
    if (!(thrown instanceof DicomError)) throw thrown;
    const hasPixels = pixelTags.some((tag) => elementOf(part10.dataSet, tag) !== undefined);
    const said = hasPixels ? (numberOf(part10.dataSet, "00280008") ?? 1) : 0;
    return { numberOfFrames: Math.min(Math.max(0, Math.trunc(said)), 2 ** 31 - 1), frameTable: new Uint8Array(0) };
  }
}
