import { createCodecSet, decodeFrame } from "@etalon/dicom";
import { expect, test } from "vitest";
import { pictureValues } from "./picture-values.ts";
import { storedFrame } from "./stored-frame.ts";

const frame = { frameIndex: 2, rescaleSlope: 1, rescaleIntercept: -1024, axes: {} };
const header = {
  transferSyntaxUid: "",
  sopClassUid: "1",
  sopInstanceUid: "1.2",
  studyInstanceUid: "1",
  seriesInstanceUid: "1.1",
  modality: "CT",
  imageType: [],
  rows: 1,
  columns: 2,
  numberOfFrames: 3,
  samplesPerPixel: 1,
  photometricInterpretation: "MONOCHROME2",
  bitsAllocated: 16,
  bitsStored: 16,
  isSigned: false,
  hasPixelData: true,
  frames: [],
};
const pixelModule = { "00280102": { vr: "US", Value: [15] } };

test("the stored bytes of one frame of many are decoded and rescaled", async () => {
  const bytes = Uint8Array.from([0x00, 0x04, 0x10, 0x04]);
  const type = "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1";
  const stored = storedFrame({ id: "1.2/3", picture: { header, frame, pixelModule, tableUrls: {} } }, bytes, type);
  const options = { header: stored.header, frameIndex: 0, codecs: createCodecSet() };
  const picture = pictureValues(
    await decodeFrame(stored.source, stored.part10, options),
    { frame, header },
    pixelModule,
  );
  // 1024 − 1024 and 1040 − 1024.
  expect(picture).toEqual({
    values: Int16Array.from([0, 16]),
    rows: 1,
    columns: 2,
    samplesPerPixel: 1,
    min: 0,
    max: 16,
  });
});

test("a compressed frame is one fragment of encapsulated pixel data", async () => {
  // RLE (PS3.5 annex G): two segments, the high bytes 04 04, the low bytes 00 10.
  const rle = new Uint8Array(64 + 6);
  new DataView(rle.buffer).setUint32(0, 2, true);
  new DataView(rle.buffer).setUint32(4, 64, true);
  new DataView(rle.buffer).setUint32(8, 66, true);
  rle.set([0xff, 0x04, 0x01, 0x00, 0x10], 64);
  const type = "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.5";
  const stored = storedFrame({ id: "1.2/3", picture: { header, frame, pixelModule, tableUrls: {} } }, rle, type);
  const options = { header: stored.header, frameIndex: 0, codecs: createCodecSet() };
  const { samples } = await decodeFrame(stored.source, stored.part10, options);
  expect([...samples]).toEqual([0x0400, 0x0410]);
});

test("values that do not fit 16 bits are floats", () => {
  const pixels = {
    rows: 1,
    columns: 2,
    samplesPerPixel: 1,
    samples: Uint16Array.from([0, 40000]),
    photometricInterpretation: "MONOCHROME2",
    isLossy: false,
  };
  const { values } = pictureValues(pixels, { frame: { ...frame, rescaleIntercept: 0 }, header }, {});
  expect(values).toEqual(Float32Array.from([0, 40000]));
});
