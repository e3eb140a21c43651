import { join } from "node:path";
import { expect, it } from "vitest";
import { runJson, runMain } from "../testing/run-main.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const folder = temporaryFolder();

/** A phantom's study and its score. */
async function examination(name: string, seed: number): Promise<{ readonly study: string; readonly result: string }> {
  const [study, out] = [join(folder, name), join(folder, `${name}-out`)];
  await runMain(["phantom", "thorax", study, "--seed", String(seed)]);
  const run = await runMain(["analyze", study, "--marks", join(study, "marks.json"), "--out", out]);
  expect(run.exitCode).toBe(0);
  return { study, result: join(out, "result.json") };
}

it("reads patient and dates from the images, and finds noise alone between two scans of one phantom", async () => {
  const [one, other] = [await examination("one", 1), await examination("other", 2)];
  const argv = ["compare", one.result, other.result, "--earlier-study", one.study, "--later-study", other.study];
  const { exitCode, answer } = await runJson(...argv);
  expect(exitCode).toBe(0);
  expect(answer).toMatchObject({ patient: "same", daysBetween: 0 });
  expect(answer["outputs"]).toContainEqual(
    expect.objectContaining({ output: "agatston-score", conclusion: "persists", meaning: "burden" }),
  );
  expect(JSON.stringify(answer)).not.toMatch(/PatientName|fantôme|phantom/i);
});
