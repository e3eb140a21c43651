import { type ByteSource, bytesSource, type DataSet, type InstanceHeader, type Part10 } from "@etalon/dicom";
import type { DecodeTask } from "./decode-task.ts";

/** A frame as the decoder reads it: an object of its own with this one frame. */
export interface StoredFrame {
  readonly source: ByteSource;
  readonly part10: Part10;
  readonly header: InstanceHeader;
}

const explicitLittleEndian = "1.2.840.10008.1.2.1";

/**
 * The bytes of one frame as they came from `…/frames/<n>`, as an object with that frame alone.
 *
 * @param contentType of the answer; its transfer-syntax says how the bytes are coded (PS3.18 section 8.7.3.5)
 */
export function storedFrame(
  { id, picture }: Pick<DecodeTask, "id" | "picture">,
  bytes: Uint8Array,
  contentType: string,
): StoredFrame {
  const transferSyntaxUid = /transfer-syntax="?([\d.]+)/.exec(contentType)?.[1] ?? explicitLittleEndian;
  const isNative = transferSyntaxUid === explicitLittleEndian;
  const pixels: DataSet = {
    "7FE00010": isNative ? { vr: "OW", bytes } : { vr: "OB", bulk: { offset: 0, length: -1 } },
  };
  return {
    source: bytesSource(id, isNative ? new Uint8Array() : encapsulated(bytes)),
    part10: { meta: {}, dataSet: { ...picture.pixelModule, ...pixels }, transferSyntaxUid, dataSetOffset: 0 },
    header: {
      ...picture.header,
      transferSyntaxUid,
      numberOfFrames: 1,
      frames: [{ ...picture.frame, frameIndex: 0 }],
    },
  };
}

/** A codestream as the one fragment of encapsulated pixel data (PS3.5 annex A.4). */
function encapsulated(codestream: Uint8Array): Uint8Array {
  const length = codestream.length + (codestream.length % 2);
  const all = new Uint8Array(24 + length);
  const view = new DataView(all.buffer);
  const item = (at: number, element: number, itemLength: number): void => {
    view.setUint16(at, 0xfffe, true);
    view.setUint16(at + 2, element, true);
    view.setUint32(at + 4, itemLength, true);
  };
  item(0, 0xe000, 0);
  item(8, 0xe000, length);
  all.set(codestream, 16);
  item(16 + length, 0xe0dd, 0);
  return all;
}
