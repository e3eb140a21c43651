import { findRuns, labelRunsInSpace } from "@etalon/kernels";
import fc from "fast-check";
import { expect, it } from "vitest";
import { labelLesions } from "./label-lesions.ts";

it("labels as over all runs at once, whatever sites they have, one mark after the other", () => {
  const size = { columns: 7, rows: 5, slices: 3 };
  const voxels = size.columns * size.rows * size.slices;
  const grid = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: voxels, maxLength: voxels });
  // Few marks: most components have one site, as on a scan.
  const site = fc.constantFrom(-1, -1, -1, -1, -1, -1, 0, 1);
  const marks = fc.array(site, { minLength: voxels, maxLength: voxels });
  fc.assert(
    fc.property(grid, fc.array(marks, { minLength: 1, maxLength: 3 }), (values, edits) => {
      const runs = findRuns(Int16Array.from(values), { ...size, threshold: 1 });
      for (const edit of edits) {
        const siteOfRun = Int32Array.from({ length: runs.count }, (_, r) => edit[r] ?? -1);
        expect(labelLesions(runs, siteOfRun)).toEqual(labelRunsInSpace(runs, siteOfRun));
      }
    }),
    { numRuns: 300 },
  );
});
