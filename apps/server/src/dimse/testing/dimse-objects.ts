import { dataSetOf, type KeywordRecord, writePart10 } from "@etalon/dicom";
import { splitPart10 } from "../../archive/testing/split-part10.ts";

/** An object made up for the tests. */
export interface DimseObject {
  readonly name: string;
  readonly study: string;
  readonly series: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** With preamble and group 0002. */
  readonly file: Uint8Array;
  /** What C-STORE sends of it. */
  readonly dataSet: Uint8Array;
}

const root = "1.2.826.0.1.3680043.8.498.7";
const explicit = "1.2.840.10008.1.2.1";
const implicit = "1.2.840.10008.1.2";
const ct = "1.2.840.10008.5.1.4.1.1.2";

/** Studies of the objects, by their names here. */
export const testStudies = { scan: `${root}.1`, followUp: `${root}.2`, chinese: `${root}.3` } as const;

/** Series of the objects. */
export const testSeries = {
  scan: `${root}.1.1`,
  reference: `${root}.1.2`,
  followUp: `${root}.2.1`,
  chinese: `${root}.3.1`,
} as const;

const zoe = {
  SpecificCharacterSet: "ISO_IR 100",
  PatientName: "Müller^Zoë",
  PatientID: "P1",
  PatientBirthDate: "19700131",
};

/**
 * Two patients, three studies, four series, seven instances: names in Latin-1 and UTF-8, private elements, a sequence,
 * implicit VR.
 */
export const dimseObjects: readonly DimseObject[] = [
  object("scan-1", { study: testStudies.scan, series: testSeries.scan, number: 1 }, { ...zoe, ...scanOf("CT", 1) }),
  object("scan-2", { study: testStudies.scan, series: testSeries.scan, number: 2 }, { ...zoe, ...scanOf("CT", 1) }),
  object(
    "scan-implicit",
    { study: testStudies.scan, series: testSeries.scan, number: 3, isImplicit: true },
    { ...zoe, ...scanOf("CT", 1) },
  ),
  object(
    "reference",
    { study: testStudies.scan, series: testSeries.reference, number: 1 },
    { ...zoe, ...scanOf("MR", 2) },
  ),
  object(
    "follow-up",
    { study: testStudies.followUp, series: testSeries.followUp, number: 1 },
    { ...zoe, StudyDate: "20250301", StudyTime: "1730", StudyDescription: "Suivi", Modality: "US", SeriesNumber: 1 },
  ),
  object(
    "private",
    { study: testStudies.chinese, series: testSeries.chinese, number: 1 },
    {
      ...chinese(),
      "00090010": { vr: "LO", Value: ["ETALON TEST"] },
      "00091001": { vr: "UN", bytes: Uint8Array.of(0, 255, 1, 254) },
      "00091003": { vr: "LO", Value: ["a", "b"] },
      "7FE10010": { vr: "LO", Value: ["ETALON PIXELS"] },
      "7FE11001": { vr: "OW", bytes: new Uint8Array(64) },
    },
  ),
  object("chinese", { study: testStudies.chinese, series: testSeries.chinese, number: 2 }, chinese()),
];

function scanOf(Modality: string, SeriesNumber: number): KeywordRecord {
  const step = { ScheduledProcedureStepID: `SPS${SeriesNumber}`, RequestedProcedureID: "RP1" };
  return {
    StudyDate: "20240229",
    StudyTime: "080000",
    AccessionNumber: "ACC1",
    StudyDescription: "Scanner coronaire",
    Modality,
    SeriesNumber,
    "00400275": { vr: "SQ", Value: [dataSetOf(step)] },
  };
}

function chinese(): KeywordRecord {
  return {
    SpecificCharacterSet: "ISO_IR 192",
    PatientName: "Wang^XiaoDong=王^小东",
    PatientID: "P2",
    StudyDate: "20240301",
    StudyTime: "120000",
    Modality: "CT",
    SeriesNumber: 1,
  };
}

function object(
  name: string,
  place: { readonly study: string; readonly series: string; readonly number: number; readonly isImplicit?: boolean },
  said: KeywordRecord,
): DimseObject {
  const { study, series, number, isImplicit = false } = place;
  const transferSyntaxUid = isImplicit ? implicit : explicit;
  const sopInstanceUid = `${series}.${number}`;
  const dataSet = dataSetOf({
    SOPClassUID: ct,
    SOPInstanceUID: sopInstanceUid,
    StudyInstanceUID: study,
    SeriesInstanceUID: series,
    InstanceNumber: number,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: 2,
    Columns: 2,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, number),
    ...said,
  });
  const file = writePart10(dataSet, { transferSyntaxUid });
  return { name, study, series, sopInstanceUid, transferSyntaxUid, file, dataSet: splitPart10(file).dataSet };
}
