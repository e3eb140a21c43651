import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import {
  bytesSource,
  createCodecSet,
  type DataSet,
  decodeFrame,
  type FramePixels,
  type Part10,
  readInstanceHeader,
  readPart10,
  toDicomJson,
} from "@etalon/dicom";
import { describeWithSharedData } from "@etalon/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { StoredInstance, StoreOutcome } from "./archive.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { inPieces } from "./testing/small-instance.ts";

type Kept = Exclude<StoreOutcome, { readonly kind: "refused" }>;

const bigEndian = "1.2.840.10008.1.2.2";
const explicitLittleEndian = "1.2.840.10008.1.2.1";
const deflated = "1.2.840.10008.1.2.1.99";

/**
 * Files that are DICOM and are refused, by the error's code. Those without a UID are colour palettes, fragments made for
 * tests of parsers, and SRs without instance; the truncated ones end inside an element.
 */
const refusedByCode = {
  "missing-attribute": 29,
  "uid-malformed": 1,
  "dicom-truncated": 3,
  "media-directory": 7,
  "dicom-malformed": 1,
} as const;

describeWithSharedData("every file of 7-conformance", "7-conformance", (folder) => {
  const codecs = createCodecSet();
  const kept = new Map<string, Kept>();
  const refused: Record<string, number> = {};
  let opened: TestArchive;
  beforeAll(async () => {
    opened = await openTestArchive();
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    for (const path of paths.filter((entry) => statSync(join(folder, entry)).isFile())) {
      const bytes = inPieces(readFileSync(join(folder, path)), 50_000);
      const outcome = await opened.archive.store(opened.scope, { form: "part10", bytes });
      if (outcome.kind !== "refused") kept.set(path, outcome);
      else if (outcome.errorCode !== "not-dicom") refused[outcome.errorCode] = (refused[outcome.errorCode] ?? 0) + 1;
    }
  });
  afterAll(() => opened.close());

  async function instanceOf(outcome: Kept): Promise<StoredInstance> {
    const [instance] = await opened.archive.instances(opened.scope, outcome);
    if (instance === undefined) throw new Error(`${outcome.sopInstanceUid} is not there`);
    return instance;
  }

  it("is stored, or refused by name", () => {
    expect(refused).toEqual(refusedByCode);
    expect(kept.size).toBe(317);
  });

  it("comes back byte for byte, where its UID is one with others by its version", async () => {
    const byUid = Map.groupBy(kept.values(), ({ sopInstanceUid }) => sopInstanceUid);
    const differing = [...byUid.values()].filter((those) => new Set(those.map((one) => one.dataSetSha256)).size > 1);
    expect(differing).toHaveLength(21);
    for (const [path, outcome] of kept) {
      const instance = await instanceOf(outcome);
      const bytes = await buffer(await opened.archive.open(opened.scope, instance));
      const sent = readFileSync(join(folder, path));
      // A data set that came twice, once with another group 0002, is kept as it came first.
      if (outcome.kind === "identical") expect(endOf(bytes, 100)).toEqual(endOf(sent, 100));
      else expect(bytes.equals(sent), path).toBe(true);
    }
  });

  it("gives frames that decode to what the whole file decodes to", async () => {
    let compared = 0;
    for (const [path, outcome] of kept) {
      if (outcome.kind === "identical") continue;
      const source = bytesSource(path, readFileSync(join(folder, path)));
      const part10 = await readPart10(source, { until: "pixel-data" });
      const header = readInstanceHeader(part10, path);
      const instance = await instanceOf(outcome);
      expect(instance.numberOfFrames, path).toBe(header.hasPixelData ? header.numberOfFrames : 0);
      // 8-bit pixels in big endian words share a word with the next frame.
      if (part10.transferSyntaxUid === bigEndian && header.bitsAllocated === 8) continue;
      for (const frameIndex of new Set([0, 1, Math.floor(instance.numberOfFrames / 2), instance.numberOfFrames - 1])) {
        if (frameIndex < 0 || frameIndex >= instance.numberOfFrames) continue;
        const whole = await decodeFrame(source, part10, { header, frameIndex, codecs }).catch(failed);
        if (whole === undefined) continue;
        const bytes = await opened.archive.frame(opened.scope, instance, frameIndex + 1);
        const alone = aloneInFile(part10, bytes);
        const one = { header: { ...header, numberOfFrames: 1 }, frameIndex: 0, codecs };
        const decoded = await decodeFrame(bytesSource(path, alone.bytes), alone.part10, one);
        expect(digestible(decoded), `${path} frame ${frameIndex + 1}`).toEqual(digestible(whole));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(300);
  });

  it("has the metadata that its header says", async () => {
    for (const [path, outcome] of kept) {
      const source = bytesSource(path, readFileSync(join(folder, path)));
      const { dataSet } = await readPart10(source, { until: "end" });
      const [metadata] = await opened.archive.metadata(opened.scope, outcome);
      if (metadata === undefined || outcome.kind === "identical") continue;
      expect(comparable(metadata), path).toEqual(comparable(dataSet));
    }
  });
});

function endOf(bytes: Buffer, length: number): Buffer {
  return bytes.subarray(-length);
}

/** What no codec of ours decodes is another test's matter. */
function failed(): undefined {
  return undefined;
}

/** A frame's bytes as the only frame of an object. */
function aloneInFile(part10: Part10, frame: Uint8Array): { readonly bytes: Uint8Array; readonly part10: Part10 } {
  const [tag, element] = Object.entries(part10.dataSet).find(([key]) => pixelTags.has(key)) ?? [];
  if (tag === undefined || element === undefined) throw new Error("no pixel data");
  const isEncapsulated = element.bulk?.length === -1;
  const bytes = isEncapsulated ? Buffer.concat([item(0), item(frame.length), frame, sequenceDelimiter]) : frame;
  const place = { offset: 0, length: isEncapsulated ? -1 : frame.length };
  const { "7FE00001": _, "7FE00002": __, ...dataSet } = part10.dataSet;
  const transferSyntaxUid = part10.transferSyntaxUid === deflated ? explicitLittleEndian : part10.transferSyntaxUid;
  return {
    bytes,
    part10: { ...part10, transferSyntaxUid, dataSet: { ...dataSet, [tag]: { vr: element.vr, bulk: place } } },
  };
}

const pixelTags: ReadonlySet<string> = new Set(["7FE00008", "7FE00009", "7FE00010"]);

function item(length: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(8));
  header.setUint32(0, 0xe000fffe, true);
  header.setUint32(4, length, true);
  return new Uint8Array(header.buffer);
}

const sequenceDelimiter = Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);

function digestible({ samples, ...rest }: FramePixels) {
  return { ...rest, samples: Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString("base64") };
}

/** DICOM JSON without bulk data, group lengths and the file's character set. */
function comparable(dataSet: DataSet): unknown {
  return JSON.parse(JSON.stringify(toDicomJson(dataSet)), (key, value: unknown) => {
    if (key.endsWith("0000") || key === "00080005") return undefined;
    const isBinary = typeof value === "object" && value !== null && ("InlineBinary" in value || "BulkDataURI" in value);
    return isBinary ? "binary" : value;
  });
}
