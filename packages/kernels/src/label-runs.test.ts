import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelRunsInPlane, labelRunsInSpace, type PlaneConnectivity } from "./label-runs.ts";
import { findRuns, type Runs } from "./runs.ts";

interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  readonly values: Int16Array;
}

const search = (grid: Grid) => ({ columns: grid.columns, rows: grid.rows, slices: grid.slices, threshold: 1 });

/** Voxel labels by flood fill: the definition, written without runs. */
function floodFill(grid: Grid, isNeighbour: (dx: number, dy: number, dz: number) => boolean): Int32Array {
  const { columns, rows, slices, values } = grid;
  const labels = new Int32Array(values.length).fill(-1);
  let next = 0;
  for (let seed = 0; seed < values.length; seed++) {
    if (values[seed] < 1 || labels[seed] !== -1) continue;
    const stack = [seed];
    labels[seed] = next;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % columns;
      const y = Math.floor(at / columns) % rows;
      const z = Math.floor(at / columns / rows);
      for (let dz = -1; dz <= 1; dz++)
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++) {
            const [i, j, k] = [x + dx, y + dy, z + dz];
            if (i < 0 || j < 0 || k < 0 || i >= columns || j >= rows || k >= slices) continue;
            const to = (k * rows + j) * columns + i;
            if (values[to] < 1 || labels[to] !== -1 || !isNeighbour(dx, dy, dz)) continue;
            labels[to] = next;
            stack.push(to);
          }
    }
    next++;
  }
  return labels;
}

/** Spreads run labels over voxels. */
function paint(grid: Grid, runs: Runs, labels: Int32Array): Int32Array {
  const painted = new Int32Array(grid.values.length).fill(-1);
  for (let r = 0; r < runs.count; r++) {
    const base = (runs.slice[r] * grid.rows + runs.row[r]) * grid.columns;
    painted.fill(labels[r], base + runs.start[r], base + runs.end[r] + 1);
  }
  return painted;
}

const grids: fc.Arbitrary<Grid> = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 }))
  .chain(([columns, rows, slices]) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: columns * rows * slices, maxLength: columns * rows * slices })
      .map((list) => ({ columns, rows, slices, values: Int16Array.from(list) })),
  );

describe("against a flood fill", () => {
  it.each([4, 8] as const)("labels planes with connectivity %i", (connectivity: PlaneConnectivity) => {
    fc.assert(
      fc.property(grids, (grid) => {
        const runs = findRuns(grid.values, search(grid));
        const expected = floodFill(
          grid,
          (dx, dy, dz) => dz === 0 && (connectivity === 8 || Math.abs(dx) + Math.abs(dy) === 1),
        );
        expect(paint(grid, runs, labelRunsInPlane(runs, connectivity).labels)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("labels space with 26 neighbours", () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const runs = findRuns(grid.values, search(grid));
        expect(paint(grid, runs, labelRunsInSpace(runs).labels)).toEqual(floodFill(grid, () => true));
      }),
      { numRuns: 300 },
    );
  });
});

describe("runs", () => {
  it("ends a run where the region changes and never joins two regions", () => {
    const runs = findRuns(Int16Array.of(1, 1, 1, 1), {
      columns: 4,
      rows: 1,
      slices: 1,
      threshold: 1,
      regions: Uint16Array.of(0, 0, 2, 2),
    });
    expect([...runs.start]).toEqual([0, 2]);
    expect(labelRunsInPlane(runs, 8).count).toBe(2);
  });

  it("leaves out excluded voxels and NaN", () => {
    const runs = findRuns(Float32Array.of(5, Number.NaN, 5, 5), {
      columns: 4,
      rows: 1,
      slices: 1,
      threshold: 1,
      excluded: Uint8Array.of(0, 0, 0, 1),
    });
    expect([...runs.start]).toEqual([0, 2]);
    expect([...runs.end]).toEqual([0, 2]);
  });

  it("finds exactly the values at or above any threshold, in rows longer than a step", () => {
    const value = fc.oneof(fc.integer({ min: -32768, max: 32767 }), fc.integer({ min: -3, max: 3 }));
    const threshold = fc.oneof(
      fc.integer({ min: -4, max: 4 }),
      fc.double(),
      fc.constantFrom(-32768, 32767, 32768, -1e10, 1e10),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), threshold, (row, atLeast) => {
        for (const values of [Int16Array.from(row), Float32Array.from(row)]) {
          const grid = { columns: row.length, rows: 1, slices: 1, threshold: atLeast };
          const { count, start, end } = findRuns(values, grid);
          const found = row.map(() => false);
          for (let r = 0; r < count; r++) found.fill(true, start[r], end[r] + 1);
          expect(found).toEqual(row.map((each) => each >= atLeast));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("refuses values that do not fill the grid", () => {
    expect(() => findRuns(new Int16Array(5), { columns: 2, rows: 2, slices: 1, threshold: 0 })).toThrow(RangeError);
  });
});
