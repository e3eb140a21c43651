import { buildNifti } from "./build-nifti.ts";

/** Images that a map is fitted to, as NIfTI files with their side files. */
export interface WeightedFiles {
  /** Columns, rows and slices. */
  readonly size: readonly [number, number, number];
  /** What each image's side file says, in BIDS' units. */
  readonly sideFiles: readonly Readonly<Record<string, unknown>>[];
  /** Signal of a voxel in an image. */
  readonly signal: (image: number, voxel: number) => number;
  /** Rows of the affine to RAS+ mm; none when absent. */
  readonly sform?: readonly (readonly number[])[];
}

/** A file "n.nii" and a file "n.json" for each image, n from 0. */
export function buildWeightedFiles({
  size,
  sideFiles,
  signal,
  sform,
}: WeightedFiles): { name: string; bytes: Uint8Array }[] {
  const voxels = size[0] * size[1] * size[2];
  return sideFiles.flatMap((fields, image) => [
    {
      name: `${image}.nii`,
      bytes: buildNifti({
        ...{ size, pixdimMm: [2, 2, 8], datatype: 16 },
        ...(sform === undefined ? {} : { sform }),
        values: Float32Array.from({ length: voxels }, (_, voxel) => signal(image, voxel)),
      }),
    },
    { name: `${image}.json`, bytes: new TextEncoder().encode(JSON.stringify({ Modality: "MR", ...fields })) },
  ]);
}
