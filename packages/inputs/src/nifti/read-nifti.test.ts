import { buildNifti } from "@etalon/testing";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { niftiGeometry } from "./nifti-geometry.ts";
import { niftiSlice } from "./nifti-samples.ts";
import { readNifti } from "./read-nifti.ts";

const values = Array.from({ length: 12 }, (_, index) => index - 3);
const small = { size: [2, 3, 2], pixdimMm: [1.5, 2, 8], values } as const;

describe("a NIfTI-1 file", () => {
  it.each([4, 8, 16, 64])(
    "gives its voxels of type %i, i fastest, in either byte order, compressed or not",
    (datatype) => {
      for (const isLittleEndian of [true, false]) {
        const bytes = buildNifti({ ...small, datatype, isLittleEndian });
        for (const file of [bytes, gzipSync(bytes)]) {
          const { header, bytes: plain } = readNifti(file, "x.nii");
          expect([...niftiSlice(plain, header, 1)]).toEqual(values.slice(6));
          expect(header).toMatchObject({ columns: 2, rows: 3, slices: 2, volumes: 1, slope: 1, intercept: 0 });
        }
      }
    },
  );

  it("says its scale, and none where the slope is 0 (nifti1.h)", () => {
    const scaled = readNifti(buildNifti({ ...small, slope: 2.5, intercept: -1 }), "x").header;
    expect([scaled.slope, scaled.intercept]).toEqual([2.5, -1]);
    const unscaled = readNifti(buildNifti({ ...small, slope: 0, intercept: 7 }), "x").header;
    expect([unscaled.slope, unscaled.intercept]).toEqual([1, 0]);
  });

  it.each([
    ["no header", () => new Uint8Array(400), "magic"],
    ["a type that is not read", () => buildNifti({ ...small, datatype: 1792 }), "datatype"],
    ["a voxel without size", () => buildNifti({ ...small, pixdimMm: [1, 0, 1] }), "pixdim"],
    ["voxels cut off", () => buildNifti(small).slice(0, 360), "voxels"],
    ["an axis of no length", () => buildNifti({ ...small, size: [2, 0, 2] }), "dim[2]"],
  ])("is refused with %s", (_, build, field) => {
    expect(() => readNifti(build(), "x.nii")).toThrow(expect.objectContaining({ code: "nifti-malformed", field }));
  });

  it("is refused where its compression is damaged", () => {
    const bytes = gzipSync(buildNifti(small));
    bytes[30] = (bytes[30] ?? 0) ^ 0xff;
    expect(() => readNifti(bytes.subarray(0, 60), "x.nii.gz")).toThrow(
      expect.objectContaining({ code: "nifti-malformed" }),
    );
  });
});

describe("where its voxels lie", () => {
  const geometry = (options: Partial<Parameters<typeof buildNifti>[0]>, spacing: "affine" | "pixdim" = "affine") =>
    niftiGeometry(readNifti(buildNifti({ ...small, ...options }), "x").header, spacing, "x");

  it("turns RAS+ into LPS: x and y change their sign", () => {
    const sform = [
      [1.5, 0, 0, 10],
      [0, 2, 0, 20],
      [0, 0, 8, 30],
    ];
    expect(geometry({ sform })).toEqual({
      rowDirection: [-1, -0, 0],
      columnDirection: [-0, -1, 0],
      pixelSpacingMm: [2, 1.5],
      originLpsMm: [-10, -20, 30],
      sliceStepLpsMm: [-0, -0, 8],
    });
  });

  it("reads the quaternion: b = c = 0, d = 1 is half a turn about z, qfac −1 turns the slices round", () => {
    const turned = geometry({ quaternion: [0, 0, 1], qfac: -1 });
    expect(turned.rowDirection[0]).toBe(1);
    expect(turned.columnDirection[1]).toBe(1);
    expect(turned.sliceStepLpsMm[2]).toBe(-8);
  });

  const identity = [
    [-1, 0, 0, 0],
    [0, -1, 0, 0],
    [0, 0, 1, 0],
  ];

  it("refuses a voxel size that pixdim contradicts", () => {
    expect(() => geometry({ sform: identity })).toThrow(
      expect.objectContaining({ code: "nifti-spacing-contradiction", received: "1.000 × 1.000 × 1.000 mm" }),
    );
  });

  it("takes pixdim where it is asked to, and says what it overruled", () => {
    const taken = geometry({ sform: identity }, "pixdim");
    expect(taken).toMatchObject({ pixelSpacingMm: [2, 1.5], overruledMm: [1, 1, 1] });
    expect(taken.sliceStepLpsMm[2]).toBe(8);
    expect(geometry({}, "pixdim").overruledMm).toBeUndefined();
  });

  it("refuses an affine without volume", () => {
    const flat = [identity[0], identity[1], [0, 0, 0, 0]] as number[][];
    expect(() => geometry({ sform: flat })).toThrow(expect.objectContaining({ code: "nifti-malformed" }));
  });
});
