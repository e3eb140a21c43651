import { DicomError } from "@etalon/base";
import type { ByteSource, FramePixels } from "@etalon/dicom";
import { type NiftiFile, niftiSlice, readNifti } from "@etalon/inputs";

/** Reads one slice of a NIfTI file, slices counted through its volumes. */
export type NiftiFrames = (
  path: string,
  open: (() => Promise<ByteSource>) | undefined,
  frameIndex: number,
) => Promise<FramePixels>;

/** A reader of slices of NIfTI files that keeps the file read last, decompressed. */
export function createNiftiFrames(): NiftiFrames {
  let last: { readonly path: string; readonly file: NiftiFile } | undefined;
  return async (path, open, frameIndex) => {
    if (last?.path !== path) {
      if (open === undefined) throw new DicomError("not-dicom", { file: path, field: "path" });
      const source = await open();
      last = { path, file: readNifti(await source.read(0, source.size), path) };
    }
    const { header, bytes } = last.file;
    return {
      rows: header.rows,
      columns: header.columns,
      samplesPerPixel: 1,
      samples: niftiSlice(bytes, header, frameIndex),
      photometricInterpretation: "MONOCHROME2",
      isLossy: false,
    };
  };
}
