import { bytesSource, type DataSet, decodeFrame, type FramePixels, transferSyntaxes } from "@etalon/dicom";
import type { AskedInstance } from "../../archive/asked-instance.ts";
import { bigEndian, littleEndianFrame } from "./little-endian-frame.ts";
import type { WadoContext } from "./wado-context.ts";

const deflated = "1.2.840.10008.1.2.1.99";
const explicitLittleEndian = "1.2.840.10008.1.2.1";
const pixelTags = ["7FE00010", "7FE00008", "7FE00009"] as const;

/**
 * One frame (one-based) of a stored instance, decoded to its stored values. Only that frame's bytes are read: they stand
 * before the decoder as an object of one frame.
 *
 * @throws EtalonError as `Archive.frame`; DicomError as `decodeFrame`
 */
export async function decodeStoredFrame(
  context: WadoContext,
  { scope, instance }: AskedInstance,
  frameNumber: number,
): Promise<FramePixels> {
  const { archive, images, pictures } = context;
  const { dataSet, header } = await images.imageOf({ scope, instance });
  const { transferSyntaxUid } = instance;
  const isEncapsulated = transferSyntaxes[transferSyntaxUid]?.decoder !== undefined;
  const tag = pixelTags.find((candidate) => dataSet[candidate] !== undefined) ?? pixelTags[0];
  const isBigEndian = transferSyntaxUid === bigEndian;
  const bytes = isBigEndian
    ? await littleEndianFrame(context, { scope, instance }, frameNumber)
    : await archive.frame(scope, instance, frameNumber);
  const file = isEncapsulated ? asItems(bytes) : bytes;
  const [frame] = header.frames.slice(frameNumber - 1, frameNumber);
  const part10 = {
    meta: {},
    dataSet: {
      ...withoutPixels(dataSet),
      [tag]: { vr: dataSet[tag]?.vr ?? "OW", bulk: { offset: 0, length: isEncapsulated ? -1 : bytes.length } },
    },
    // Frames of a deflated file come inflated.
    transferSyntaxUid: isBigEndian || transferSyntaxUid === deflated ? explicitLittleEndian : transferSyntaxUid,
    dataSetOffset: 0,
  };
  const oneFrame = { ...header, numberOfFrames: 1, frames: frame === undefined ? [] : [{ ...frame, frameIndex: 0 }] };
  return decodeFrame(bytesSource(instance.sopInstanceUid, file), part10, {
    header: oneFrame,
    frameIndex: 0,
    codecs: pictures.codecs,
  });
}

/** Without pixels and the offsets of their frames. */
function withoutPixels(dataSet: DataSet): DataSet {
  return Object.fromEntries(Object.entries(dataSet).filter(([tag]) => !tag.startsWith("7FE0")));
}

/** A frame as encapsulated pixel data (PS3.5 section A.4): an empty offset table and one fragment. */
function asItems(frame: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(frame.length + 16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xe000fffe, true);
  view.setUint32(8, 0xe000fffe, true);
  view.setUint32(12, frame.length, true);
  bytes.set(frame, 16);
  return bytes;
}
