import type { Picture } from "../../picture/picture.ts";
import { planeOf } from "../../picture/plane.ts";
import type { PictureAxis, PictureStack } from "../picture-stacks.ts";

/** An axial stack made for tests: slices at 0, one spacing, two spacings … mm, at each all points of its axes. */
export function madeStack(made: {
  readonly id: string;
  readonly slices: number;
  readonly spacingMm: number;
  readonly frameOfReferenceUid?: string;
  readonly studyInstanceUid?: string;
  readonly modality?: string;
  readonly axes?: readonly PictureAxis[];
}): PictureStack {
  const { id, slices, spacingMm, modality = "CT", studyInstanceUid = "1.2", axes = [] } = made;
  const each = axes.reduce((product, { coordinates }) => product * coordinates.length, 1);
  const header = {
    transferSyntaxUid: "1.2.840.10008.1.2.1",
    sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
    sopInstanceUid: id,
    studyInstanceUid,
    seriesInstanceUid: id,
    ...(made.frameOfReferenceUid === undefined ? {} : { frameOfReferenceUid: made.frameOfReferenceUid }),
    modality,
    imageType: [],
    rows: 2,
    columns: 2,
    numberOfFrames: 1,
    samplesPerPixel: 1,
    photometricInterpretation: "MONOCHROME2",
    bitsAllocated: 16,
    bitsStored: 16,
    isSigned: true,
    hasPixelData: true,
    frames: [],
  };
  const pictures = Array.from({ length: slices * each }, (_, index): Picture => {
    const frame = {
      frameIndex: 0,
      positionLpsMm: [0, 0, Math.floor(index / each) * spacingMm],
      orientation: [1, 0, 0, 0, 1, 0],
      pixelSpacingMm: [1, 1],
      rescaleSlope: 1,
      rescaleIntercept: 0,
      axes: {},
    } as const;
    return {
      id: `${id}.${index}/1`,
      header,
      frame,
      path: "",
      pixelModule: {},
      tableUrls: {},
      plane: planeOf(frame),
      patientOrientation: undefined,
      regions: [],
      window: undefined,
      framesPerSecond: undefined,
    };
  });
  return { id, studyInstanceUid, seriesInstanceUid: id, modality, pictures, axes, stack: undefined };
}
