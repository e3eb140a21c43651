import { dataSetOf, writePart10 } from "@etalon/dicom";

/** Of the study of {@link madeRadiograph}. */
export const radiographStudyUid = "1.2.826.0.1.98.1";

/** A chest radiograph from in front, which lies nowhere in the patient: 64 × 64 pixels of 5 mm, a wedge. No protocol measures it. */
export function madeRadiograph(): Uint8Array {
  const side = 64;
  const pixels = Uint16Array.from({ length: side * side }, (_, at) => at % side);
  const dataSet = dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.1.1",
    SOPInstanceUID: `${radiographStudyUid}.1.1`,
    StudyInstanceUID: radiographStudyUid,
    SeriesInstanceUID: `${radiographStudyUid}.1`,
    StudyDate: "20260101",
    Modality: "DX",
    PatientName: "Made^Radiograph",
    PatientID: "DX-1",
    PatientOrientation: ["L", "F"],
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: side,
    Columns: side,
    PixelSpacing: [5, 5],
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
  });
  const bytes = new Uint8Array(pixels.buffer);
  return writePart10({ ...dataSet, "7FE00010": { vr: "OW", bytes } }, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
}
