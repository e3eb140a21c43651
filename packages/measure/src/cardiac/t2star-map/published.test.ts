import { buildNifti, buildWeightedFiles, outputValue, receiveFiles, runStudy } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { ironCategories } from "./iron-category.ts";

/** ../shared/reference/05a, example t2s.1: T2* 8.0 ms, severe. */
const echoesMs = [2.6, 4.8, 7.1, 9.3, 11.6, 13.8, 16.1, 18.3];
const signals = [578.022, 439.049, 329.347, 250.163, 187.656, 142.538, 106.923, 81.216];
const size = [12, 12, 1] as const;

describe("published example t2s.1 (reference 05a)", () => {
  it.each(["mono", "offset", "truncation"])("T2* 8.0 ms, severe at 1.5 T, by %s", async (model) => {
    const files = buildWeightedFiles({
      size,
      sideFiles: echoesMs.map((te) => ({ EchoTime: te / 1000, MagneticFieldStrength: 1.5 })),
      signal: (image) => signals[image] ?? 0,
    });
    const mask = buildNifti({ size, pixdimMm: [2, 2, 8], datatype: 2, values: Array(144).fill(1) });
    const study = await receiveFiles([...files, { name: "mask.nii", bytes: mask }]);
    const result = await runStudy(study, {
      protocol: "cardiac/t2star-map",
      overrides: { model },
      marks: {
        schema: "etalon.marks/1",
        labelMaps: [{ file: "mask.nii", role: "t2star-images", labels: { "1": "septum" } }],
      },
    });
    // Half of the last digit that is published.
    expect(Math.abs((outputValue(result, "t2star-median", { site: "septum" }) ?? 0) - 8)).toBeLessThan(0.05);
    expect(ironCategories[outputValue(result, "iron-category", { site: "septum" }) ?? 0]).toBe("severe");
  });
});
