import { readFile, writeFile } from "node:fs/promises";
import { dataSetOf, writePart10 } from "@etalon/dicom";
import type { ArchivePeer } from "./archive-peer.ts";
import { send } from "./http-client.ts";
import { multipartBody, multipartType } from "./multipart.ts";

/** Memory of an archive's process before and during an upload, bytes. */
export interface UploadMemory {
  readonly name: string;
  readonly uploadedBytes: number;
  readonly beforeBytes: number;
  readonly peakBytes: number;
  readonly seconds: number;
}

const mebibyte = 2 ** 20;
const piece = new Uint8Array(mebibyte).fill(7);

/** STOW-RS of one request: first one instance of so many MiB, then the same in instances of half a MiB. */
export async function measureUpload(peer: ArchivePeer, mebibytes: number): Promise<UploadMemory[]> {
  return [
    await upload(peer, `${peer.name}, one instance`, oneInstance(mebibytes)),
    await upload(peer, `${peer.name}, ${2 * mebibytes} instances`, manyInstances(2 * mebibytes)),
  ];
}

async function upload(peer: ArchivePeer, name: string, body: AsyncIterable<Uint8Array>): Promise<UploadMemory> {
  // The kernel's own peak, started anew (proc(5), clear_refs 5).
  await writeFile(`/proc/${peer.pid}/clear_refs`, "5");
  const beforeBytes = await memoryOf(peer, "VmRSS");
  const began = performance.now();
  let uploadedBytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const each of body) {
      uploadedBytes += each.length;
      yield each;
    }
  }
  const headers = { "content-type": multipartType, accept: "application/dicom+json" };
  await send(`${peer.dicomwebUrl}/studies`, headers, counted());
  const seconds = (performance.now() - began) / 1000;
  return { name, uploadedBytes, beforeBytes, peakBytes: await memoryOf(peer, "VmHWM"), seconds };
}

async function* oneInstance(mebibytes: number): AsyncGenerator<Uint8Array> {
  const [open, , close] = multipartBody([new Uint8Array(0)]);
  if (open === undefined || close === undefined) throw new Error("no body");
  yield open;
  yield instanceStart({ index: 0, rows: 1024, columns: 512, frames: mebibytes, pixelBytes: mebibytes * mebibyte });
  for (let count = 0; count < mebibytes; count++) yield piece;
  yield close;
}

async function* manyInstances(count: number): AsyncGenerator<Uint8Array> {
  const [open, , close] = multipartBody([new Uint8Array(0)]);
  if (open === undefined || close === undefined) throw new Error("no body");
  for (let index = 1; index <= count; index++) {
    yield open;
    yield instanceStart({ index, rows: 512, columns: 512, frames: 1, pixelBytes: mebibyte / 2 });
    yield piece.subarray(0, mebibyte / 2);
  }
  yield close;
}

interface PlainInstance {
  readonly index: number;
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly pixelBytes: number;
}

/** A Part 10 file up to the value of its pixel data. */
function instanceStart({ index, rows, columns, frames, pixelBytes }: PlainInstance): Uint8Array {
  const dataSet = dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.7.3",
    SOPInstanceUID: `1.2.9.3.${index}`,
    StudyInstanceUID: "1.2.9.1",
    SeriesInstanceUID: "1.2.9.2",
    PatientID: "UPLOAD",
    Modality: "OT",
    InstanceNumber: index,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    NumberOfFrames: frames,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
  });
  const header = new DataView(new ArrayBuffer(12));
  header.setUint32(0, 0x0010_7fe0, true);
  // "OW", then two bytes of nothing and the length (PS3.5 table 7.1-1).
  header.setUint16(4, 0x574f, true);
  header.setUint32(8, pixelBytes, true);
  const start = writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
  return Buffer.concat([start, new Uint8Array(header.buffer)]);
}

async function memoryOf({ pid }: ArchivePeer, name: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1024;
}
