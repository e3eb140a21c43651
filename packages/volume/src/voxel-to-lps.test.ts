import { buildVolume } from "@etalon/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grid } from "./volume.ts";
import { lpsToContinuousVoxel, voxelToLps } from "./voxel-to-lps.ts";

/** Sagittal rows along P and columns along −S, tilted by a 3-4-5 angle, unevenly spaced, drifting by 3/4 mm per mm. */
const sheared: Grid = buildVolume({
  columns: 8,
  rows: 8,
  rowSpacingMm: 0.5,
  columnSpacingMm: 0.25,
  rowDirection: [0, 1, 0],
  columnDirection: [0.6, 0, -0.8],
  normal: [0.8, 0, 0.6],
  // Along the normal (0.8, 0, 0.6): 0, 4 and 10 mm; each step drifts along the rows as well.
  positionsMm: [0, 1, 2],
  sliceOriginsLpsMm: Float64Array.of(0, 0, 0, 3.2, 3, 2.4, 8, 7.5, 6),
});

describe("voxelToLps", () => {
  it("adds columns along the row direction and rows along the column direction", () => {
    // Slice 1 begins at (3.2, 3, 2.4); 2 columns of 0.25 mm along +y; 4 rows of 0.5 mm along (0.6, 0, −0.8).
    const [x, y, z] = voxelToLps(sheared, [2, 4, 1]);
    expect(x).toBeCloseTo(4.4, 12);
    expect(y).toBeCloseTo(3.5, 12);
    expect(z).toBeCloseTo(0.8, 12);
  });

  it("is linear between and beyond the slices' own origins", () => {
    expect(voxelToLps(sheared, [0, 0, 0.5])).toEqual([1.6, 1.5, 1.2]);
    // Beyond the last slice by one: its step again, (8, 7.5, 6) + (4.8, 4.5, 3.6).
    const [x, y, z] = voxelToLps(sheared, [0, 0, 3]);
    expect([x, y, z].map((mm) => Math.round(mm * 1e9) / 1e9)).toEqual([12.8, 12, 9.6]);
  });

  it("goes on along the normal of a single slice", () => {
    const single = buildVolume({ positionsMm: [5], sliceIncrementsMm: Float64Array.of(3) });
    expect(voxelToLps(single, [0, 0, -1])).toEqual([0, 0, 2]);
    expect(lpsToContinuousVoxel(single, [1, 2, 8])).toEqual([1, 2, 1]);
  });
});

describe("lpsToContinuousVoxel", () => {
  it("undoes voxelToLps, between slices and outside the grid too", () => {
    const index = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(index, index, index, (i, j, k) => {
        const back = lpsToContinuousVoxel(sheared, voxelToLps(sheared, [i, j, k]));
        // 1e-9 of an index: a few units in the last place of coordinates up to 200 mm, over steps of 0.25 mm.
        for (const [axis, expected] of [i, j, k].entries()) expect(Math.abs(back[axis] - expected)).toBeLessThan(1e-9);
      }),
    );
  });

  it("solves directions that are not quite perpendicular", () => {
    const skewed = buildVolume({ rowDirection: [1, 0, 0], columnDirection: [0.005, 0.9999875, 0] });
    const [i, j] = lpsToContinuousVoxel(skewed, voxelToLps(skewed, [100, 200, 1]));
    expect(i).toBeCloseTo(100, 6);
    expect(j).toBeCloseTo(200, 6);
  });
});
