import { describe, expect, test } from "vitest";
import { bytesSource } from "../byte-source.ts";
import { createCodecSet } from "../codecs/codec-set.ts";
import type { DataSet } from "../data-set.ts";
import { dataSetOf, type KeywordRecord } from "../data-set-of.ts";
import { readBulk } from "../read-bulk.ts";
import { readPart10 } from "../read-part10.ts";
import { writePart10 } from "../write-part10.ts";
import { type DeidentifyPart10Options, deidentifyPart10 } from "./deidentify-part10.ts";
import { confidentialityProfile } from "./profile.ts";

const ultrasound = "1.2.840.10008.5.1.4.1.1.6.1";
const codecs = createCodecSet();

interface Outcome {
  readonly dataSet: DataSet;
  readonly pixels: readonly number[];
}

async function run(
  record: KeywordRecord,
  names: readonly string[],
  more: Partial<DeidentifyPart10Options> = {},
): Promise<Outcome> {
  const bytes = writePart10(
    dataSetOf({ SOPInstanceUID: "1.2.3", PatientID: "77001234", PatientName: "Roy^Luc", ...record }),
    { transferSyntaxUid: "1.2.840.10008.1.2" },
  );
  const done = await deidentifyPart10(bytesSource("test.dcm", bytes), {
    profile: confidentialityProfile("basic", names),
    context: { key: new Uint8Array(16) },
    codecs,
    ...more,
  });
  const source = bytesSource("out.dcm", done.bytes);
  const part10 = await readPart10(source, { until: "end" });
  const bulk = part10.dataSet["7FE00010"]?.bulk;
  const pixels = bulk === undefined ? [] : [...(await readBulk(source, part10, bulk))];
  return { dataSet: part10.dataSet, pixels };
}

/** Three rows of four pixels, all of one value. */
const image = (more: KeywordRecord): KeywordRecord => ({
  SOPClassUID: ultrasound,
  Rows: 3,
  Columns: 4,
  SamplesPerPixel: 1,
  PhotometricInterpretation: "MONOCHROME2",
  BitsAllocated: 8,
  BitsStored: 8,
  HighBit: 7,
  PixelRepresentation: 0,
  PixelData: new Uint8Array(12).fill(9),
  ...more,
});
const regions: KeywordRecord = {
  SequenceOfUltrasoundRegions: [
    { RegionLocationMinX0: 1, RegionLocationMinY0: 1, RegionLocationMaxX1: 2, RegionLocationMaxY1: 1 },
  ],
};

describe("text in the pixels", () => {
  test.each([
    ["ultrasound", image({})],
    ["secondary capture", image({ SOPClassUID: "1.2.840.10008.5.1.4.1.1.7" })],
    ["what says YES", image({ SOPClassUID: "1.2.840.10008.5.1.4.1.1.2", BurnedInAnnotation: "YES" })],
  ])("%s is refused where nothing is said of it", async (_, record) => {
    await expect(run(record, [])).rejects.toMatchObject({ code: "burned-in-suspected" });
    const accepted = await run(record, [], { isPixelTextAccepted: true });
    expect(accepted.pixels).toEqual(new Array(12).fill(9));
  });

  test("outside the regions of ultrasound goes black, in every frame", async () => {
    const record = image({ ...regions, NumberOfFrames: 2, PixelData: new Uint8Array(24).fill(9) });
    const { dataSet, pixels } = await run(record, ["clean-pixel-data"]);
    const frame = [0, 0, 0, 0, 0, 9, 9, 0, 0, 0, 0, 0];
    expect(pixels).toEqual([...frame, ...frame]);
    expect(dataSet["00280301"]?.Value).toEqual(["NO"]);
    expect(JSON.stringify(dataSet["00120064"])).toContain("113101");
  });

  test("a rectangle goes black: planes of RGB, the high end of MONOCHROME1, bytes of 16 bits", async () => {
    const blanked = [{ column: 2, row: 2, columns: 9, rows: 9 }];
    const rgb = await run(
      image({
        SamplesPerPixel: 3,
        PlanarConfiguration: 1,
        PhotometricInterpretation: "RGB",
        PixelData: new Uint8Array(36).fill(9),
      }),
      [],
      { blanked },
    );
    const plane = [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0];
    expect(rgb.pixels).toEqual([...plane, ...plane, ...plane]);
    const inverse = await run(
      image({
        PhotometricInterpretation: "MONOCHROME1",
        BitsAllocated: 16,
        BitsStored: 12,
        HighBit: 11,
        PixelData: new Uint8Array(24).fill(9),
      }),
      [],
      { blanked },
    );
    expect(inverse.pixels).toEqual([...new Array(20).fill(9), 0xff, 0x0f, 0xff, 0x0f]);
  });
});

test("an encapsulated document is refused", async () => {
  const record = { SOPClassUID: "1.2.840.10008.5.1.4.1.1.104.1", EncapsulatedDocument: Uint8Array.of(37, 80) };
  await expect(run(record, [])).rejects.toMatchObject({ code: "not-deidentifiable" });
});

describe("structured reports", () => {
  const code = (value: string, meaning: string): KeywordRecord => ({
    CodeValue: value,
    CodingSchemeDesignator: "DCM",
    CodeMeaning: meaning,
  });
  const report: KeywordRecord = {
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.88.33",
    SpecificCharacterSet: "ISO_IR 192",
    ValueType: "CONTAINER",
    ContentSequence: [
      {
        ValueType: "TEXT",
        ConceptNameCodeSequence: [code("121071", "Finding")],
        TextValue: "Luc Roy, seen 12/03/2024",
      },
      { ValueType: "PNAME", ConceptNameCodeSequence: [code("121008", "Observer")], PersonName: "Kerbrat^Loïc" },
      { ValueType: "UIDREF", ConceptNameCodeSequence: [code("112040", "Tracking")], UID: "1.2.3.4" },
      {
        ValueType: "NUM",
        ConceptNameCodeSequence: [code("112227", "Agatston")],
        MeasuredValueSequence: [{ NumericValue: 412 }],
      },
    ],
    VerifyingObserverSequence: [{ VerifyingObserverName: "Kerbrat^Loïc", VerifyingOrganization: "CHU" }],
  };

  test("the basic profile leaves one content item that says nothing", async () => {
    const { dataSet } = await run(report, []);
    expect(dataSet["0040A730"]?.Value).toHaveLength(1);
    expect(JSON.stringify(dataSet)).not.toMatch(/Kerbrat|412|Roy|CHU/);
  });

  test("cleaned, its numbers and codes stay, its texts, names, dates and UIDs do not", async () => {
    const { dataSet } = await run(report, ["clean-structured-content"]);
    const said = JSON.stringify(dataSet["0040A730"]);
    expect(said).toContain("412");
    expect(said).toContain("112227");
    expect(said).toMatch(/"2\.25\.\d+"/);
    expect(said).not.toMatch(/Kerbrat|Roy|12\/03|"1\.2\.3\.4"/);
    const cleaned = await run(report, ["clean-structured-content", "clean-descriptors"]);
    expect(JSON.stringify(cleaned.dataSet["0040A730"])).toContain("*** ***, seen ***");
  });
});
