import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianPython, describeWithPeer, hasProgram, hasPythonModule } from "@etalon/testing";
import { afterAll, expect, test } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { dataSetOf, type KeywordRecord } from "./data-set-of.ts";
import { readDicomdirReferences } from "./dicomdir-references.ts";
import { readPart10 } from "./read-part10.ts";
import { createDicomdir, type DicomdirFile } from "./write-dicomdir.ts";
import { writePart10 } from "./write-part10.ts";

const folder = mkdtempSync(join(tmpdir(), "etalon-dicomdir-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const explicitUid = "1.2.840.10008.1.2.1";

/** An image of a patient, a study, a series. */
function image(numbers: readonly [number, number, number, number]): KeywordRecord {
  const [patient, study, series, number] = numbers;
  return {
    SpecificCharacterSet: "ISO_IR 192",
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.7",
    SOPInstanceUID: `1.2.3.${patient}.${study}.${series}.${number}`,
    PatientName: `Né^Zoé${patient}`,
    PatientID: `P${patient}`,
    StudyInstanceUID: `1.2.3.${patient}.${study}`,
    SeriesInstanceUID: `1.2.3.${patient}.${study}.${series}`,
    StudyDate: "20260102",
    Modality: "OT",
    SeriesNumber: series,
    InstanceNumber: number,
    Rows: 2,
    Columns: 2,
  };
}

const records = [
  image([1, 1, 1, 1]),
  image([1, 1, 1, 2]),
  image([1, 1, 2, 1]),
  image([1, 2, 1, 1]),
  image([2, 1, 1, 1]),
];
const files = records.map((record, index) => ({
  fileId: ["DICOM", `IM${index + 1}`],
  transferSyntaxUid: explicitUid,
  dataSet: dataSetOf(record),
}));
function dicomdir(named: readonly DicomdirFile[]): Uint8Array {
  const directory = createDicomdir();
  for (const file of named) directory.add(file);
  return directory.bytes("1.2.3.99");
}

const bytes = dicomdir(files);

test("names the files", async () => {
  const { dataSet } = await readPart10(bytesSource("DICOMDIR", bytes), { until: "end" });
  expect(readDicomdirReferences(dataSet)).toEqual(files.map(({ fileId }) => fileId.join("/")));
});

test("what is neither image, report nor document is left out", async () => {
  const raw = dataSetOf({ ...image([1, 1, 1, 1]), Rows: [], Columns: [] });
  const written = dicomdir([{ fileId: ["A"], transferSyntaxUid: explicitUid, dataSet: raw }]);
  const { dataSet } = await readPart10(bytesSource("DICOMDIR", written), { until: "end" });
  expect(readDicomdirReferences(dataSet)).toEqual([]);
});

function writeFileSet(): string {
  mkdirSync(join(folder, "DICOM"), { recursive: true });
  for (const [index, record] of records.entries()) {
    const pixels = { BitsAllocated: 8, BitsStored: 8, HighBit: 7, PixelRepresentation: 0, SamplesPerPixel: 1 };
    const whole = { ...record, ...pixels, PhotometricInterpretation: "MONOCHROME2", PixelData: new Uint8Array(4) };
    writeFileSync(
      join(folder, "DICOM", `IM${index + 1}`),
      writePart10(dataSetOf(whole), { transferSyntaxUid: explicitUid }),
    );
  }
  const path = join(folder, "DICOMDIR");
  writeFileSync(path, bytes);
  return path;
}

const pydicom = { name: "pydicom", isPresent: hasPythonModule("pydicom") };
describeWithPeer("pydicom's FileSet", pydicom, () => {
  test("walks it, and finds every file where it is said to be", () => {
    const script = `
import json, sys
from pydicom.fileset import FileSet
fs = FileSet(sys.argv[1])
print(json.dumps([[str(i.load().PatientName), i.StudyInstanceUID, i.SeriesInstanceUID, i.load().SOPInstanceUID] for i in fs]))`;
    const run = spawnSync(debianPython, ["-c", script, writeFileSet()], { encoding: "utf8" });
    expect(run.stderr).toBe("");
    expect(JSON.parse(run.stdout)).toEqual(
      records.map((record) => [
        record["PatientName"],
        record["StudyInstanceUID"],
        record["SeriesInstanceUID"],
        record["SOPInstanceUID"],
      ]),
    );
  });
});

const dicom3tools = { name: "dicom3tools", isPresent: hasProgram("dciodvfy", ["-version"]) };
describeWithPeer("dciodvfy", dicom3tools, () => {
  test("finds no error", () => {
    const { stderr } = spawnSync("dciodvfy", ["-new", writeFileSet()], { encoding: "utf8" });
    expect(stderr.split("\n").filter((line) => line.startsWith("Error"))).toEqual([]);
    expect(stderr).toContain("BasicDirectory");
  });
});
