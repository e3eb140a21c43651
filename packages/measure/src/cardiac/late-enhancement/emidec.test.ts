import { join } from "node:path";
import { describeWithSharedData, outputValue, receiveFolder, runStudy, verifyStudy } from "@etalon/testing";
import { expect, it } from "vitest";

/** EMIDEC: 2 is NORMAL myocardium, 3 infarct, 4 no-reflow (MANIFEST.tsv). */
const labels = { "1": "lv-blood-pool", "2": "lv-myocardium", "3": "infarct", "4": "no-reflow" };

// MANIFEST.tsv, by voxel count: (infarct + no-reflow) / (2 + 3 + 4); no-reflow 0.75 mL of 138.67 and 134.12 mL.
const cases = [
  { folder: "lge-emidec-samplePositive", percent: 14.61, tolerance: 0.01, noReflowMl: 0.75, totalMl: 138.67 },
  { folder: "lge-emidec-P100/Case_P100", percent: 13.96, tolerance: 0.01, noReflowMl: 0.75, totalMl: 134.12 },
] as const;

describeWithSharedData("EMIDEC", "3-cardiac-mr", (root) => {
  it.each(cases)(
    "$folder: $percent % of the myocardium",
    async ({ folder, percent, tolerance, noReflowMl, totalMl }) => {
      const study = await receiveFolder(join(root, folder), { niftiSpacing: "pixdim" });
      const images = study.received.flatMap((item) =>
        "header" in item && item.path.includes("/Images/") ? [item.header.seriesInstanceUid] : [],
      );
      const contours = study.received.find(({ path }) => path.includes("/Contours/"))?.path ?? "";
      const result = await runStudy(study, {
        protocol: "cardiac/late-enhancement",
        overrides: { "nifti-spacing": "pixdim" },
        roleChoices: { "late-enhancement": images[0] ?? "" },
        marks: { schema: "etalon.marks/1", labelMaps: [{ file: contours, role: "late-enhancement", labels }] },
      });
      expect(Math.abs((outputValue(result, "infarct-percent") ?? 0) - percent)).toBeLessThanOrEqual(tolerance);
      expect(outputValue(result, "lv-mass")).toBeCloseTo(totalMl * 1.05, 1);
      expect(outputValue(result, "no-reflow-mass")).toBeCloseTo(noReflowMl * 1.05, 1);
      const beside = result.quality.find(({ code }) => code === "methods-beside-drawing");
      const extentBy = (choice: string) => result.sensitivity.find((row) => row.choice === choice)?.value ?? 0;
      const drawn = outputValue(result, "infarct-percent") ?? 0;
      expect(beside?.details).toEqual({ fiveSdPoints: extentBy("sd-5") - drawn, fwhmPoints: extentBy("fwhm") - drawn });
      for (const choice of ["sd-2", "sd-3", "sd-4", "sd-5", "sd-6", "fwhm-remote", "otsu"]) {
        expect(extentBy(choice), choice).toBeGreaterThan(0);
        expect(extentBy(choice), choice).toBeLessThan(100);
      }
      // The images are phase-sensitive, stored around 2000: half of the maximum is below all of the myocardium.
      expect(extentBy("fwhm")).toBe(100);
      expect(result.quality.map(({ code }) => code)).toContain("signal-has-offset");
      expect(await verifyStudy(result, study)).toMatchObject({ verdict: "identical" });
    },
  );
});
