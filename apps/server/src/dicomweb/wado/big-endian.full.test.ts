import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataSetOf, type KeywordRecord, writePart10 } from "@etalon/dicom";
import { describeWithPeer, describeWithSharedData, hasProgram } from "@etalon/testing";
import { decode } from "fast-png";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestArchive, type TestArchive } from "../../archive/testing/open-test-archive.ts";
import { readMultipart } from "../testing/read-multipart.ts";
import { type ServedDicomweb, serveDicomweb } from "../testing/served-dicomweb.ts";
import { storeFile } from "../testing/store-file.ts";

let opened: TestArchive;
let served: ServedDicomweb;
let folder = "";
beforeAll(async () => {
  opened = await openTestArchive();
  const { archive, scope } = opened;
  served = await serveDicomweb({ archive, scopeOf: () => scope });
  folder = mkdtempSync(join(tmpdir(), "etalon-big-endian-"));
});
afterAll(async () => {
  await served.app.close();
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, accept: string): Promise<Response> => fetch(`${served.url}${path}`, { headers: { accept } });

async function framesOf(path: string, frames: readonly number[]): Promise<readonly (readonly number[])[]> {
  const all: (readonly number[])[] = [];
  for (const frame of frames) {
    const [part] = await readMultipart(
      await get(`${path}/frames/${frame}`, 'multipart/related; type="application/octet-stream"'),
    );
    if (part === undefined) throw new Error(`no frame ${frame}`);
    all.push([...part.bytes]);
  }
  return all;
}

async function picture(path: string): Promise<ReturnType<typeof decode>> {
  const answer = await get(path, "image/png");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
  return decode(new Uint8Array(await answer.arrayBuffer()));
}

const side = 3;
const frameCount = 3;

interface Case {
  readonly said: KeywordRecord;
  readonly bits: 1 | 8 | 16;
  readonly samples: 1 | 3;
  /** OW where absent. As OB pixels are in no words: nothing lies the other way round. */
  readonly vr?: "OB" | "OW";
}

const rgb = { SamplesPerPixel: 3, PhotometricInterpretation: "RGB", PlanarConfiguration: 0 };
const table = (step: number): Uint8Array =>
  new Uint8Array(Uint16Array.from({ length: 256 }, (_, at) => at * step).buffer);
const cases: Readonly<Record<string, Case>> = {
  "RGB, 8 bits": { said: rgb, bits: 8, samples: 3 },
  "RGB, 8 bits, OB": { said: rgb, bits: 8, samples: 3, vr: "OB" },
  "RGB, 8 bits, plane by plane": { said: { ...rgb, PlanarConfiguration: 1 }, bits: 8, samples: 3 },
  "RGB, 16 bits": { said: rgb, bits: 16, samples: 3 },
  "palette, 8 bits": {
    said: {
      ...{ SamplesPerPixel: 1, PhotometricInterpretation: "PALETTE COLOR" },
      RedPaletteColorLookupTableDescriptor: [256, 0, 16],
      GreenPaletteColorLookupTableDescriptor: [256, 0, 16],
      BluePaletteColorLookupTableDescriptor: [256, 0, 16],
      RedPaletteColorLookupTableData: table(257),
      GreenPaletteColorLookupTableData: table(100),
      BluePaletteColorLookupTableData: table(7),
    },
    bits: 8,
    samples: 1,
  },
  "one bit": { said: { SamplesPerPixel: 1, PhotometricInterpretation: "MONOCHROME2" }, bits: 1, samples: 1 },
};

/** Frames of 3 × 3 pixels with an odd number of bytes, or of bits; explicit little endian. */
function littleEndianFile({ said, bits, samples, vr = "OW" }: Case, uid: string): Uint8Array {
  const bitCount = side * side * samples * bits * frameCount;
  const pixels = Uint8Array.from({ length: 2 * Math.ceil(bitCount / 16) }, (_, at) => (37 * at + 11) % 251);
  const dataSet = dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.7.4",
    SOPInstanceUID: uid,
    StudyInstanceUID: "1.2.9.1",
    SeriesInstanceUID: "1.2.9.2",
    Modality: "OT",
    NumberOfFrames: frameCount,
    Rows: side,
    Columns: side,
    BitsAllocated: bits,
    BitsStored: bits,
    HighBit: bits - 1,
    PixelRepresentation: 0,
    ...said,
  });
  const whole = { ...dataSet, "7FE00010": { vr, bytes: pixels } };
  return writePart10(whole, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
}

/** The same object in explicit VR big endian, as DCMTK writes it. */
function inBigEndian(file: Uint8Array): Uint8Array {
  const [from, to] = [join(folder, "little.dcm"), join(folder, "big.dcm")];
  writeFileSync(from, file);
  const { status, stderr } = spawnSync("dcmconv", ["+tb", from, to], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(to);
}

describeWithPeer("what DCMTK wrote in big endian", { name: "dcmconv", isPresent: hasProgram("dcmconv") }, () => {
  it.each(Object.entries(cases))("%s is served as its little endian original", async (name, made) => {
    const number = Object.keys(cases).indexOf(name) + 1;
    const original = await storeFile(served.url, littleEndianFile(made, `1.2.9.3.${number}.1`));
    const bytes = inBigEndian(littleEndianFile(made, `1.2.9.3.${number}.2`));
    expect(Buffer.from(bytes).includes("1.2.840.10008.1.2.2")).toBe(true);
    const path = await storeFile(served.url, bytes);
    const frames = [1, 2, 3];
    expect(await framesOf(path, frames)).toEqual(await framesOf(original, frames));
    for (const frame of frames) {
      const drawn = await picture(`${path}/frames/${frame}/rendered`);
      expect(drawn.data).toEqual((await picture(`${original}/frames/${frame}/rendered`)).data);
      expect(new Set(drawn.data).size).toBeGreaterThan(1);
    }
  });
});

describeWithSharedData("big endian RGB of pydicom", "7-conformance/pydicom-testfiles", (files) => {
  it("has the 27 bytes that its little endian sister has", async () => {
    const path = await storeFile(served.url, readFileSync(join(files, "SC_rgb_small_odd_big_endian.dcm")));
    // 3 rows: red-brown, green-grey, grey, as the words of SC_rgb_small_odd.dcm say.
    const row = (...pixel: number[]): number[] => [...pixel, ...pixel, ...pixel];
    expect(await framesOf(path, [1])).toEqual([
      [...row(0xa6, 0x8d, 0x34), ...row(0x3f, 0x57, 0xb0), ...row(0x9e, 0x9e, 0x9e)],
    ]);
    const { width, height, channels, data } = await picture(`${path}/rendered`);
    expect([width, height, channels, data[0], data[1], data[2]]).toEqual([3, 3, 3, 0xa6, 0x8d, 0x34]);
  });
});
