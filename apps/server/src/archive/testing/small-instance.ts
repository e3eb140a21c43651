import { dataSetOf, type KeywordRecord, writePart10 } from "@etalon/dicom";

/** CT Image Storage. */
export const ctImageStorage = "1.2.840.10008.5.1.4.1.1.2";
export const explicitLittleEndian = "1.2.840.10008.1.2.1";

/** A CT image of 4 × 4 pixels: number `index` of one series, unless said otherwise. */
export function smallInstance(index: number, said: KeywordRecord = {}): Uint8Array {
  const pixels = new Uint8Array(new Uint16Array(16).fill(index).buffer);
  const dataSet = dataSetOf({
    SOPClassUID: ctImageStorage,
    SOPInstanceUID: `1.2.826.0.1.${index}`,
    StudyInstanceUID: "1.2.826.0.2.1",
    SeriesInstanceUID: "1.2.826.0.3.1",
    StudyDate: "20240229",
    Modality: "CT",
    PatientName: "Doe^Jane",
    PatientID: "P1",
    InstanceNumber: index,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: 4,
    Columns: 4,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: pixels,
    ...said,
  });
  return writePart10(dataSet, { transferSyntaxUid: explicitLittleEndian });
}

/** Bytes as they come from a connection. */
export async function* inPieces(bytes: Uint8Array, length = 1000): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += length) yield bytes.subarray(offset, offset + length);
}
