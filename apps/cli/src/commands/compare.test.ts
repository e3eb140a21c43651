import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildNifti } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { runJson, runMain } from "../testing/run-main.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const folder = temporaryFolder();
const side = 48;

/** A ring of wall about a cavity; to its right of a column it is scarred, on images and mask. */
function stack(scarFrom: number, kind: "image" | "mask"): Uint8Array {
  const values = new Int16Array(side * side * 2);
  for (let i = 0; i < values.length; i++) {
    const [x, y] = [(i % side) - side / 2, (Math.floor(i / side) % side) - side / 2];
    const square = x * x + y * y;
    const isWall = square > 100 && square <= 289;
    const isScar = isWall && x > scarFrom;
    if (kind === "mask") values[i] = isScar ? 3 : isWall ? 2 : square <= 100 ? 1 : 0;
    else values[i] = isScar ? 500 : isWall ? 100 + (i % 5) : 20;
  }
  return buildNifti({ size: [side, side, 2], pixdimMm: [1.5, 1.5, 8], values });
}

const labels = { "1": "lv-blood-pool", "2": "lv-myocardium", "3": "infarct" };

/** Measures one examination and answers with the path of its result. */
async function measured(name: string, scarFrom: number, method = "drawn"): Promise<string> {
  const of = (file: string) => join(folder, `${name}-${file}`);
  writeFileSync(of("lge.nii"), stack(scarFrom, "image"));
  writeFileSync(of("gt.nii"), stack(scarFrom, "mask"));
  const labelMaps = [{ file: `${name}-gt.nii`, role: "late-enhancement", labels }];
  writeFileSync(of("marks.json"), JSON.stringify({ schema: "etalon.marks/1", labelMaps }));
  const run = await runMain([
    ...["analyze", "--protocol", "cardiac/late-enhancement", "--marks", of("marks.json"), "--set", `method=${method}`],
    ...["--role", `late-enhancement=${of("lge.nii")}`, of("gt.nii"), "--out", of("out")],
  ]);
  if (run.exitCode !== 0) throw new Error(run.err);
  return join(of("out"), "result.json");
}

let before = "";
let after = "";

beforeAll(async () => {
  before = await measured("before", 2);
  after = await measured("after", 12);
});

describe("compare", () => {
  it("says in words what became of the scar, with the limits and where they were read", async () => {
    const { exitCode, out } = await runMain([
      "compare",
      before,
      after,
      "--dates",
      "2026-01-31,2026-03-02",
      "--lang",
      "fr",
    ]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/Rehaussement tardif, no-reflow compris.*±2,40 \/ ±3,20.*régression/);
    expect(out).toMatch(/30 jours d'intervalle/);
    expect(out).toMatch(/Non vérifié qu'il s'agit d'un même patient/);
    expect(out).toContain("10.1016/j.jacc.2005.11.065");
    expect(out).toMatch(/Masse du rehaussement tardif.*différence seule \(aucune limite de répétabilité publiée/);
    expect(out).not.toMatch(/undefined|NaN|\[object/);
  });

  it("answers as JSON, with the sources' words where the follow-up is named", async () => {
    const { answer } = await runJson("compare", before, after);
    expect(answer).toMatchObject({ schema: "etalon.comparison/1", patient: "not-checked", dates: null });
    const { out } = await runMain(["compare", before, after, "--context", "covid"]);
    expect(out).toMatch(/median of 71 days/);
  });

  it("writes the comparison and its page", async () => {
    const out = join(folder, "documents");
    const run = await runMain(["compare", before, after, "--format", "html", "--out", out, "--lang", "fr"]);
    expect(run.exitCode).toBe(0);
    expect(existsSync(join(out, "comparison.json"))).toBe(true);
    const page = readFileSync(join(out, "comparison.fr.html"), "utf8");
    expect(page).toContain("régression");
    expect(page).toContain("NON VÉRIFIÉ");
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  it("refuses what does not compare, and names the parameter", async () => {
    const other = await measured("other", 6, "fwhm");
    const run = await runJson("compare", before, other);
    expect([run.exitCode, run.answer.code, run.answer.field]).toEqual([3, "parameters-differ", "method"]);
    const accepted = await runMain(["compare", before, other, "--accept", "method"]);
    expect(accepted.out).toMatch(/measured with another method: drawn → fwhm/);
    expect(accepted.out).not.toMatch(/regression|progression/);
  });

  it.each([
    ["missing-value", 2, () => [before]],
    ["unexpected-argument", 2, () => [before, after, before]],
    ["same-examination", 3, () => [before, before]],
    ["unknown-name", 2, () => [before, after, "--context", "flu"]],
    ["unknown-name", 2, () => [before, after, "--format", "sr"]],
    ["wrong-type", 2, () => [before, after, "--dates", "2026-01-31"]],
    ["dates-out-of-order", 3, () => [before, after, "--dates", "2026-03-02,2026-01-31"]],
    ["result-not-of-study", 3, () => [before, after, "--earlier-study", join(folder, "after-lge.nii")]],
  ] as const)("refuses with %s, exit %i", async (code, exitCode, argv) => {
    const run = await runJson("compare", ...argv());
    expect([run.answer.code, run.exitCode]).toEqual([code, exitCode]);
  });
});
