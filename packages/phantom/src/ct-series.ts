import { dataSetOf, type KeywordRecord, writePart10 } from "@etalon/dicom";
import type { PhantomFile } from "./phantom.ts";
import type { Vector3 } from "./solid.ts";
import { syntheticUid } from "./synthetic-uid.ts";

/** One slice of a synthetic CT series. */
export interface CtSlice {
  /** HU, shape [row, column]. */
  readonly values: Float32Array | Int16Array;
  /** Centre of the first pixel, patient LPS, mm. */
  readonly positionLpsMm: Vector3;
  readonly instanceNumber: number;
  /** Attributes by keyword that replace the series' own, SOPInstanceUID included. */
  readonly attributes?: KeywordRecord;
}

/** A synthetic CT series. */
export interface CtSeries {
  /** What the UIDs are derived from: the same identity, the same UIDs. */
  readonly identity: string;
  readonly columns: number;
  readonly rows: number;
  /** Between rows, then between columns, mm. */
  readonly pixelSpacingMm: readonly [number, number];
  /** Row direction then column direction, patient LPS; supine, head first and upright is [1, 0, 0, 0, 1, 0]. */
  readonly orientation: readonly [number, number, number, number, number, number];
  readonly thicknessMm: number;
  readonly kvp: number;
  /** Attributes by keyword that replace the usual ones or add to them. */
  readonly attributes?: KeywordRecord;
  /** Slices in any order. */
  readonly slices: Iterable<CtSlice>;
}

const ctImageStorage = "1.2.840.10008.5.1.4.1.1.2";
const explicitLittleEndian = "1.2.840.10008.1.2.1";
/** What stored values are shifted by, as CT scanners do: air is 24, water 1024. */
const interceptHu = -1024;

/**
 * A series as DICOM files (CT Image IOD, PS3.3 A.3), one at a time; every iteration makes the same bytes. Values are
 * rounded to whole HU, halves away from zero, and clipped to the 16 bits of the stored form.
 */
export function buildCtSeries(series: CtSeries): Iterable<PhantomFile> {
  return {
    *[Symbol.iterator]() {
      for (const slice of series.slices) {
        const name = `IM${String(slice.instanceNumber).padStart(4, "0")}.dcm`;
        const dataSet = dataSetOf({ ...seriesAttributes(series), ...sliceAttributes(series, slice) });
        yield { name, bytes: writePart10(dataSet, { transferSyntaxUid: explicitLittleEndian }) };
      }
    },
  };
}

function seriesAttributes(series: CtSeries): KeywordRecord {
  return {
    SpecificCharacterSet: "ISO_IR 192",
    ImageType: ["ORIGINAL", "PRIMARY", "AXIAL"],
    SOPClassUID: ctImageStorage,
    StudyDate: "20260101",
    SeriesDate: "20260101",
    AcquisitionDate: "20260101",
    ContentDate: "20260101",
    StudyTime: "120000",
    ContentTime: "120000",
    AccessionNumber: null,
    Modality: "CT",
    Manufacturer: "Etalon",
    ManufacturerModelName: "Phantom",
    ReferringPhysicianName: null,
    StudyDescription: "Synthetic study, no patient",
    SeriesDescription: "Calcium score",
    PatientName: "Fantôme^Étalon",
    PatientID: "ETALON-PHANTOM",
    PatientBirthDate: null,
    PatientSex: null,
    BodyPartExamined: "HEART",
    SliceThickness: series.thicknessMm,
    KVP: series.kvp,
    ConvolutionKernel: "PHANTOM",
    PatientPosition: "HFS",
    StudyInstanceUID: syntheticUid(`${series.identity}/study`),
    SeriesInstanceUID: syntheticUid(`${series.identity}/series`),
    FrameOfReferenceUID: syntheticUid(`${series.identity}/frame-of-reference`),
    PositionReferenceIndicator: null,
    StudyID: "1",
    SeriesNumber: 1,
    AcquisitionNumber: 1,
    ImageOrientationPatient: series.orientation,
    ImageComments: "synthetic",
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: series.rows,
    Columns: series.columns,
    PixelSpacing: series.pixelSpacingMm,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    WindowCenter: 130,
    WindowWidth: 800,
    RescaleIntercept: interceptHu,
    RescaleSlope: 1,
    RescaleType: "HU",
    ...series.attributes,
  };
}

function sliceAttributes(series: CtSeries, slice: CtSlice): KeywordRecord {
  return {
    SOPInstanceUID: syntheticUid(`${series.identity}/instance/${slice.instanceNumber}`),
    InstanceNumber: slice.instanceNumber,
    ImagePositionPatient: slice.positionLpsMm,
    PixelData: storedBytes(slice.values),
    ...slice.attributes,
  };
}

function storedBytes(values: Float32Array | Int16Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const hu = values[i];
    const whole = hu < 0 ? -Math.round(-hu) : Math.round(hu);
    const stored = Math.max(0, Math.min(65_535, whole - interceptHu));
    bytes[2 * i] = stored & 0xff;
    bytes[2 * i + 1] = stored >> 8;
  }
  return bytes;
}
