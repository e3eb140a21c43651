import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { dataSetOf, type KeywordRecord } from "./data-set-of.ts";
import type { InstanceHeader } from "./instance.ts";
import { readInstanceHeader } from "./instance-header.ts";
import { readPart10 } from "./read-part10.ts";
import { writePart10 } from "./write-part10.ts";

const identity = { SOPClassUID: "1.2.840.10008.5.1.4.1.1.2", SOPInstanceUID: "1.2.3" };

async function headerOf(record: KeywordRecord): Promise<InstanceHeader> {
  const bytes = writePart10(dataSetOf({ ...identity, ...record }), { transferSyntaxUid: "1.2.840.10008.1.2.1" });
  const part10 = await readPart10(bytesSource("written", bytes), { until: "pixel-data" });
  return readInstanceHeader(part10, "written");
}

const image = { Rows: 2, Columns: 2, BitsAllocated: 16, BitsStored: 12, PixelRepresentation: 1 };

describe("readInstanceHeader", () => {
  it("reads a single frame's place, rescale and padding", async () => {
    const header = await headerOf({
      ...image,
      ImagePositionPatient: [-1.5, 2, 3],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      PixelSpacing: [0.5, 0.25],
      RescaleSlope: 2,
      RescaleIntercept: -1024,
      PixelPaddingValue: -2000,
      KVP: 120,
      PixelData: new Uint8Array(8),
    });
    expect(header).toMatchObject({
      rows: 2,
      numberOfFrames: 1,
      isSigned: true,
      hasPixelData: true,
      tubeVoltageKv: 120,
    });
    expect(header.pixelPadding).toEqual([-2000, -2000]);
    expect(header.frames).toEqual([
      {
        frameIndex: 0,
        positionLpsMm: [-1.5, 2, 3],
        orientation: [1, 0, 0, 0, 1, 0],
        pixelSpacingMm: [0.5, 0.25],
        rescaleSlope: 2,
        rescaleIntercept: -1024,
        axes: {},
      },
    ]);
  });

  it("takes a frame's own functional group before the shared one", async () => {
    const header = await headerOf({
      ...image,
      NumberOfFrames: 2,
      SharedFunctionalGroupsSequence: [
        {
          PixelMeasuresSequence: [{ PixelSpacing: [1, 1], SliceThickness: 3 }],
          PlaneOrientationSequence: [{ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }],
          MRDiffusionSequence: [{ DiffusionBValue: 0 }],
          CTXRayDetailsSequence: [{ KVP: 100 }],
        },
      ],
      PerFrameFunctionalGroupsSequence: [
        { PlanePositionSequence: [{ ImagePositionPatient: [0, 0, 0] }] },
        {
          PlanePositionSequence: [{ ImagePositionPatient: [0, 0, 3] }],
          MRDiffusionSequence: [{ DiffusionBValue: 800 }],
          CardiacSynchronizationSequence: [{ NominalCardiacTriggerDelayTime: 25.5 }],
        },
      ],
      PixelData: new Uint8Array(16),
    });
    expect(header.tubeVoltageKv).toBe(100);
    expect(header.frames.map((frame) => frame.positionLpsMm)).toEqual([
      [0, 0, 0],
      [0, 0, 3],
    ]);
    expect(header.frames.map((frame) => frame.axes)).toEqual([
      { bValueSPerMm2: 0 },
      { bValueSPerMm2: 800, triggerTimeMs: 25.5 },
    ]);
    expect(header.frames[1]).toMatchObject({ sliceThicknessMm: 3, pixelSpacingMm: [1, 1] });
  });

  it("takes what no group says from the data set, a position only for a single frame", async () => {
    const classic = {
      ...image,
      ImagePositionPatient: [1, 2, 3],
      PixelSpacing: [0.5, 0.5],
      SharedFunctionalGroupsSequence: [{}],
    };
    const [single] = (await headerOf({ ...classic, PixelData: new Uint8Array(8) })).frames;
    expect(single).toMatchObject({ positionLpsMm: [1, 2, 3], pixelSpacingMm: [0.5, 0.5] });
    const { frames } = await headerOf({ ...classic, NumberOfFrames: 2, PixelData: new Uint8Array(16) });
    expect(frames.map((frame) => [frame.positionLpsMm, frame.pixelSpacingMm])).toEqual([
      [undefined, [0.5, 0.5]],
      [undefined, [0.5, 0.5]],
    ]);
  });

  it("reads the groups of 20 000 frames in a time that grows with their number", async () => {
    const count = 20_000;
    const start = performance.now();
    const header = await headerOf({
      ...image,
      NumberOfFrames: count,
      PerFrameFunctionalGroupsSequence: Array.from({ length: count }, (_, z) => ({
        PlanePositionSequence: [{ ImagePositionPatient: [0, 0, z] }],
      })),
      PixelData: new Uint8Array(8 * count),
    });
    expect(header.frames[count - 1]?.positionLpsMm).toEqual([0, 0, count - 1]);
    // Looking the groups up for each frame anew takes over 10 s.
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("carries a dose grid along its normal by GridFrameOffsetVector", async () => {
    const header = await headerOf({
      ...image,
      NumberOfFrames: 2,
      ImagePositionPatient: [0, 0, 10],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      GridFrameOffsetVector: [0, 2.5],
      PixelData: new Uint8Array(16),
    });
    expect(header.frames.map((frame) => frame.positionLpsMm)).toEqual([
      [0, 0, 10],
      [0, 0, 12.5],
    ]);
  });

  it("leaves an object without geometry or image without them", async () => {
    const header = await headerOf({ Modality: "SR" });
    expect(header).toMatchObject({ rows: 0, numberOfFrames: 0, frames: [], hasPixelData: false, modality: "SR" });
  });

  it("refuses an object without SOP Instance UID, and more frames than the pixel data can hold", async () => {
    const anonymous = { meta: {}, dataSet: {}, transferSyntaxUid: "1.2.840.10008.1.2.1", dataSetOffset: 0 };
    expect(() => readInstanceHeader(anonymous, "f")).toThrow(expect.objectContaining({ code: "missing-attribute" }));
    await expect(
      headerOf({ ...image, NumberOfFrames: 2_000_000_000, PixelData: new Uint8Array(16) }),
    ).rejects.toMatchObject({ code: "dicom-malformed", field: "(0028,0008)" });
  });
});

describeWithSharedData("readInstanceHeader on a real scanner's files", "1-calcium/qrm-canon-large-rep1", (folder) => {
  it("reads the 47 slices of the Canon phantom, 3 mm apart (MANIFEST.tsv)", async () => {
    const names = (await readdir(folder)).filter((name) => /^[0-9A-F]{8}$/.test(name));
    const headers = await Promise.all(
      names.map(async (name) => {
        const bytes = await readFile(join(folder, name));
        return readInstanceHeader(await readPart10(bytesSource(name, bytes), { until: "pixel-data" }), name);
      }),
    );
    const places = headers.map((header) => header.frames[0]?.positionLpsMm?.[2] ?? Number.NaN).sort((a, b) => a - b);
    expect(places).toHaveLength(47);
    for (let i = 1; i < places.length; i++) expect(places[i] - places[i - 1]).toBeCloseTo(3, 9);
    expect(headers[0]).toMatchObject({ rows: 512, columns: 512, modality: "CT", tubeVoltageKv: 120 });
  });
});
