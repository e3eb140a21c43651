import { type ConstructedBox, measurePhantom } from "@etalon/testing";
import type { Volume } from "@etalon/volume";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveAnalyticRegion } from "../../region.ts";
import { cutByClips } from "./cut-by-clips.ts";
import { findBrightRuns } from "./slice-lesions.ts";

describe("where the candidates lie", () => {
  it("gives each candidate the voxels of its volume, each voxel once", async () => {
    const { located, result } = await measurePhantom();
    const { grid, slice, row, start, end, candidate } = located;
    const pixelAreaMm2 = grid.rowSpacingMm * grid.columnSpacingMm;
    const volumesMm3 = result.candidates.map(() => 0);
    const seen = new Set<string>();
    candidate.forEach((index, run) => {
      volumesMm3[index] += (end[run] - start[run] + 1) * pixelAreaMm2 * grid.sliceIncrementsMm[slice[run]];
      seen.add(`${slice[run]} ${row[run]} ${start[run]}`);
    });
    expect(seen.size).toBe(candidate.length);
    result.candidates.forEach(({ measures }, index) => {
      expect(volumesMm3[index]).toBeCloseTo(Number(measures["volumeMm3"]), 6);
    });
  });
});

describe("runs that are cut after they were found", () => {
  const [columns, rows, slices] = [7, 5, 3];
  const box: fc.Arbitrary<ConstructedBox> = fc
    .tuple(fc.nat(columns - 1), fc.nat(columns - 1), fc.nat(rows - 1), fc.nat(rows - 1))
    .chain(([a, b, c, d]) =>
      fc.record({
        columns: fc.constant([Math.min(a, b), Math.max(a, b)] as const),
        rows: fc.constant([Math.min(c, d), Math.max(c, d)] as const),
        slices: fc.constant([0, slices - 1] as const),
        hu: fc.integer({ min: 100, max: 200 }),
      }),
    );

  it("are those found with the regions", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 125, max: 135 }), {
          minLength: columns * rows * slices,
          maxLength: columns * rows * slices,
        }),
        fc.array(box, { maxLength: 4 }),
        (values, boxes) => {
          const volume = volumeOf(values);
          const regions = boxes.flatMap((each, at) => {
            const resolved = resolveAnalyticRegion({
              id: `r${at}`,
              label: at % 2 === 0 ? "LAD" : "RCA",
              mode: at === 3 ? "assign" : "clip",
              shape: {
                kind: "box",
                minLpsMm: [each.columns[0] - 0.4, each.rows[0] - 0.4, -1],
                maxLpsMm: [each.columns[1] + 0.4, each.rows[1] + 0.4, 9],
              },
            });
            return resolved === undefined ? [] : [resolved];
          });
          const found = findBrightRuns(volume, regions, 130);
          expect(cutByClips(findBrightRuns(volume, [], 130), regions, volume)).toEqual(found);
        },
      ),
      { numRuns: 200 },
    );
  });

  function volumeOf(values: readonly number[]): Volume {
    return {
      values: Int16Array.from(values),
      unit: "[hnsf'U]",
      columns,
      rows,
      slices,
      rowSpacingMm: 1,
      columnSpacingMm: 1,
      rowDirection: [1, 0, 0],
      columnDirection: [0, 1, 0],
      normal: [0, 0, 1],
      sliceOriginsLpsMm: Float64Array.from([0, 0, 0, 0, 0, 3, 0, 0, 6]),
      sliceIncrementsMm: Float64Array.from([3, 3, 3]),
      sliceThicknessMm: 3,
    };
  }
});
