import type { FrameHeader, InstanceHeader } from "@etalon/dicom";

/** What a test says of a header; the rest is that of a 4 × 4 axial CT slice of 1 mm pixels and 3 mm thickness. */
export interface HeaderOverrides extends Partial<Omit<InstanceHeader, "frames">> {
  /** One entry per frame; one frame when absent. */
  readonly frames?: readonly Partial<FrameHeader>[];
}

/** A header of one CT slice at the origin, with whatever the test wants otherwise. */
export function buildInstanceHeader(overrides: HeaderOverrides = {}): InstanceHeader {
  const { frames = [{}], ...instance } = overrides;
  return {
    transferSyntaxUid: "1.2.840.10008.1.2.1",
    sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
    sopInstanceUid: "1.2.3.1",
    studyInstanceUid: "1.2.3",
    seriesInstanceUid: "1.2.3.4",
    frameOfReferenceUid: "1.2.3.5",
    modality: "CT",
    imageType: ["ORIGINAL", "PRIMARY", "AXIAL"],
    rows: 4,
    columns: 4,
    numberOfFrames: frames.length,
    samplesPerPixel: 1,
    photometricInterpretation: "MONOCHROME2",
    bitsAllocated: 16,
    bitsStored: 16,
    isSigned: true,
    hasPixelData: true,
    ...instance,
    frames: frames.map((frame, frameIndex) => ({
      frameIndex,
      positionLpsMm: [0, 0, 0],
      orientation: [1, 0, 0, 0, 1, 0],
      pixelSpacingMm: [1, 1],
      sliceThicknessMm: 3,
      rescaleSlope: 1,
      rescaleIntercept: 0,
      axes: {},
      ...frame,
    })),
  };
}
