import { bytesSource, dataSetOf, writePart10 } from "@etalon/dicom";
import { buildLedger, createFrameReader, type Received, receiveSource } from "@etalon/volume";
import { describe, expect, it } from "vitest";
import { parseMarks } from "./marks.ts";
import { resolveSegmentRegion } from "./segment-region.ts";

/** Two frames of 8 × 2 pixels, 2 mm apart: segment 1 holds columns 0 to 3 of frame 1, segment 2 the whole of frame 2. */
function segmentation(bitsAllocated: 1 | 8): Uint8Array {
  const frame = (z: number, segment: number) => ({
    PlanePositionSequence: [{ ImagePositionPatient: [10, 20, z] }],
    SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segment }],
  });
  const pixels = bitsAllocated === 1 ? Uint8Array.of(0x0f, 0x0f, 0xff, 0xff) : new Uint8Array(32).fill(1);
  const dataSet = dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.66.4",
    SOPInstanceUID: "2.25.7",
    StudyInstanceUID: "2.25.8",
    SeriesInstanceUID: "2.25.9",
    Modality: "SEG",
    Rows: 2,
    Columns: 8,
    NumberOfFrames: 2,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    BitsAllocated: bitsAllocated,
    BitsStored: bitsAllocated,
    HighBit: bitsAllocated - 1,
    PixelRepresentation: 0,
    SharedFunctionalGroupsSequence: [
      {
        PlaneOrientationSequence: [{ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }],
        PixelMeasuresSequence: [{ PixelSpacing: [1, 1], SliceThickness: 2 }],
      },
    ],
    PerFrameFunctionalGroupsSequence: [frame(30, 1), frame(32, 2)],
    PixelData: pixels,
  });
  return writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
}

async function resolve(segmentNumber: number, bitsAllocated: 1 | 8 = 1): ReturnType<typeof resolveSegmentRegion> {
  const source = bytesSource("seg.dcm", segmentation(bitsAllocated));
  const received: Received = await receiveSource("seg.dcm", source);
  const { regions } = parseMarks({
    schema: "etalon.marks/1",
    regions: [{ id: "r1", label: "LAD", shape: { kind: "segment", sopInstanceUid: "2.25.7", segmentNumber } }],
  });
  return resolveSegmentRegion(
    regions[0],
    buildLedger([received], new Map()),
    createFrameReader(new Map([["seg.dcm", async () => source]])),
  );
}

describe("a segment as a region", () => {
  it("holds the points whose nearest voxel it holds, half a slice deep", async () => {
    const { region } = await resolve(1);
    // Columns 0 to 3 have their centres at x = 10 … 13; voxel borders lie at 9.5 and 13.5, slice borders at 29 and 31.
    expect(region.holds([10, 20, 30])).toBe(true);
    expect(region.holds([13.4, 21.4, 30.9])).toBe(true);
    expect(region.holds([13.6, 20, 30])).toBe(false);
    expect(region.holds([10, 20, 31.1])).toBe(false);
    expect(region.holds([9.4, 20, 30])).toBe(false);
  });

  it("is bounded by the voxels of its frames", async () => {
    const { region } = await resolve(2);
    expect(region.minLpsMm).toEqual([9.5, 19.5, 31]);
    expect(region.maxLpsMm).toEqual([17.5, 21.5, 33]);
    expect(region.holds([17.4, 21.4, 32])).toBe(true);
  });

  it("names the object it was read from, for the recipe", async () => {
    const { uid, dataSetSha256 } = await resolve(1);
    expect(uid).toBe("2.25.7");
    expect(dataSetSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("refuses a segment that is not there, and one that is not binary", async () => {
    await expect(resolve(3)).rejects.toThrow(expect.objectContaining({ code: "missing-value" }));
    await expect(resolve(1, 8)).rejects.toThrow(expect.objectContaining({ code: "unsupported-pixel-format" }));
  });
});
