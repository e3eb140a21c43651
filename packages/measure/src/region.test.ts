import { buildVolume } from "@etalon/testing";
import type { Volume } from "@etalon/volume";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMarks } from "./marks.ts";
import {
  type PointLpsMm,
  type ResolvedRegion,
  rasteriseClips,
  requireDisjointRegions,
  resolveAnalyticRegion,
  visitVoxelsInBox,
} from "./region.ts";

function resolve(shape: unknown, rest: { id?: string; mode?: string } = {}): ResolvedRegion {
  const { regions } = parseMarks({ schema: "etalon.marks/1", regions: [{ id: "r", label: "LAD", shape, ...rest }] });
  const resolved = resolveAnalyticRegion(regions[0]);
  return resolved ?? expect.fail("the shape is not analytic");
}

/** Position of a voxel straight from the contract of `Grid`. */
function positionOf(volume: Volume, index: number): PointLpsMm {
  const i = index % volume.columns;
  const j = Math.floor(index / volume.columns) % volume.rows;
  const k = Math.floor(index / volume.columns / volume.rows);
  const at = (axis: 0 | 1 | 2) =>
    volume.sliceOriginsLpsMm[3 * k + axis] +
    i * volume.columnSpacingMm * volume.rowDirection[axis] +
    j * volume.rowSpacingMm * volume.columnDirection[axis];
  return [at(0), at(1), at(2)];
}

/** Slices turned about x by an angle of sine 0.6, sheared along y as under a tilted gantry, and unevenly spaced. */
const grids = fc
  .record({
    isTurned: fc.boolean(),
    shearMm: fc.constantFrom(0, 0.7, -1.3),
    gaps: fc.array(fc.constantFrom(0.5, 1, 3), { minLength: 3, maxLength: 3 }),
    spacing: fc.tuple(fc.constantFrom(0.5, 1.25), fc.constantFrom(0.7, 2)),
    areColumnsFlipped: fc.boolean(),
  })
  .map(({ isTurned, shearMm, gaps, spacing, areColumnsFlipped }): Volume => {
    const sign = areColumnsFlipped ? -1 : 1;
    const columnDirection: PointLpsMm = isTurned ? [0, 0.8 * sign, 0.6 * sign] : [0, sign, 0];
    const normal: PointLpsMm = isTurned ? [0, -0.6, 0.8] : [0, 0, 1];
    const origins = [0, ...gaps].flatMap((_, k) => {
      const along = gaps.slice(0, k).reduce((sum, gap) => sum + gap, 0);
      return [1, 2, 3].map((start, axis) => start + along * normal[axis] + k * shearMm * columnDirection[axis]);
    });
    return buildVolume({
      positionsMm: [0, 1, 2, 3],
      columns: 5,
      rows: 4,
      rowSpacingMm: spacing[0],
      columnSpacingMm: spacing[1],
      columnDirection,
      normal,
      sliceOriginsLpsMm: Float64Array.from(origins),
    });
  });

const coordinate = fc.integer({ min: -40, max: 140 }).map((tenths) => tenths / 10);
const boxes = fc
  .tuple(fc.tuple(coordinate, coordinate, coordinate), fc.tuple(coordinate, coordinate, coordinate))
  .map(([a, b]) => ({
    minLpsMm: a.map((value, axis) => Math.min(value, b[axis])) as unknown as PointLpsMm,
    maxLpsMm: a.map((value, axis) => Math.max(value, b[axis])) as unknown as PointLpsMm,
  }));

describe("visiting the voxels of a box", () => {
  it("sees every voxel whose centre the box holds, once, at its position, on any grid", () => {
    fc.assert(
      fc.property(grids, boxes, (volume, { minLpsMm, maxLpsMm }) => {
        const seen = new Map<number, PointLpsMm>();
        visitVoxelsInBox(volume, minLpsMm, {
          maxLpsMm,
          voxel: (index, lpsMm) => {
            expect(seen.has(index)).toBe(false);
            seen.set(index, lpsMm);
            return true;
          },
        });
        for (const index of volume.values.keys()) {
          const lpsMm = positionOf(volume, index);
          const isInside = lpsMm.every((value, axis) => value >= minLpsMm[axis] && value <= maxLpsMm[axis]);
          if (isInside) expect(seen.has(index)).toBe(true);
        }
        for (const [index, lpsMm] of seen) {
          const expected = positionOf(volume, index);
          for (const axis of [0, 1, 2] as const) expect(lpsMm[axis]).toBeCloseTo(expected[axis], 9);
        }
      }),
    );
  });

  it("goes on until it is told to stop", () => {
    const seen: number[] = [];
    visitVoxelsInBox(buildVolume({ columns: 4, rows: 4 }), [0, 0, 0], {
      maxLpsMm: [3, 3, 2],
      voxel: (index) => seen.push(index) < 3,
    });
    expect(seen).toEqual([0, 1, 2]);
  });

  it("looks at little more than the box", () => {
    let count = 0;
    visitVoxelsInBox(buildVolume({ columns: 100, rows: 100 }), [10, 10, 1], {
      maxLpsMm: [12, 12, 1],
      voxel: () => ++count > 0,
    });
    expect(count).toBe(9);
  });
});

describe("shapes", () => {
  it("hold their border", () => {
    const sphere = resolve({ kind: "sphere", centerLpsMm: [1, 2, 3], radiusMm: 5 });
    // 3² + 4² = 5².
    expect(sphere.holds([4, 6, 3])).toBe(true);
    expect(sphere.holds([4, 6.001, 3])).toBe(false);
    expect([sphere.minLpsMm, sphere.maxLpsMm]).toEqual([
      [-4, -3, -2],
      [6, 7, 8],
    ]);
    const box = resolve({ kind: "box", minLpsMm: [0, 0, 0], maxLpsMm: [1, 2, 3] });
    expect(box.holds([1, 2, 3])).toBe(true);
    expect(box.holds([0, 0, 0])).toBe(true);
    expect(box.holds([1, 2, 3.001])).toBe(false);
  });

  it("of a segmentation are not analytic", () => {
    const shape = { kind: "segment" as const, sopInstanceUid: "1.2", segmentNumber: 1 };
    expect(resolveAnalyticRegion({ id: "r", label: "LAD", mode: "assign", shape })).toBeUndefined();
  });
});

describe("regions over a volume", () => {
  it("are refused exactly where both hold the centre of one voxel, in either order", () => {
    fc.assert(
      fc.property(grids, boxes, coordinate, (volume, { minLpsMm, maxLpsMm }, x) => {
        fc.pre(minLpsMm.every((low, axis) => low < maxLpsMm[axis]));
        const box = resolve({ kind: "box", minLpsMm, maxLpsMm }, { id: "box" });
        const sphere = resolve({ kind: "sphere", centerLpsMm: [x, 3, 4], radiusMm: 3 }, { id: "sphere" });
        const isShared = [...volume.values.keys()].some((index) => {
          const lpsMm = positionOf(volume, index);
          return box.holds(lpsMm) && sphere.holds(lpsMm);
        });
        for (const regions of [
          [box, sphere],
          [sphere, box],
        ]) {
          const check = (): void => requireDisjointRegions(regions, volume);
          if (isShared) expect(check).toThrow(expect.objectContaining({ code: "overlapping-regions" }));
          else expect(check).not.toThrow();
        }
      }),
    );
  });

  it("are drawn where they clip, each with its number, and nowhere else", () => {
    const volume = buildVolume({ columns: 4, rows: 1, positionsMm: [0, 1] });
    const column = (x: number, id: string, mode: string) =>
      resolve({ kind: "box", minLpsMm: [x - 0.1, -1, -0.5], maxLpsMm: [x + 0.1, 1, 0.5] }, { id, mode });
    expect(rasteriseClips([column(0, "a", "assign")], volume)).toBeUndefined();
    const map = rasteriseClips([column(0, "a", "assign"), column(1, "b", "clip"), column(3, "c", "clip")], volume);
    expect([...(map ?? [])]).toEqual([0, 2, 0, 3, 0, 0, 0, 0]);
  });
});
