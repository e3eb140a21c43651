import { join } from "node:path";
import { describeWithSharedData, outputValue, receiveFolder, runStudy, verifyStudy } from "@etalon/testing";
import { expect, it } from "vitest";

/**
 * Voxel counts of the experts' masks × pixdim, from ../shared/data/MANIFEST.tsv: end-systolic frame; LV EDV, ESV (mL),
 * EF (%); RV EDV, ESV, EF; LV mass (g) at 1.05 g/mL.
 */
const patients = [
  { patient: "001", es: "12", left: [295.51, 225.61, 23.65], right: [139.72, 59.55, 57.38], massG: 172.47 },
  { patient: "021", es: "13", left: [173.85, 56.4, 67.56], right: [161.75, 55.02, 65.99], massG: 258.06 },
  { patient: "041", es: "11", left: [103.6, 66.23, 36.07], right: [87.21, 47.67, 45.34], massG: 89.23 },
  { patient: "061", es: "10", left: [137.41, 51.46, 62.55], right: [174.28, 63.83, 63.37], massG: 113.58 },
] as const;

const labels = { "1": "rv-blood-pool", "2": "lv-myocardium", "3": "lv-blood-pool" };

describeWithSharedData("ACDC, the experts' masks", "3-cardiac-mr/acdc-patient001", (folder) => {
  const asked = (patient: string, es: string) => ({
    protocol: "cardiac/lv-function",
    overrides: { "nifti-spacing": "pixdim" },
    marks: {
      schema: "etalon.marks/1",
      labelMaps: [
        { file: `patient${patient}_frame01_gt.nii.gz`, role: "end-diastole", labels },
        { file: `patient${patient}_frame${es}_gt.nii.gz`, role: "end-systole", labels },
      ],
    },
  });
  const study = (patient: string, spacing: "affine" | "pixdim" = "pixdim") =>
    receiveFolder(join(folder, `../acdc-patient${patient}`), { niftiSpacing: spacing });

  it.each(patients)("patient $patient: volumes and EF are the manifest's to 0.1 %", async (truth) => {
    const { patient, es, left, right, massG } = truth;
    const received = await study(patient);
    const seriesOf = (frame: string): string =>
      received.received.flatMap((item) =>
        "header" in item && item.path.endsWith(`frame${frame}.nii.gz`) ? [item.header.seriesInstanceUid] : [],
      )[0] ?? "";
    const roleChoices = { "end-diastole": seriesOf("01"), "end-systole": seriesOf(es) };
    const result = await runStudy(received, { ...asked(patient, es), roleChoices });
    const expected = {
      ...{ "lv-edv": left[0], "lv-esv": left[1], "lv-ejection-fraction": left[2], "lv-mass": massG },
      ...{ "rv-edv": right[0], "rv-esv": right[1], "rv-ejection-fraction": right[2] },
    };
    for (const [id, value] of Object.entries(expected)) {
      expect(Math.abs((outputValue(result, id) ?? 0) / value - 1), id).toBeLessThan(0.001);
    }
    expect(result.provisional).toBe(false);
    expect(result.quality.map(({ code }) => code)).toContain("spacing-from-pixdim");
    expect(result.recipe.inputs.map(({ kind, role }) => `${kind} ${role}`)).toEqual([
      "nifti end-diastole",
      "nifti end-systole",
      "nifti marks",
      "nifti marks",
    ]);
    expect(await verifyStudy(result, received)).toMatchObject({ verdict: "identical" });
  });

  it("is refused while its affine contradicts its pixdim", async () => {
    const { received } = await study("001", "affine");
    const reasons = received.flatMap((item) => ("reason" in item ? [item.reason.errorCode] : []));
    expect(reasons.filter((code) => code === "nifti-spacing-contradiction")).toHaveLength(4);
  });
});
