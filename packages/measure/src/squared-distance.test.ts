import type { Grid } from "@etalon/volume";
import fc from "fast-check";
import { expect, it } from "vitest";
import { squaredDistanceMm2 } from "./squared-distance.ts";

function grid(columns: number, rows: number, positionsMm: readonly number[]): Grid {
  return {
    ...{ columns, rows, slices: positionsMm.length, columnSpacingMm: 1.5, rowSpacingMm: 2, sliceThicknessMm: 5 },
    ...{ rowDirection: [1, 0, 0], columnDirection: [0, 1, 0], normal: [0, 0, 1] },
    sliceOriginsLpsMm: Float64Array.from(positionsMm.flatMap((z) => [10, -4, z])),
    sliceIncrementsMm: new Float64Array(positionsMm.length).fill(5),
  };
}

/** Every pair of voxels: what the transform must agree with. */
function byPairs(
  mask: Uint8Array,
  { columns, rows, columnSpacingMm, rowSpacingMm, sliceOriginsLpsMm }: Grid,
): number[] {
  const centre = (i: number) => {
    const [x, y, z] = [i % columns, Math.floor(i / columns) % rows, Math.floor(i / (columns * rows))];
    return [x * columnSpacingMm, y * rowSpacingMm, sliceOriginsLpsMm[3 * z + 2] ?? 0] as const;
  };
  const own = [...mask.keys()].filter((i) => mask[i] === 1).map(centre);
  return [...mask.keys()].map((i) => {
    const [x, y, z] = centre(i);
    return Math.min(...own.map(([a, b, c]) => (x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2));
  });
}

it("agrees with every pair of voxels, slices spaced unevenly", () => {
  const size = 6 * 5 * 4;
  const masks = fc.uint8Array({ min: 0, max: 1, minLength: size, maxLength: size }).filter((mask) => mask.includes(1));
  fc.assert(
    fc.property(masks, (mask) => {
      const where = grid(6, 5, [0, 4, 11, 13]);
      const found = squaredDistanceMm2(mask, where);
      for (const [i, expected] of byPairs(mask, where).entries()) expect(found[i]).toBeCloseTo(expected, 8);
    }),
    { numRuns: 60 },
  );
});

it("is beyond everything where there is no object", () => {
  expect(Math.min(...squaredDistanceMm2(new Uint8Array(8), grid(2, 2, [0, 5])))).toBeGreaterThan(1e29);
});
