import { DicomError } from "@etalon/base";
import { type ByteSource, createCodecSet, decodeFrame, type FramePixels, type Part10, readPart10 } from "@etalon/dicom";
import type { StackFrame } from "./ledger.ts";
import { createNiftiFrames } from "./nifti-frames.ts";

/** Decodes the stored samples of a frame of a stack. */
export type FrameReader = (frame: StackFrame) => Promise<FramePixels>;

/**
 * A reader over sources by path. The header of the file read last is kept, so that the frames of a multi-frame object do
 * not parse it again.
 */
export function createFrameReader(openers: ReadonlyMap<string, () => Promise<ByteSource>>): FrameReader {
  const codecs = createCodecSet();
  let last: { readonly path: string; readonly source: ByteSource; readonly part10: Part10 } | undefined;
  const niftiFrames = createNiftiFrames();
  return async ({ instance, header }) => {
    if (instance.kind === "nifti") return niftiFrames(instance.path, openers.get(instance.path), header.frameIndex);
    if (last?.path !== instance.path) {
      const open = openers.get(instance.path);
      if (open === undefined) throw new DicomError("not-dicom", { file: instance.path, field: "path" });
      const source = await open();
      last = { path: instance.path, source, part10: await readPart10(source, { until: "pixel-data" }) };
    }
    return decodeFrame(last.source, last.part10, { header: instance.header, frameIndex: header.frameIndex, codecs });
  };
}
