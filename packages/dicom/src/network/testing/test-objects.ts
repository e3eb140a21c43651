import type { Element } from "../../data-set.ts";
import { dataSetOf, type KeywordRecord } from "../../data-set-of.ts";
import { writePart10 } from "../../write-part10.ts";
import { uids } from "./loopback.ts";

/** An object made up for the tests, as a file and as what C-STORE sends of it. */
export interface TestObject {
  readonly name: string;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** With preamble and group 0002. */
  readonly file: Uint8Array;
  /** The data set alone. */
  readonly bytes: Uint8Array;
}

const esc = "\x1b";

/** PS3.5 annex H.3.2, example 2: "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう" with ISO 2022 IR 13 and 87. */
const japaneseName = bytes(
  "\xd4\xcf\xc0\xde^\xc0\xdb\xb3=" +
    `${esc}$B;3ED${esc}(J^${esc}$BB@O:${esc}(J=` +
    `${esc}$B$d$^$@${esc}(J^${esc}$B$?$m$&${esc}(J`,
);

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** An element whose bytes are written as they are. */
function raw(vr: string, value: Uint8Array): Element {
  return { vr, bytes: value };
}

const root = "1.2.826.0.1.3680043.8.498.4";

/** One object of each kind that others have lost something of: names in four character sets, private elements, long values. */
export function testObjects(): readonly TestObject[] {
  return [
    object("latin-1", 1, { SpecificCharacterSet: "ISO_IR 100", PatientName: "Müller^Zoë" }),
    object("utf-8", 2, { SpecificCharacterSet: "ISO_IR 192", PatientName: "Wang^XiaoDong=王^小东" }),
    object("iso-2022", 3, {
      SpecificCharacterSet: ["ISO 2022 IR 13", "ISO 2022 IR 87"],
      "00100010": raw("PN", japaneseName),
    }),
    object("private", 4, {
      PatientName: "Private",
      "00090010": { vr: "LO", Value: ["ETALON TEST"] },
      "00091001": raw("UN", bytes("\x00\xff\x01\xfe unknown\x00")),
      "00091002": raw(
        "OB",
        Uint8Array.from({ length: 300 }, (_, i) => i % 256),
      ),
      "00091003": { vr: "LO", Value: ["a", "b"] },
      "00091004": { vr: "SQ", Value: [dataSetOf({ "00090010": { vr: "LO", Value: ["INNER"] }, CodeValue: "1" })] },
      "7FE10010": { vr: "LO", Value: ["ETALON PIXELS"] },
      "7FE11001": raw("OW", new Uint8Array(64)),
    }),
    object("big", 5, { PatientName: "Big", Rows: 700, Columns: 800, PixelData: new Uint8Array(700 * 800 * 2).fill(7) }),
    object("implicit", 6, { PatientName: "Implicit" }),
  ];
}

function object(name: string, number: number, record: KeywordRecord): TestObject {
  const transferSyntaxUid = name === "implicit" ? uids.implicit : uids.explicit;
  const sopInstanceUid = `${root}.1.1.${number}`;
  const dataSet = dataSetOf({
    SOPClassUID: uids.ct,
    SOPInstanceUID: sopInstanceUid,
    StudyDate: "20260102",
    Modality: "CT",
    PatientID: `P${number}`,
    StudyInstanceUID: `${root}.1`,
    SeriesInstanceUID: `${root}.1.1`,
    SeriesNumber: 1,
    InstanceNumber: number,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: 2,
    Columns: 2,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    ...record,
  });
  const file = writePart10(dataSet, { transferSyntaxUid });
  // Group 0002 begins after preamble and prefix by its group length, of 12 bytes (PS3.10 section 7.1).
  const metaEnd = 132 + 12 + new DataView(file.buffer).getUint32(140, true);
  return { name, sopClassUid: uids.ct, sopInstanceUid, transferSyntaxUid, file, bytes: file.slice(metaEnd) };
}
