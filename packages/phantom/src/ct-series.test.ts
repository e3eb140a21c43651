import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ByteSource, bytesSource, numberOf, readInstanceHeader, readPart10, textOf } from "@etalon/dicom";
import { debianPython, describeWithPeer, hasProgram, hasPythonModule } from "@etalon/testing";
import { afterAll, describe, expect, it } from "vitest";
import { buildCtSeries, type CtSeries } from "./ct-series.ts";

const values = Float32Array.from([0, 0.5, -0.5, 1.4999, -1.5, 2.5, -1024.4, -2000, 64_510.6, 70_000, -1000, 130]);
/** The values above as whole HU: halves away from zero, within 0 to 65 535 stored, shifted by 1024. */
const wholeHu = [0, 1, -1, 1, -2, 3, -1024, -1024, 64_511, 64_511, -1000, 130];

const series: CtSeries = {
  identity: "test",
  columns: 4,
  rows: 3,
  pixelSpacingMm: [0.5, 0.25],
  orientation: [1, 0, 0, 0, 1, 0],
  thicknessMm: 2.5,
  kvp: 100,
  slices: [
    { values, positionLpsMm: [-10.5, 20.25, -3], instanceNumber: 2 },
    {
      values: Int16Array.from(wholeHu, (hu) => Math.min(hu, 3000)),
      positionLpsMm: [-10.5, 20.25, -0.5],
      instanceNumber: 1,
    },
  ],
};

const sources = (of: CtSeries): ByteSource[] =>
  [...buildCtSeries(of)].map(({ name, bytes }) => bytesSource(name, bytes));

/** The pixel data is the last element, two bytes per pixel in little endian. */
function storedOf(bytes: Uint8Array, count: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset + bytes.byteLength - 2 * count, 2 * count);
  return Array.from({ length: count }, (_, i) => view.getUint16(2 * i, true));
}

describe("a synthetic CT series", () => {
  it("rounds halves away from zero and clips to sixteen bits", () => {
    const [first, second] = [...buildCtSeries(series)];
    expect(storedOf(first.bytes, 12).map((stored) => stored - 1024)).toEqual(wholeHu);
    expect(storedOf(second.bytes, 12).map((stored) => stored - 1024)).toEqual(wholeHu.map((hu) => Math.min(hu, 3000)));
  });

  it("makes the same bytes again, and other UIDs for another identity", async () => {
    const files = buildCtSeries(series);
    expect([...files]).toEqual([...files]);
    const header = async (of: CtSeries) => {
      const [source] = sources(of);
      return readInstanceHeader(await readPart10(source, { until: "end" }), source.name);
    };
    const [one, other] = [await header(series), await header({ ...series, identity: "other" })];
    expect(one.sopInstanceUid).not.toBe(other.sopInstanceUid);
    expect(one.seriesInstanceUid).not.toBe(other.seriesInstanceUid);
    expect(one.studyInstanceUid).not.toBe(other.studyInstanceUid);
  });

  it("says where each slice lies and what it was made with", async () => {
    const [source] = sources(series);
    expect(source.name).toBe("IM0002.dcm");
    expect(readInstanceHeader(await readPart10(source, { until: "end" }), source.name)).toMatchObject({
      modality: "CT",
      instanceNumber: 2,
      rows: 3,
      columns: 4,
      tubeVoltageKv: 100,
      frames: [{ positionLpsMm: [-10.5, 20.25, -3] }],
    });
  });

  it("lets a slice's attributes replace the series', and those the usual ones", async () => {
    const [slice] = [...series.slices];
    const changed = sources({
      ...series,
      attributes: { PatientID: "of the series", RescaleSlope: 2, ContrastBolusAgent: "agent", StudyID: undefined },
      slices: [{ ...slice, attributes: { PatientID: "of the slice", SOPInstanceUID: "1.2.3" } }],
    });
    const { dataSet } = await readPart10(changed[0], { until: "end" });
    expect(textOf(dataSet, "00100020")).toBe("of the slice");
    expect(textOf(dataSet, "00080018")).toBe("1.2.3");
    expect(textOf(dataSet, "00180010")).toBe("agent");
    expect(numberOf(dataSet, "00281053")).toBe(2);
    expect(dataSet).not.toHaveProperty("00200010");
  });
});

const folder = mkdtempSync(join(tmpdir(), "etalon-ct-series-"));
afterAll(() => rmSync(folder, { recursive: true }));
const paths = [...buildCtSeries(series)].map(({ name, bytes }) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
});

describeWithPeer("pydicom", { name: "python3-pydicom", isPresent: hasPythonModule("pydicom, numpy") }, () => {
  it("reads the same geometry and pixels", () => {
    const script = `
import json, sys, warnings
warnings.simplefilter("error")
import pydicom
pydicom.config.settings.reading_validation_mode = pydicom.config.RAISE
out = []
for path in sys.argv[1:]:
    d = pydicom.dcmread(path)
    for element in d.iterall(): str(element.value)
    out.append(dict(
        position=[float(x) for x in d.ImagePositionPatient], orientation=[float(x) for x in d.ImageOrientationPatient],
        spacing=[float(x) for x in d.PixelSpacing], thickness=float(d.SliceThickness), kvp=float(d.KVP),
        name=str(d.PatientName), sop=[d.file_meta.MediaStorageSOPInstanceUID == d.SOPInstanceUID, d.SOPInstanceUID.is_valid],
        hu=(d.pixel_array * int(d.RescaleSlope) + int(d.RescaleIntercept)).ravel().tolist(), shape=d.pixel_array.shape))
print(json.dumps(out))`;
    const { stdout, stderr } = spawnSync(debianPython, ["-c", script, ...paths], { encoding: "utf8" });
    expect(stderr).toBe("");
    const shared = {
      orientation: [1, 0, 0, 0, 1, 0],
      spacing: [0.5, 0.25],
      thickness: 2.5,
      kvp: 100,
      name: "Fantôme^Étalon",
      sop: [true, true],
      shape: [3, 4],
    };
    expect(JSON.parse(stdout)).toEqual([
      { ...shared, position: [-10.5, 20.25, -3], hu: wholeHu },
      { ...shared, position: [-10.5, 20.25, -0.5], hu: wholeHu.map((hu) => Math.min(hu, 3000)) },
    ]);
  });
});

describeWithPeer("DCMTK", { name: "dcmdump", isPresent: hasProgram("dcmdump") }, () => {
  it("reads the files without a warning", () => {
    const { status, stdout, stderr } = spawnSync("dcmdump", ["+U8", ...paths], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("(0020,0032) DS [-10.5\\20.25\\-3]");
    expect(stdout).toContain("(0010,0010) PN [Fantôme^Étalon]");
  });
});
