import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runMain } from "../testing/run-main.ts";
import { tinySeries, writeAt, writeFiles } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const root = temporaryFolder();

describe("ledger", () => {
  const files = tinySeries({ slices: 9, attributes: { SeriesDescription: "Cœur" } });
  const study = writeFiles(
    join(root, "study"),
    files.filter((_, index) => index !== 4),
  );
  for (let i = 0; i < 8; i++) writeAt(join(study, "texts", `${i}.txt`), "text");
  writeAt(join(study, "copy.dcm"), files[0]?.bytes ?? "");
  writeAt(join(study, "cut.dcm"), tinySeries({ identity: "cut" })[0]?.bytes.subarray(0, 400) ?? "");
  symlinkSync("nowhere", join(study, "link"));

  it("shows stacks in columns, files left aside by reason and notes as sentences", async () => {
    const { exitCode, out } = await runMain(["ledger", study]);
    expect(exitCode).toBe(0);
    const lines = out.split("\n");
    expect(lines[1]).toMatch(/^ {2}series +columns × rows × slices +increment +other axes +id$/);
    expect(lines[2]).toMatch(/^ {2}CT Cœur +16 × 16 × 8 +3 mm +2\.25\.\d+$/);
    expect(lines[2]?.indexOf("16 ×")).toBe(lines[1]?.indexOf("columns"));
    expect(out).toContain("  not DICOM: 8\n");
    expect(out).toContain("    … +3\n");
    expect(out).toContain("  identical copy: 1\n");
    expect(out).toMatch(/broken or unreadable \[dicom-truncated\]: 1\n.*cut\.dcm \(.*@/);
    expect(out).toMatch(/broken or unreadable \[file-unreadable\]: 1\n.*link \(ENOENT/);
    expect(out).toContain("slices missing: 1, at 12 mm [missing-slices]");
  });

  it("speaks French", async () => {
    const { out } = await runMain(["ledger", study, "--lang", "fr"]);
    expect(out).toContain("Fichiers laissés de côté");
    expect(out).toContain("  pas du DICOM: 8\n");
    expect(out).toContain("coupes manquantes : 1, à 12 mm");
  });

  it("says that there is nothing", async () => {
    expect((await runMain(["ledger", join(study, "texts", "0.txt")])).out).toMatch(/^Stacks of images\n {2}none\n/);
  });

  it("names the versions of one object by what --choose takes", async () => {
    const versions = writeFiles(join(root, "versions"), tinySeries());
    const other = writeAt(join(versions, "other.dcm"), tinySeries({ calciumHu: 350 })[1]?.bytes ?? "");
    const { out } = await runMain(["ledger", versions]);
    const hash = new RegExp(`${other} \\(sha256 ([0-9a-f]{16})\\)`).exec(out)?.[1];
    const uid = /share the UID ([0-9.]+);/.exec(out)?.[1];
    expect((await runMain(["ledger", versions, "--choose", `${uid}=${hash}`])).out).toContain("was chosen");
  });
});
