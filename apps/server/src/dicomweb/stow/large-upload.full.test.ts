import { request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { dataSetOf, writePart10 } from "@etalon/dicom";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestArchive, type TestArchive } from "../../archive/testing/open-test-archive.ts";
import { type ServedDicomweb, serveDicomweb } from "../testing/served-dicomweb.ts";

const mebibyte = 1024 * 1024;
/** Frames of 1024 × 512 pixels of 16 bits: a mebibyte each. */
const frames = 400;

let opened: TestArchive;
let served: ServedDicomweb;
beforeAll(async () => {
  opened = await openTestArchive();
  served = await serveDicomweb({ archive: opened.archive, scopeOf: () => opened.scope });
});
afterAll(async () => {
  await served.app.close();
  await opened.close();
});

/** A Part 10 file up to the value of its pixel data. */
function header(): Uint8Array {
  const dataSet = dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.7.3",
    SOPInstanceUID: "1.2.9.3",
    StudyInstanceUID: "1.2.9.1",
    SeriesInstanceUID: "1.2.9.2",
    Modality: "OT",
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    NumberOfFrames: frames,
    Rows: 1024,
    Columns: 512,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
  });
  const pixels = new DataView(new ArrayBuffer(12));
  pixels.setUint32(0, 0x00107fe0, true);
  pixels.setUint16(4, 0x574f, true);
  pixels.setUint32(8, frames * mebibyte, true);
  return Buffer.concat([
    writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" }),
    new Uint8Array(pixels.buffer),
  ]);
}

it("takes an instance of 400 MiB in less than 150 MiB of memory", async () => {
  const piece = new Uint8Array(mebibyte).fill(7);
  async function* body(): AsyncGenerator<Uint8Array> {
    yield header();
    for (let count = 0; count < frames; count++) yield piece;
  }
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 10);
  const status = await new Promise((resolve, reject) => {
    const headers = { "content-type": "application/dicom" };
    const sent = request(`${served.url}/studies`, { method: "POST", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    pipeline(Readable.from(body()), sent).catch(reject);
  });
  clearInterval(watch);
  expect(status).toBe(200);
  // Buffers of the sockets, of both ends of this process, and of the file.
  expect(peak - before).toBeLessThan(150 * mebibyte);
  const path = "/studies/1.2.9.1/series/1.2.9.2/instances/1.2.9.3";
  const frame = await fetch(`${served.url}${path}/frames/${frames}`, {
    headers: { accept: "application/octet-stream" },
  });
  expect(Buffer.from(await frame.arrayBuffer()).equals(piece)).toBe(true);
});
