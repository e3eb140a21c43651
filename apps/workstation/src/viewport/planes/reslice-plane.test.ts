import { expect, test } from "vitest";
import { dot, type Lps } from "../../picture/plane.ts";
import { canvasPoint, gridOfSight, outOf, planeFrames, pointAt } from "./plane-frame.ts";
import { type PlaneGrid, reslicePlane, slabOffsets } from "./reslice-plane.ts";
import { extentMm, inVoxels, middleOf, type SliceVolume, stepMm } from "./slice-volume.ts";

/** A value that is linear in space: interpolation between voxels gives it back exactly. */
const linear = ([x, y, z]: Lps): number => 3 + 2 * x - 5 * y + 7 * z;

/** 6 × 5 × 4 voxels, tilted about the patient's x by the angle whose cosine is 0.8 and sine 0.6. */
const tilted = volumeOf([
  [1, 0, 0],
  [0, 0.8, 0.6],
  [0, -0.6, 0.8],
]);

function volumeOf(directions: readonly [Lps, Lps, Lps]): SliceVolume {
  const [columns, rows, count] = [6, 5, 4];
  const spacingMm = [1, 2, 3] as const;
  const originLpsMm: Lps = [10, -20, 30];
  const place = (i: number, j: number, k: number): Lps => {
    const at = (axis: 0 | 1 | 2): number =>
      originLpsMm[axis] +
      i * spacingMm[0] * directions[0][axis] +
      j * spacingMm[1] * directions[1][axis] +
      k * spacingMm[2] * directions[2][axis];
    return [at(0), at(1), at(2)];
  };
  const slices = Array.from({ length: count }, (_, k) =>
    Float32Array.from({ length: columns * rows }, (__, at) => linear(place(at % columns, Math.floor(at / columns), k))),
  );
  return { slices, columns, rows, originLpsMm, directions, spacingMm };
}

function gridAt(volume: SliceVolume, plane: keyof typeof planeFrames): PlaneGrid {
  const frame = planeFrames[plane];
  const sight = { frame, middle: middleOf(volume), pxPerMm: 4, size: { widthPx: 24, heightPx: 16 } };
  return gridOfSight(sight, 2).grid;
}

test.each(["axial", "coronal", "sagittal"] as const)(
  "a %s plane through a tilted volume has the values between",
  (plane) => {
    const grid = gridAt(tilted, plane);
    const values = reslicePlane(tilted, grid, { mode: "mip", thicknessMm: 0 });
    expect(values).toHaveLength(12 * 8);
    let seen = 0;
    values.forEach((value, at) => {
      const [x, y] = [at % grid.width, Math.floor(at / grid.width)];
      const along = (axis: 0 | 1 | 2): number =>
        grid.originLpsMm[axis] + x * grid.acrossMm[axis] + y * grid.downMm[axis];
      const point: Lps = [along(0), along(1), along(2)];
      const voxel = inVoxels(tilted, point, tilted.originLpsMm);
      // Between the centres of the outermost voxels, which go on beyond them.
      if (!voxel.every((place, axis) => place >= 0 && place <= ([5, 4, 3][axis] ?? 0))) return;
      seen += 1;
      // Single precision of values below 1000.
      expect(value).toBeCloseTo(linear(point), 3);
    });
    expect(seen).toBeGreaterThan(20);
  },
);

test("beyond half a voxel there is nothing; up to there the outermost voxel goes on", () => {
  const volume = volumeOf([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const row = { acrossMm: [0.25, 0, 0], downMm: [0, 1, 0], width: 4, height: 1, normal: [0, 0, -1] } as const;
  // Columns at -0.75, -0.5, -0.25 and 0, of spacing 1.
  const values = reslicePlane(volume, { ...row, originLpsMm: [9.25, -20, 30] }, { mode: "mip", thicknessMm: 0 });
  const first = linear([10, -20, 30]);
  expect([...values]).toEqual([Number.NaN, first, first, first]);
});

test("a thick plane shows the highest, the lowest and the mean of its layers", () => {
  const volume = volumeOf([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  // In the middle of slices 0 to 3 (z = 30 to 39), 9 mm thick: layers 3 mm apart at z = 31.5, 34.5 and 37.5.
  const grid = { originLpsMm: [12, -16, 34.5], acrossMm: [1, 0, 0], downMm: [0, 1, 0], width: 1, height: 1 } as const;
  const of = (mode: "mip" | "minip" | "mean"): number =>
    reslicePlane(volume, { ...grid, normal: [0, 0, -1] }, { mode, thicknessMm: 9 })[0] ?? 0;
  expect(of("mip")).toBe(linear([12, -16, 37.5]));
  expect(of("minip")).toBe(linear([12, -16, 31.5]));
  expect(of("mean")).toBe(linear([12, -16, 34.5]));
});

test("layers outside of the volume count for nothing", () => {
  const volume = volumeOf([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const grid = { originLpsMm: [12, -16, 30], acrossMm: [1, 0, 0], downMm: [0, 1, 0], width: 1, height: 1 } as const;
  // Layers at z = 27, 30 and 33: the first lies before the first slice.
  const [mean] = reslicePlane(volume, { ...grid, normal: [0, 0, -1] }, { mode: "mean", thicknessMm: 9 });
  expect(mean).toBe(linear([12, -16, 31.5]));
});

test("a plane has as many layers as voxels fit in its thickness", () => {
  expect(slabOffsets(0, 3)).toEqual([0]);
  expect(slabOffsets(9, 3)).toEqual([-3, 0, 3]);
  expect(slabOffsets(6, 3)).toEqual([-1.5, 1.5]);
});

test("a volume knows its middle, its extent and its step along a direction", () => {
  // 2.5 mm along columns; 4 mm along rows and 4.5 mm along slices, tilted.
  expect(middleOf(tilted)).toEqual([12.5, -20 + 0.8 * 4 - 0.6 * 4.5, 30 + 0.6 * 4 + 0.8 * 4.5]);
  expect(extentMm(tilted, [1, 0, 0])).toBe(6);
  // 5 rows of 2 mm and 4 slices of 3 mm, seen from above.
  expect(extentMm(tilted, [0, 1, 0])).toBeCloseTo(0.8 * 10 + 0.6 * 12, 9);
  // Along z the next row is 2 mm / 0.6 away, the next slice 3 mm / 0.8.
  expect(stepMm(tilted, [0, 0, 1])).toBeCloseTo(2 / 0.6, 9);
});

test("planes are seen as radiology sees them", () => {
  const outward = { axial: [0, 0, -1], coronal: [0, -1, 0], sagittal: [1, 0, 0] } as const;
  for (const plane of ["axial", "coronal", "sagittal"] as const) {
    const [x, y, z] = outward[plane];
    expect(dot(outOf(planeFrames[plane]), [x, y, z])).toBe(1);
  }
});

test("a point of the screen is the point of the patient that is drawn there", () => {
  const sight = {
    frame: planeFrames.sagittal,
    middle: [1, 2, 3],
    pxPerMm: 2,
    size: { widthPx: 100, heightPx: 60 },
  } as const;
  // 10 px to the right are 5 mm to the back; 6 px down are 3 mm towards the feet.
  expect(pointAt(sight, [60, 36])).toEqual([1, 7, 0]);
  expect(canvasPoint(sight, [1, 7, 0])).toEqual([60, 36]);
  // What lies beside the plane is drawn where it is nearest to it.
  expect(canvasPoint(sight, [99, 7, 0])).toEqual([60, 36]);
});
