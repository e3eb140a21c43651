import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "@etalon/base";
import { describe, expect, it } from "vitest";
import { runJson, runMain } from "../testing/run-main.ts";
import { writeAt } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const root = temporaryFolder();
// As few slices as there can be, so that the tests stay short.
const coarse = ["--thickness", "10", "--increment", "10", "--kvp", "100"];

/** SHA-256 of every file below a folder, by path. */
function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map(({ name, parentPath }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length), sha256Hex(readFileSync(path))];
    }),
  );
}

describe("phantom", () => {
  it("writes images, truth and marks that analyze takes, the same bytes for the same seed", async () => {
    const [first, same, other] = [join(root, "first"), join(root, "same"), join(root, "other")];
    const { exitCode, answer, err } = await runJson("phantom", "thorax", first, ...coarse, "--seed", "7");
    expect({ exitCode, answer }).toEqual({
      exitCode: 0,
      answer: {
        dicom: join(first, "dicom"),
        truth: join(first, "truth.json"),
        marks: join(first, "marks.json"),
        slices: readdirSync(join(first, "dicom")).length,
      },
    });
    expect(err).toBe(`Building ${answer.slices} slices\n`);
    await runMain(["phantom", "thorax", same, ...coarse, "--seed", "7"]);
    await runMain(["phantom", "thorax", other, ...coarse, "--seed", "8"]);
    expect(filesIn(same)).toEqual(filesIn(first));
    expect(filesIn(other)["/dicom/IM0001.dcm"]).not.toBe(filesIn(first)["/dicom/IM0001.dcm"]);
    const measured = await runJson("analyze", join(first, "dicom"), "--marks", join(first, "marks.json"));
    expect(measured.exitCode).toBe(0);
    expect(measured.answer.quality).toContainEqual(
      expect.objectContaining({ code: "tube-voltage-not-120", details: { tubeVoltageKv: 100 } }),
    );
  });

  it("prints where things are, a line each", async () => {
    const folder = join(root, "printed");
    const { exitCode, out, err } = await runMain(["phantom", "thorax", folder, ...coarse, "--lang", "fr"]);
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: ["dicom", "truth.json", "marks.json"].map((name) => `${join(folder, name)}\n`).join(""),
    });
    expect(err).toMatch(/^Construction de \d+ coupes\n$/);
  });

  it.each(["dicom/IM0001.dcm", "truth.json", "marks.json"])("writes over no %s", async (name) => {
    const folder = join(root, `mine-${name.slice(0, 5)}`);
    const mine = writeAt(join(folder, name), "mine");
    const { exitCode, answer } = await runJson("phantom", "thorax", folder, ...coarse);
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code: "already-exists" });
    expect(readFileSync(mine, "utf8")).toBe("mine");
    expect(Object.keys(filesIn(folder))).toEqual([`/${name}`]);
  });

  it.each([
    ["--kvp", "110", 2, "unknown-name"],
    ["--thickness", "-1", 3, "out-of-range"],
    ["--increment", "0", 3, "out-of-range"],
    ["--seed", "1.5", 3, "out-of-range"],
  ])("refuses %s %s", async (...[option, value, exitCode, code]) => {
    const refused = await runJson("phantom", "thorax", join(root, "never"), option, value);
    expect({ exitCode: refused.exitCode, code: refused.answer.code }).toEqual({ exitCode, code });
    expect(readdirSync(root)).not.toContain("never");
  });
});
