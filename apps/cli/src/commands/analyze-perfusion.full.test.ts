import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithSharedData } from "@etalon/testing";
import { expect, it } from "vitest";
import { runJson } from "../testing/run-main.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const root = temporaryFolder();

describeWithSharedData("a real first pass (QPerf)", "3-cardiac-mr/perfusion-qperf", (folder) => {
  const analyze = (out: string, files: readonly (readonly [role: string, file: string])[]) =>
    runJson(
      ...["analyze", "--protocol", "cardiac/perfusion-mbf", "--set", "time-step=0.5"],
      ...["--format", "csv,nifti", "--out", join(root, out)],
      ...files.flatMap(([role, file]) => ["--role", `${role}=${join(folder, file)}`]),
    );
  const of = ({ answer }: Awaited<ReturnType<typeof analyze>>, id: string): unknown =>
    Object.values(answer.outputs ?? []).find((output) => output.id === id)?.value;

  // Every voxel of both states is measured: 1480 of 59 and 2397 of 68 images, two seconds of one core.
  it("has a flow of 0.5 to 1.2 at rest, 2 to 4.5 under stress, and a reserve above 1.5", async () => {
    const run = await analyze("mat", [
      ["stress-images", "perf_data_stress.mat!data"],
      ["stress-aif", "perf_data_stress.mat!aif"],
      ["rest-images", "perf_data.mat!data"],
      ["rest-aif", "perf_data.mat!aif"],
    ]);
    expect(run.exitCode).toBe(0);
    // The bounds of issue 7; no myocardium is drawn in these data, so that the region is every voxel that has a flow.
    const [rest, stress] = [Number(of(run, "mbf-rest-median")), Number(of(run, "mbf-stress-median"))];
    expect(rest).toBeGreaterThan(0.5);
    expect(rest).toBeLessThan(1.2);
    expect(stress).toBeGreaterThan(2);
    expect(stress).toBeLessThan(4.5);
    expect(of(run, "mbf-reserve")).toBe(stress / rest);
    expect(stress / rest).toBeGreaterThan(1.5);
    const [header = "", first = ""] = readFileSync(join(root, "mat", "curves.csv"), "utf8").split(/\r?\n/);
    expect(header.split(",").length).toBe(first.split(",").length);
  });

  it("is the same from Analyze files as from MAT-files", async () => {
    const both = await Promise.all([
      analyze("rest-mat", [
        ["rest-images", "perf_data.mat!data"],
        ["rest-aif", "perf_data.mat!aif"],
      ]),
      analyze("rest-analyze", [
        ["rest-images", "data.hdr"],
        ["rest-aif", "aif.hdr"],
      ]),
    ]);
    const [mat, analyzed] = both.map((run) => Number(of(run, "mbf-rest-median")));
    expect(mat).toBeGreaterThan(0);
    expect(analyzed).toBeCloseTo(mat ?? 0, 3);
  });
});
