import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readNifti } from "@etalon/inputs";
import { buildWeightedFiles, describeWithSharedData } from "@etalon/testing";
import { expect, it } from "vitest";
import { runJson } from "../testing/run-main.ts";
import { writeAt } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const root = temporaryFolder();

describeWithSharedData("a T1 map on the command line", "3-cardiac-mr/t1-seir-phantom-dicom", (folder) => {
  it("is written as NIfTI and as a Parametric Map, and the result verifies", async () => {
    const out = join(root, "out");
    const asked = ["measure", folder, "--protocol", "cardiac/t1-map", "--format", "nifti,pm", "--out", out];
    const { exitCode, answer } = await runJson(...asked);
    expect(exitCode).toBe(0);
    expect(answer.outputs).toContainEqual(expect.objectContaining({ id: "t1-median", unit: "ms" }));
    const files = readdirSync(out);
    expect(files).toEqual(expect.arrayContaining(["t1.nii.gz", "t1-residual.nii.gz", "t1-reason.nii.gz", "t1.pm.dcm"]));
    const { header } = readNifti(new Uint8Array(readFileSync(join(out, "t1.nii.gz"))), "t1.nii.gz");
    // PixelSpacing 0.5859 mm and ImagePositionPatient [-60.072, -74.2192, 0], in RAS.
    expect(header.affine[0]).toEqual([expect.closeTo(-0.5859, 4), 0, 0, expect.closeTo(60.072, 3)]);
    expect(header.affine[1]).toEqual([0, expect.closeTo(-0.5859, 4), 0, expect.closeTo(74.2192, 3)]);
    const verified = await runJson("verify", join(out, "result.json"), folder);
    expect(verified.answer).toMatchObject({ verdict: "identical" });
  });
});

it("writes maps on the affine of the file that was given, slices downwards too", async () => {
  const times = [0.1, 0.4, 1.1, 2.5];
  const folder = join(root, "nifti");
  const files = buildWeightedFiles({
    size: [6, 5, 3],
    sideFiles: times.map((InversionTime) => ({ InversionTime, FlipAngle: 90 })),
    signal: (image, voxel) =>
      Math.abs(1 - 2 * Math.exp((-1000 * (times[image] ?? 0)) / (500 + 100 * Math.floor(voxel / 30)))),
    sform: [
      [2, 0, 0, -7],
      [0, 2, 0, 3],
      [0, 0, -8, 40],
    ],
  });
  for (const { name, bytes } of files) writeAt(join(folder, name), bytes);
  const out = join(root, "nifti-out");
  const { exitCode } = await runJson(
    "measure",
    folder,
    "--protocol",
    "cardiac/t1-map",
    "--format",
    "nifti",
    "--out",
    out,
  );
  expect(exitCode).toBe(0);
  const { header, bytes } = readNifti(new Uint8Array(readFileSync(join(out, "t1.nii.gz"))), "t1.nii.gz");
  expect(header.affine).toEqual([
    [2, 0, 0, -7],
    [0, 2, 0, 3],
    [0, 0, -8, 40],
  ]);
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.voxelOffset);
  expect([0, 30, 60].map((voxel) => Math.round(view.getFloat32(4 * voxel, true)))).toEqual([500, 600, 700]);
});
