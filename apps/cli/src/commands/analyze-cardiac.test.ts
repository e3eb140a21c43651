import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithSharedData } from "@etalon/testing";
import { expect, it } from "vitest";
import { runJson, runMain } from "../testing/run-main.ts";
import { writeAt } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const root = temporaryFolder();
const labels = { "1": "rv-blood-pool", "2": "lv-myocardium", "3": "lv-blood-pool" };

describeWithSharedData("ACDC on the command line", "3-cardiac-mr/acdc-patient041", (folder) => {
  const [ed, es] = ["patient041_frame01", "patient041_frame11"];
  const marks = (folderOfMaps: string) =>
    writeAt(
      join(root, `marks${folderOfMaps.length}.json`),
      JSON.stringify({
        schema: "etalon.marks/1",
        labelMaps: [
          { file: join(folderOfMaps, `${ed}_gt.nii.gz`), role: "end-diastole", labels },
          { file: join(folderOfMaps, `${es}_gt.nii.gz`), role: "end-systole", labels },
        ],
      }),
    );
  const asked = (marksFile: string, ...more: readonly string[]) => [
    ...["analyze", "--protocol", "cardiac/lv-function", "--marks", marksFile],
    ...["--role", `end-diastole=${join(folder, `${ed}.nii.gz`)}`],
    ...["--role", `end-systole=${join(folder, `${es}.nii.gz`)}`, ...more],
  ];

  // MANIFEST.tsv: EF 36.07 % by voxel count.
  it("measures files named by hand, and the result verifies", async () => {
    const out = join(root, "out");
    const argv = asked(
      marks(folder),
      "--set",
      "nifti-spacing=pixdim",
      "--value",
      "height=170",
      "--value",
      "weight=70kg",
    );
    const { exitCode, answer } = await runJson(...argv, "--out", out);
    expect(exitCode).toBe(0);
    expect(answer.outputs).toContainEqual(
      expect.objectContaining({ id: "lv-ejection-fraction", value: expect.closeTo(36.07, 1), unit: "%" }),
    );
    const verified = await runJson("verify", join(out, "result.json"), folder);
    expect(verified.answer).toMatchObject({ verdict: "identical" });
  });

  it("finds label maps by their name among the files given", async () => {
    const { exitCode } = await runJson(...asked(marks(""), "--set", "nifti-spacing=pixdim"), folder);
    expect(exitCode).toBe(0);
  });

  it("takes height, weight and heart rate from the facts", async () => {
    const facts = writeAt(
      join(root, "facts.json"),
      JSON.stringify({
        schema: "etalon.facts/1",
        facts: [
          { id: "height", value: 1.7, unit: "m" },
          { id: "weight", value: 70, unit: "kg" },
          { id: "heart-rate", value: 60, unit: "/min" },
        ],
      }),
    );
    const argv = asked(marks(folder), "--set", "nifti-spacing=pixdim", "--facts", facts, "--format", "html,csv,fhir");
    const { exitCode, out } = await runMain([...argv, "--out", join(root, "facts"), "--lang", "fr"]);
    expect(exitCode).toBe(0);
    expect(out).toContain("Index cardiaque");
    const report = readFileSync(join(root, "facts", "report.fr.html"), "utf8");
    expect(report).toContain("Fraction d’éjection VG");
    expect(report).toContain("diminuée");
    expect(report).not.toContain("lésion");
    expect(report).not.toMatch(/Le score/);
  });

  it("refuses a voxel size that its file contradicts, with its code", async () => {
    const { exitCode, answer } = await runJson(...asked(marks(folder)));
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code: "nifti-spacing-contradiction" });
  });
});

describeWithSharedData("EMIDEC on the command line", "3-cardiac-mr/lge-emidec-samplePositive", (folder) => {
  const labelsOfEmidec = { "1": "lv-blood-pool", "2": "lv-myocardium", "3": "infarct", "4": "no-reflow" };

  // MANIFEST.tsv: 14.61 %. The insertion lies up left of the cavity, in the images of the middle of the stack.
  it("reports the extent, segments and a bull's-eye in French", async () => {
    const marks = writeAt(
      join(root, "emidec.json"),
      JSON.stringify({
        schema: "etalon.marks/2",
        labelMaps: [
          {
            file: join(folder, "Contours", "samplePositive.nii.gz"),
            role: "late-enhancement",
            labels: labelsOfEmidec,
          },
        ],
        regions: [
          {
            id: "insertion",
            label: "anterior-rv-insertion",
            shape: { kind: "point", pointLpsMm: [150, 150, 39] },
          },
        ],
      }),
    );
    const { exitCode, out } = await runMain([
      ...["analyze", "--protocol", "cardiac/late-enhancement", "--marks", marks, "--set", "nifti-spacing=pixdim"],
      ...["--role", `late-enhancement=${join(folder, "Images", "samplePositive.nii.gz")}`],
      ...["--format", "html,csv,fhir", "--out", join(root, "emidec"), "--lang", "fr"],
    ]);
    expect(exitCode).toBe(0);
    expect(out).toContain("14,61 %");
    const report = readFileSync(join(root, "emidec", "report.fr.html"), "utf8");
    expect(report).toContain("Rehaussement par segment");
    expect(report).toContain("Inférolatéral médian");
    expect(report).toContain("aspect ischémique");
  });
});
