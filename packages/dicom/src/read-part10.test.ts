import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type ByteSource, bytesSource } from "./byte-source.ts";
import type { DataSet } from "./data-set.ts";
import { dataSetOf } from "./data-set-of.ts";
import { inflatedSource } from "./inflated-source.ts";
import { longestListBytes, longestSequenceBytes, mostNested } from "./parse-elements.ts";
import type { Part10 } from "./part10.ts";
import { readBulk } from "./read-bulk.ts";
import { readPart10 } from "./read-part10.ts";
import { writePart10 } from "./write-part10.ts";

const explicitUid = "1.2.840.10008.1.2.1";
const implicitUid = "1.2.840.10008.1.2";
const bigEndianUid = "1.2.840.10008.1.2.2";
const deflatedUid = "1.2.840.10008.1.2.1.99";
const undefinedLength = 0xffffffff;
const identity = { SOPClassUID: "1.2.840.10008.5.1.4.1.1.2", SOPInstanceUID: "1.2.3" };

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The length to write where it is not the value's, and the byte order. */
interface RawOptions {
  readonly length?: number;
  readonly bigEndian?: boolean;
}

/** An element by hand (PS3.5 section 7.1): value and options; an empty VR writes implicit VR. */
function raw(tag: number, vr: string, ...[value, more = {}]: readonly [Uint8Array, RawOptions?]): Uint8Array {
  const isLong = ["OB", "OW", "SQ", "UN", "UT"].includes(vr);
  const header = new Uint8Array(vr !== "" && isLong ? 12 : 8);
  const view = new DataView(header.buffer);
  const little = more.bigEndian !== true;
  const length = more.length ?? value.length;
  view.setUint16(0, tag >>> 16, little);
  view.setUint16(2, tag & 0xffff, little);
  header.set(ascii(vr), 4);
  if (vr === "") view.setUint32(4, length, little);
  else if (isLong) view.setUint32(8, length, little);
  else view.setUint16(6, length, little);
  return concat(header, value);
}

const empty = new Uint8Array(0);
const item = (content: Uint8Array, length = content.length): Uint8Array => raw(0xfffee000, "", content, { length });
const itemEnd = raw(0xfffee00d, "", empty);
const sequenceEnd = raw(0xfffee0dd, "", empty);

function fileOf(transferSyntaxUid: string, ...elements: readonly Uint8Array[]): Uint8Array {
  const padded = transferSyntaxUid.length % 2 === 0 ? transferSyntaxUid : `${transferSyntaxUid}\0`;
  return concat(new Uint8Array(128), ascii("DICM"), raw(0x00020010, "UI", ascii(padded)), ...elements);
}

function read(bytes: Uint8Array, until: "pixel-data" | "end" = "end"): Promise<Part10> {
  return readPart10(bytesSource("made by hand", bytes), { until });
}

async function elementsOf(bytes: Uint8Array): Promise<DataSet> {
  return (await read(bytes)).dataSet;
}

const modality = raw(0x00080060, "CS", ascii("CT"));

describe("readPart10: where the data set starts", () => {
  it("reads files without preamble, without meta, in every byte order and VR encoding", async () => {
    const bigEndian = raw(0x00080060, "CS", ascii("CT"), { bigEndian: true });
    for (const [bytes, syntax] of [
      [modality, explicitUid],
      [raw(0x00080060, "", ascii("CT")), implicitUid],
      [bigEndian, bigEndianUid],
      [fileOf(explicitUid, modality).subarray(132), explicitUid],
    ] as const) {
      const part10 = await read(bytes);
      expect(part10.transferSyntaxUid).toBe(syntax);
      expect(part10.dataSet).toEqual({ "00080060": { vr: "CS", Value: ["CT"] } });
    }
  });

  it("says the byte after group 0002, which the group length is not needed for", async () => {
    const bytes = fileOf(explicitUid, modality);
    expect((await read(bytes)).dataSetOffset).toBe(bytes.length - modality.length);
  });

  it("believes the first element before a transfer syntax that says otherwise", async () => {
    const part10 = await read(fileOf(implicitUid, modality));
    expect(part10).toMatchObject({ transferSyntaxUid: explicitUid, dataSet: { "00080060": { Value: ["CT"] } } });
    expect(await elementsOf(fileOf(explicitUid, raw(0x00080060, "", ascii("CT"))))).toEqual(part10.dataSet);
  });

  it.each([
    ["nothing", empty],
    ["text", ascii("# a readme, not an image")],
    ["zeros", new Uint8Array(4096)],
  ])("refuses %s as not DICOM", async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: "not-dicom", details: { file: "made by hand" } });
  });
});

describe("readPart10: elements", () => {
  it("delivers big endian values decoded, and words in little endian", async () => {
    const be = { bigEndian: true };
    const dataSet = await elementsOf(
      fileOf(
        bigEndianUid,
        raw(0x00280010, "US", Uint8Array.of(2, 1), be),
        raw(0x00281201, "OW", Uint8Array.of(1, 2, 3, 4), be),
      ),
    );
    expect(dataSet).toEqual({
      "00280010": { vr: "US", Value: [513] },
      "00281201": { vr: "OW", bytes: Uint8Array.of(2, 1, 4, 3) },
    });
  });

  it("decides US or SS by PixelRepresentation in implicit VR, items by their parent's", async () => {
    const padding = raw(0x00280120, "", Uint8Array.of(0x18, 0xfc));
    const sequence = raw(0x00283000, "", item(padding));
    const signed = raw(0x00280103, "", Uint8Array.of(1, 0));
    expect((await elementsOf(fileOf(implicitUid, padding)))["00280120"]).toEqual({ vr: "US", Value: [64536] });
    const dataSet = await elementsOf(fileOf(implicitUid, signed, padding, sequence));
    expect(dataSet["00280120"]).toEqual({ vr: "SS", Value: [-1000] });
    expect(dataSet["00283000"]).toEqual({ vr: "SQ", Value: [{ "00280120": { vr: "SS", Value: [-1000] } }] });
  });

  it("reads sequences and items of undefined length, empty and nested ones", async () => {
    const inner = raw(0x00081140, "SQ", concat(item(empty), sequenceEnd), { length: undefinedLength });
    const outer = concat(item(concat(modality, inner, itemEnd), undefinedLength), item(modality), sequenceEnd);
    expect(await elementsOf(fileOf(explicitUid, raw(0x00081115, "SQ", outer, { length: undefinedLength })))).toEqual({
      "00081115": {
        vr: "SQ",
        Value: [
          { "00080060": { vr: "CS", Value: ["CT"] }, "00081140": { vr: "SQ", Value: [{}] } },
          { "00080060": { vr: "CS", Value: ["CT"] } },
        ],
      },
    });
  });

  it("reads UN of undefined length as an implicit sequence (CP-246), and a standard element that is called UN", async () => {
    const hidden = concat(item(raw(0x00080060, "", ascii("CT"))), sequenceEnd);
    const dataSet = await elementsOf(
      fileOf(
        explicitUid,
        raw(0x00280010, "UN", Uint8Array.of(1, 2)),
        raw(0x00291001, "UN", hidden, { length: undefinedLength }),
        raw(0x00291002, "UN", ascii("kept")),
      ),
    );
    expect(dataSet).toEqual({
      "00280010": { vr: "US", Value: [513] },
      "00291001": { vr: "SQ", Value: [{ "00080060": { vr: "CS", Value: ["CT"] } }] },
      "00291002": { vr: "UN", bytes: ascii("kept") },
    });
  });

  it("keeps a VR that is not known as UN, and a number of the wrong length too", async () => {
    const future = concat(Uint8Array.of(0x29, 0, 1, 0x10), ascii("ZZ"), Uint8Array.of(0, 0, 2, 0, 0, 0, 7, 8));
    expect(await elementsOf(fileOf(explicitUid, raw(0x00280010, "US", ascii("abc")), future))).toEqual({
      "00280010": { vr: "UN", bytes: ascii("abc") },
      "00291001": { vr: "UN", bytes: Uint8Array.of(7, 8) },
    });
  });

  it("takes zeros after the last element as padding, in every encoding", async () => {
    const implicitModality = raw(0x00080060, "", ascii("CT"));
    for (const padding of [1, 7, 8, 500]) {
      for (const [syntax, element] of [
        [explicitUid, modality],
        [implicitUid, implicitModality],
      ] as const) {
        const dataSet = await elementsOf(fileOf(syntax, element, new Uint8Array(padding)));
        expect(dataSet).toEqual({ "00080060": { vr: "CS", Value: ["CT"] } });
      }
    }
  });

  it("tells tags in order although JavaScript does not", async () => {
    const dataSet = await elementsOf(fileOf(explicitUid, modality, raw(0x20100010, "ST", ascii("STANDARD"))));
    expect(Object.keys(dataSet)).toEqual(["20100010", "00080060"]);
  });
});

describe("readPart10: broken files", () => {
  const cases: readonly (readonly [string, Uint8Array, string, string])[] = [
    ["an element cut short", raw(0x00080060, "CS", ascii("CT"), { length: 40 }), "dicom-truncated", "(0008,0060)"],
    ["an element cut in its header", modality.subarray(0, 6), "dicom-truncated", "(0008,0060)"],
    ["a length of 4 GB", raw(0x00291010, "OB", ascii("CT"), { length: 0xfffffff0 }), "dicom-truncated", "(0029,1010)"],
    ["no VR", concat(modality, new Uint8Array(16).fill(1)), "dicom-malformed", "(0101,0101)"],
    [
      "undefined length of text",
      raw(0x00101081, "UT", empty, { length: undefinedLength }),
      "dicom-malformed",
      "(0010,1081)",
    ],
    ["no item in a sequence", raw(0x00081140, "SQ", modality), "dicom-malformed", "(0008,1140)"],
    [
      "an item longer than its sequence",
      raw(0x00081140, "SQ", item(modality, 60), { length: 18 }),
      "dicom-malformed",
      "(0008,1140)",
    ],
    [
      "an element longer than its item",
      raw(0x00081140, "SQ", item(raw(0x00080060, "CS", ascii("CT"), { length: 60 }))),
      "dicom-malformed",
      "(0008,0060)",
    ],
    ["a delimiter alone", concat(modality, itemEnd), "dicom-malformed", "(FFFE,E00D)"],
    [
      "a sequence without end",
      raw(0x00081140, "SQ", item(modality), { length: undefinedLength }),
      "dicom-truncated",
      "(0008,1140)",
    ],
  ];

  it.each(cases)("names file and tag of %s", async (...[, elements, code, tag]) => {
    for (const until of ["pixel-data", "end"] as const) {
      const bytes = fileOf(explicitUid, elements, ...(code === "dicom-malformed" ? [new Uint8Array(64)] : []));
      await expect(read(bytes, until)).rejects.toMatchObject({ code, field: tag, details: { file: "made by hand" } });
    }
  });

  it("refuses text and sequences too long to decode, before it reads them", async () => {
    for (const [length, tag, vr] of [
      [longestListBytes + 2, 0x00104000, "UT"],
      [longestListBytes + 2, 0x00280010, "UN"],
      [longestSequenceBytes + 2, 0x00081140, "SQ"],
      [longestSequenceBytes + 2, 0x00081140, "UN"],
    ] as const) {
      const element = raw(tag, vr, empty, { length });
      const head = fileOf(explicitUid, modality, element);
      const source = {
        name: "long",
        size: head.length + length,
        read: async (offset: number, count: number) => {
          expect(offset + count).toBeLessThanOrEqual(64 * 1024);
          const piece = new Uint8Array(count);
          piece.set(head.subarray(offset, offset + count));
          return piece;
        },
      };
      await expect(readPart10(source, { until: "end" })).rejects.toMatchObject({ code: "dicom-too-large" });
    }
  });

  it("refuses sequences nested deeper than 64", async () => {
    const nested = (depth: number): Uint8Array =>
      concat(
        ...Array.from({ length: depth }, () =>
          concat(raw(0x00081140, "SQ", empty, { length: undefinedLength }), item(empty, undefinedLength)),
        ),
      );
    const closed = (depth: number): Uint8Array =>
      concat(nested(depth), ...Array.from({ length: depth }, () => concat(itemEnd, sequenceEnd)));
    await expect(read(fileOf(explicitUid, closed(64)))).resolves.toBeDefined();
    await expect(read(fileOf(explicitUid, closed(65)))).rejects.toMatchObject({ code: "dicom-too-deep" });
    await expect(read(fileOf(explicitUid, nested(20_000)))).rejects.toMatchObject({ code: "dicom-too-deep" });
  });

  it("refuses more elements and items than it can hold, however small they are", async () => {
    const items = (count: number): Uint8Array =>
      concat(
        raw(0x00081140, "SQ", empty, { length: undefinedLength }),
        new Uint8Array(Buffer.alloc(8 * count, item(empty))),
        sequenceEnd,
      );
    await expect(read(fileOf(explicitUid, items(mostNested + 1)))).rejects.toMatchObject({ code: "dicom-too-many" });
    const { dataSet } = await read(fileOf(explicitUid, items(100_000)));
    expect(dataSet["00081140"]?.Value).toHaveLength(100_000);
  });

  it("reads a deflated data set and refuses a damaged one", async () => {
    const pixels = raw(0x7fe00010, "OW", new Uint8Array(2000).fill(7));
    const bytes = fileOf(deflatedUid, deflateSync(concat(modality, pixels)));
    const part10 = await read(bytes);
    expect(part10.dataSet["00080060"]).toEqual({ vr: "CS", Value: ["CT"] });
    const bulk = part10.dataSet["7FE00010"]?.bulk ?? { offset: 0, length: 0 };
    expect(await readBulk(bytesSource("f", bytes), part10, bulk)).toEqual(new Uint8Array(2000).fill(7));
    const damaged = bytes.slice();
    damaged.fill(0xff, bytes.length - 20);
    await expect(read(damaged)).rejects.toMatchObject({ code: expect.stringMatching(/^dicom-(malformed|truncated)$/) });
  });

  it("stops inflating at its limit", async () => {
    const packed = bytesSource("bomb", deflateSync(new Uint8Array(1_000_000)));
    expect(packed.size).toBeLessThan(2000);
    await expect(inflatedSource(packed, 0, 999_999).read(0, 2_000_000)).rejects.toMatchObject({
      code: "dicom-too-large",
    });
    expect(await inflatedSource(packed, 0, 1_000_000).read(0, 2_000_000)).toHaveLength(1_000_000);
  });
});

describe("readPart10: pixel data and large values stay in the file", () => {
  /** A file that says it is 5 GB: its header, then zeros that are made on demand; `reads` says what was asked for. */
  function sparse(
    head: Uint8Array,
    tail: { offset: number; bytes: Uint8Array },
  ): ByteSource & { read: ByteSource["read"]; asked: () => number } {
    let asked = 0;
    const size = tail.offset + tail.bytes.length;
    return {
      name: "sparse",
      size,
      asked: () => asked,
      read: async (offset, length) => {
        const piece = new Uint8Array(Math.min(length, size - offset));
        asked += piece.length;
        if (offset < head.length) piece.set(head.subarray(offset, offset + piece.length));
        const from = Math.max(0, tail.offset - offset);
        if (from < piece.length)
          piece.set(tail.bytes.subarray(offset + from - tail.offset, offset + piece.length - tail.offset), from);
        return piece;
      },
    };
  }

  it("skips 4 GB of pixel data and reads what follows beyond 2^32", async () => {
    const length = 0xfffffff0;
    const head = fileOf(explicitUid, modality, raw(0x7fe00010, "OW", empty, { length }));
    const source = sparse(head, { offset: head.length + length, bytes: raw(0xfffcfffc, "OB", Uint8Array.of(1, 2)) });
    const part10 = await readPart10(source, { until: "end" });
    expect(part10.dataSet["7FE00010"]).toEqual({ vr: "OW", bulk: { offset: head.length, length } });
    expect(part10.dataSet["FFFCFFFC"]).toEqual({ vr: "OB", bytes: Uint8Array.of(1, 2) });
    expect(source.asked()).toBeLessThan(200_000);
    const trailing = { offset: source.size - 2, length: 2 };
    expect(await readBulk(source, part10, trailing)).toEqual(Uint8Array.of(1, 2));
  });

  it("leaves a large private value in the file, and reads the header behind it", async () => {
    const length = 3_000_000_000;
    const head = fileOf(explicitUid, modality, raw(0x00291010, "OB", empty, { length }));
    const source = sparse(head, { offset: head.length + length, bytes: raw(0x00321032, "PN", ascii("Doe^Jane")) });
    const part10 = await readPart10(source, { until: "pixel-data" });
    expect(part10.dataSet["00291010"]).toEqual({ vr: "OB", bulk: { offset: head.length, length } });
    expect(part10.dataSet["00321032"]).toEqual({ vr: "PN", Value: [{ Alphabetic: "Doe^Jane" }] });
    expect(source.asked()).toBeLessThan(300_000);
  });

  it("reads a sequence larger than its window", async () => {
    const ReferencedImageSequence = Array.from({ length: 10_000 }, (_, i) => ({
      ReferencedSOPInstanceUID: `1.2.${i}`,
    }));
    const dataSet = dataSetOf({ ...identity, ReferencedImageSequence, SeriesNumber: 7 });
    const bytes = writePart10(dataSet, { transferSyntaxUid: explicitUid });
    expect(bytes.length).toBeGreaterThan(128 * 1024);
    expect((await read(bytes, "pixel-data")).dataSet).toEqual(dataSet);
  });

  it("gives the place of encapsulated pixel data, and of what follows when asked for the end", async () => {
    const fragments = concat(item(empty), item(new Uint8Array(70_000)), item(new Uint8Array(70_000)), sequenceEnd);
    const pixels = raw(0x7fe00010, "OB", fragments, { length: undefinedLength });
    const bytes = fileOf("1.2.840.10008.1.2.4.70", modality, pixels, raw(0xfffcfffc, "OB", Uint8Array.of(1, 2)));
    const place = { vr: "OB", bulk: { offset: bytes.length - 14 - fragments.length, length: -1 } };
    expect((await read(bytes, "pixel-data")).dataSet["7FE00010"]).toEqual(place);
    const whole = await read(bytes, "end");
    expect(whole.dataSet["7FE00010"]).toEqual(place);
    expect(whole.dataSet["FFFCFFFC"]?.bytes).toEqual(Uint8Array.of(1, 2));
  });

  it("says that pixel data is cut short, and refuses to read it", async () => {
    const bytes = fileOf(explicitUid, modality, raw(0x7fe00010, "OW", new Uint8Array(10), { length: 512 }));
    for (const until of ["pixel-data", "end"] as const) {
      const part10 = await read(bytes, until);
      expect(part10.isTruncated).toBe(true);
      const bulk = part10.dataSet["7FE00010"]?.bulk ?? { offset: 0, length: 0 };
      await expect(readBulk(bytesSource("f", bytes), part10, bulk)).rejects.toMatchObject({ code: "dicom-truncated" });
    }
  });
});
