import { expect, it } from "vitest";
import { niftiGeometry } from "./nifti-geometry.ts";
import { niftiSlice } from "./nifti-samples.ts";
import { readNifti } from "./read-nifti.ts";
import { writeNifti } from "./write-nifti.ts";

const image = {
  columns: 3,
  rows: 2,
  slices: 2,
  pixdimMm: [1.5, 2, 8],
  affine: [
    [-1.5, 0, 0, 10],
    [0, -2, 0, 20],
    [0, 0, 8, -30],
  ],
  values: Float32Array.from({ length: 12 }, (_, i) => i / 3),
  description: "T1 map [ms]",
} as const;

it("writes what it reads, affine and all, and equal images as equal bytes", () => {
  const bytes = writeNifti(image);
  const { header, bytes: plain } = readNifti(bytes, "x.nii.gz");
  expect(header).toMatchObject({ columns: 3, rows: 2, slices: 2, volumes: 1, affine: image.affine, slope: 1 });
  expect([...niftiSlice(plain, header, 1)]).toEqual([...image.values.subarray(6)]);
  expect(niftiGeometry(header, "affine", "x").originLpsMm).toEqual([-10, -20, -30]);
  expect(writeNifti(image)).toEqual(bytes);
});
