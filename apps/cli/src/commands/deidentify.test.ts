import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataSetOf, writePart10 } from "@etalon/dicom";
import { expect, it } from "vitest";
import { runJson, runMain } from "../testing/run-main.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const root = temporaryFolder();

it("measures a study without identity as the study itself", async () => {
  const study = join(root, "study");
  const key = join(root, "key");
  writeFileSync(key, "a secret of more than sixteen bytes");
  await runMain(["phantom", "thorax", study, "--thickness", "10", "--increment", "10", "--kvp", "100"]);
  const [dicom, marks] = [join(study, "dicom"), join(study, "marks.json")];
  const out = join(root, "out");
  const report = join(root, "report.json");
  const names = "retain-longitudinal-modified-dates,clean-descriptors,retain-patient-characteristics,retain-uids";
  const argv = [dicom, "--profile", "basic", "--options", names, "--key", key, "--out", out, "--report", report];
  const run = await runMain(["deidentify", ...argv, "--lang", "fr"]);
  const count = readdirSync(dicom).length;
  expect(run).toMatchObject({ exitCode: 0, err: `${count} fichiers écrits dans ${out}, 0 refusés\n` });
  expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ schema: "etalon.deidentification/1" });
  expect(readFileSync(report, "utf8")).not.toContain("PHANTOM");
  const before = await runJson("analyze", dicom, "--marks", marks);
  const after = await runJson("analyze", out, "--marks", marks);
  expect(after.answer["outputs"]).toEqual(before.answer["outputs"]);
  expect(before.answer["outputs"]).toBeDefined();
}, 60_000);

it("refuses what may show a name, and writes the rest", async () => {
  const secondary = dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.7",
    SOPInstanceUID: "1.2.3.4.5",
    PatientName: "Roy^Luc",
    Rows: 2,
    Columns: 2,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    PixelData: Uint8Array.of(1, 2, 3, 4),
  });
  const path = join(root, "screen.dcm");
  writeFileSync(path, writePart10(secondary, { transferSyntaxUid: "1.2.840.10008.1.2.1" }));
  const refused = await runJson("deidentify", path, "--out", join(root, "refused"));
  expect(refused).toMatchObject({ exitCode: 3, answer: { files: [{ refused: "burned-in-suspected" }] } });
  const blanked = await runJson("deidentify", path, "--out", join(root, "blanked"), "--blank", "0,0,2,1");
  expect(blanked).toMatchObject({ exitCode: 0, answer: { files: [{ pixels: "blanked" }] } });
  const wrong = await runJson("deidentify", path, "--out", join(root, "wrong"), "--options", "retain-everything");
  expect(wrong).toMatchObject({ exitCode: 2, answer: { code: "unknown-name" } });
});
