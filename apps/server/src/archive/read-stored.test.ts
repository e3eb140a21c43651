import { dataSetOf, writePart10 } from "@etalon/dicom";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { StoredInstance } from "./archive.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { explicitLittleEndian, inPieces, smallInstance } from "./testing/small-instance.ts";

const studyInstanceUid = "1.2.826.0.2.1";

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
}, 60_000);
afterEach(() => opened.empty());
afterAll(() => opened.close());

async function stored(file: Uint8Array): Promise<StoredInstance> {
  const outcome = await opened.archive.store(opened.scope, { form: "part10", bytes: inPieces(file) });
  expect(outcome).toMatchObject({ kind: "stored" });
  const [instance] = await opened.archive.instances(opened.scope, { studyInstanceUid });
  if (instance === undefined) throw new Error("not stored");
  return instance;
}

describe("frames", () => {
  it("of 1-bit pixels start at their own first bit, wherever they start in the file", async () => {
    // 3 × 3 pixels: frames start at bits 0, 9 and 18. Each has one pixel set, its number's: 0, 4 and 8.
    const bits = [0, 9 + 4, 18 + 8];
    const packed = new Uint8Array(4);
    for (const bit of bits) packed[bit >> 3] = (packed[bit >> 3] ?? 0) | (1 << (bit & 7));
    const said = { Rows: 3, Columns: 3, BitsAllocated: 1, BitsStored: 1, HighBit: 0, NumberOfFrames: 3 };
    const instance = await stored(smallInstance(1, { ...said, PixelData: packed }));
    const frames = await Promise.all([1, 2, 3].map((number) => opened.archive.frame(opened.scope, instance, number)));
    expect(frames.map((bytes) => [...bytes])).toEqual([
      [0b1, 0],
      [0b10000, 0],
      [0, 0b1],
    ]);
  });

  it("are counted from one", async () => {
    const instance = await stored(smallInstance(3));
    expect(await opened.archive.frame(opened.scope, instance, 1)).toEqual(
      new Uint8Array(new Uint16Array(16).fill(3).buffer),
    );
    for (const number of [0, 2, -1, 1.5, Number.NaN]) {
      await expect(opened.archive.frame(opened.scope, instance, number)).rejects.toMatchObject({
        code: "out-of-range",
      });
    }
  });

  it("that the pixel data does not hold are refused by name, and the object is kept", async () => {
    const instance = await stored(smallInstance(1, { NumberOfFrames: "1000000000" }));
    await expect(opened.archive.frame(opened.scope, instance, 1)).rejects.toMatchObject({ code: "dicom-malformed" });
  });

  it("of a pixel format that has none are refused by name, and the object is kept", async () => {
    const instance = await stored(smallInstance(1, { BitsAllocated: 12 }));
    await expect(opened.archive.frame(opened.scope, instance, 1)).rejects.toMatchObject({
      code: "unsupported-pixel-format",
    });
  });
});

describe("hostile objects", () => {
  it("nested beyond all use are refused", async () => {
    let item = dataSetOf({ PatientID: "x" });
    for (let depth = 0; depth < 100; depth += 1) item = { "00400275": { vr: "SQ", Value: [item] } };
    const identity = { SOPClassUID: "1.2", SOPInstanceUID: "1.3", StudyInstanceUID: "1.4", SeriesInstanceUID: "1.5" };
    const file = writePart10({ ...dataSetOf(identity), ...item }, { transferSyntaxUid: explicitLittleEndian });
    const outcome = await opened.archive.store(opened.scope, { form: "part10", bytes: inPieces(file) });
    expect(outcome).toMatchObject({ kind: "refused", errorCode: "dicom-too-deep", failureReason: 0xc000 });
  });
});
