import { constants, deflateRawSync } from "node:zlib";
import { dataSetOf, type KeywordRecord, writePart10 } from "@etalon/dicom";
import { ctImageStorage, explicitLittleEndian } from "../archive/testing/small-instance.ts";
import { splitPart10 } from "../archive/testing/split-part10.ts";

/** An object that is made to harm who reads it. */
export interface HostileObject {
  readonly name: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** With preamble and group 0002. */
  readonly file: Uint8Array;
  /** What C-STORE sends of it. */
  readonly dataSet: Uint8Array;
  /** Why it is refused; `undefined` where it is stored and harms nobody. */
  readonly refusedWith: string | undefined;
}

const deflated = "1.2.840.10008.1.2.1.99";
const rle = "1.2.840.10008.1.2.5";
const undefinedLength = 0xffffffff;
const mebibyte = 1024 ** 2;

/** Objects that claim, nest, inflate to or name what nobody can hold. */
export function hostileObjects(): readonly HostileObject[] {
  const pixels = element("7FE00010", { vr: "OW", length: 0xfffffffe });
  const anchor = element("00400275", { vr: "SQ", length: undefinedLength });
  return [
    // 2 GiB in 2 MB, and the 512 MiB that a deflated object may have, filled with the smallest items there are.
    object(1, {
      name: "a deflate bomb of zeros",
      tail: [pixels],
      bomb: { unit: new Uint8Array(mebibyte), times: 2048 },
      refusedWith: "dicom-too-large",
    }),
    object(2, {
      name: "a deflate bomb of items",
      tail: [anchor],
      bomb: { unit: repeated(item(0), mebibyte / 8), times: 500 },
      refusedWith: "dicom-too-many",
    }),
    object(3, {
      name: "a sequence of 8 GB that is not there",
      tail: [element("00400275", { vr: "SQ", length: 0xfffffff0 }), item(0)],
      refusedWith: "dicom-too-large",
    }),
    object(4, {
      name: "16 million items that are there",
      tail: [anchor, repeated(item(0), 16_000_000), sequenceEnd],
      refusedWith: "dicom-too-many",
    }),
    object(5, {
      name: "sequences nested 100 000 deep",
      tail: [repeated(Buffer.concat([anchor, item(undefinedLength)]), 100_000)],
      refusedWith: "dicom-too-deep",
    }),
    object(6, {
      name: "undefined lengths of everything, without an end",
      tail: [anchor, item(undefinedLength), element("00400007", { vr: "UT", length: undefinedLength })],
      refusedWith: "dicom-malformed",
    }),
    object(7, {
      name: "pixel data without an end",
      tail: [element("7FE00010", { vr: "OB", length: undefinedLength }), item(0), item(0xfffffff0)],
      refusedWith: "dicom-truncated",
    }),
    object(8, {
      name: "a thousand million frames",
      said: { NumberOfFrames: 1_000_000_000, PixelData: new Uint8Array(32) },
    }),
    object(9, {
      name: "4 GB of pixels in 30 bytes of RLE",
      transferSyntaxUid: rle,
      said: { Rows: 65_535, Columns: 65_535 },
      tail: [
        element("7FE00010", { vr: "OB", length: undefinedLength }),
        item(0),
        item(22),
        new Uint8Array(22),
        sequenceEnd,
      ],
    }),
    object(10, { name: "HTML", said: { PatientName: html, StudyDescription: html, PatientID: "P<b>1" } }),
    object(11, {
      name: "a path for a UID",
      said: { SOPInstanceUID: "../../../../etc/passwd" },
      refusedWith: "uid-malformed",
    }),
    object(12, { name: "a path for a study", said: { StudyInstanceUID: "../../1.2" }, refusedWith: "uid-malformed" }),
  ];
}

/** A name that a browser would run, were it HTML. */
export const html = "<script>alert(1)</script>^<img src=x onerror=alert(1)>";

interface Wanted {
  readonly name: string;
  readonly said?: KeywordRecord;
  /** Bytes after the data set. */
  readonly tail?: readonly Uint8Array[];
  readonly transferSyntaxUid?: string;
  /** What the end of a deflated data set inflates to. */
  readonly bomb?: { readonly unit: Uint8Array; readonly times: number };
  readonly refusedWith?: string;
}

function object(number: number, wanted: Wanted): HostileObject {
  const {
    name,
    said = {},
    tail = [],
    bomb,
    transferSyntaxUid = bomb === undefined ? explicitLittleEndian : deflated,
  } = wanted;
  const uid = said["SOPInstanceUID"];
  const sopInstanceUid = typeof uid === "string" ? uid : `1.2.826.0.9.1.${number}`;
  const start = Buffer.concat([dataSetBytes({ ...imageOf(number), ...said }), ...tail]);
  const dataSet = bomb === undefined ? start : deflatedBomb(start, bomb);
  const meta = metaBytes(transferSyntaxUid, sopInstanceUid);
  const { refusedWith } = wanted;
  return { name, sopInstanceUid, transferSyntaxUid, file: Buffer.concat([meta, dataSet]), dataSet, refusedWith };
}

function imageOf(number: number): KeywordRecord {
  return {
    SOPClassUID: ctImageStorage,
    SOPInstanceUID: `1.2.826.0.9.1.${number}`,
    StudyDate: "20240229",
    Modality: "CT",
    PatientName: "Hostile^Anne",
    PatientID: "P9",
    StudyInstanceUID: "1.2.826.0.9.2",
    SeriesInstanceUID: "1.2.826.0.9.3",
    InstanceNumber: number,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: 4,
    Columns: 4,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
  };
}

function written(said: KeywordRecord): ReturnType<typeof splitPart10> {
  return splitPart10(writePart10(dataSetOf(said), { transferSyntaxUid: explicitLittleEndian }));
}

function dataSetBytes(said: KeywordRecord): Uint8Array {
  return written(said).dataSet;
}

/** Group 0002 of an object that says what it wants. */
function metaBytes(transferSyntaxUid: string, sopInstanceUid: string): Uint8Array {
  const uid = /^[\d.]+$/.test(sopInstanceUid) ? sopInstanceUid : "1.2.826.0.9.1";
  const { meta } = written({ SOPClassUID: ctImageStorage, SOPInstanceUID: uid });
  if (transferSyntaxUid === explicitLittleEndian) return meta;
  // The transfer syntax is one that the writer does not speak: its UID is put in place of the other, and the lengths with it.
  const uidElement = (text: string): Buffer =>
    element("00020010", { vr: "UI", length: text.length + (text.length % 2), value: text });
  const [from, to] = [uidElement(explicitLittleEndian), uidElement(transferSyntaxUid)];
  const at = Buffer.from(meta).indexOf(from);
  const changed = Buffer.concat([meta.subarray(0, at), to, meta.subarray(at + from.length)]);
  changed.writeUInt32LE(changed.length - 144, 140);
  return changed;
}

/** An element's header, and a value of even length behind it. */
function element(
  tag: string,
  { vr, length, value = "" }: { readonly vr: string; readonly length: number; readonly value?: string },
): Buffer {
  const isLong = ["OB", "OW", "SQ", "UT"].includes(vr);
  const header = Buffer.alloc(isLong ? 12 : 8);
  header.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  header.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  header.write(vr, 4, "latin1");
  if (isLong) header.writeUInt32LE(length, 8);
  else header.writeUInt16LE(length % 0x10000, 6);
  return Buffer.concat([header, Buffer.from(value.padEnd(value.length + (value.length % 2), "\0"))]);
}

/** The header of an item. */
function item(length: number): Buffer {
  const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  header.writeUInt32LE(length, 4);
  return header;
}

const sequenceEnd = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);

function repeated(unit: Uint8Array, times: number): Buffer {
  return Buffer.alloc(unit.length * times, unit);
}

/** `unit` many times, deflated once: after a full flush nothing refers to what was before. */
function deflatedBomb(
  start: Uint8Array,
  { unit, times }: { readonly unit: Uint8Array; readonly times: number },
): Buffer {
  const flushed = (bytes: Uint8Array): Buffer =>
    deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  const packed = flushed(unit);
  return Buffer.concat([
    flushed(start),
    ...Array.from({ length: times }, () => packed),
    deflateRawSync(new Uint8Array(0)),
  ]);
}
