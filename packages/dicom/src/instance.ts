/** What one frame says of its own place and values, from the object's header or its functional groups (PS3.3 C.7.6.16). */
export interface FrameHeader {
  /** Zero-based position in the pixel data. */
  readonly frameIndex: number;
  /** Position of the centre of the first voxel, patient LPS, mm (ImagePositionPatient). */
  readonly positionLpsMm?: readonly [number, number, number];
  /** Row direction then column direction, unit vectors in patient LPS (ImageOrientationPatient). */
  readonly orientation?: readonly [number, number, number, number, number, number];
  /** Distance between rows, then between columns, mm (PixelSpacing). */
  readonly pixelSpacingMm?: readonly [number, number];
  readonly sliceThicknessMm?: number;
  /** value = stored × slope + intercept; slope 1 and intercept 0 when absent. */
  readonly rescaleSlope: number;
  readonly rescaleIntercept: number;
  /** RescaleType ("HU", "US" …) when said. */
  readonly rescaleType?: string;
  /** Coordinates on axes other than space, each named with its unit where it is said. */
  readonly axes: FrameAxes;
  readonly repetitionTimeMs?: number;
  /** Time from the first volume of a research file, ms, where the file says its step. */
  readonly volumeTimeMs?: number;
  /** Which part of the complex signal it shows, where an attribute of its own says it; ImageType often says it too. */
  readonly complexComponent?: ComplexComponent;
}

/** Parts of a complex signal (PS3.3 C.8.13.3.1.1). */
export type ComplexComponent = "magnitude" | "phase" | "real" | "imaginary";

/** What may tell apart two frames at one place. Absent means not said. */
export interface FrameAxes {
  readonly acquisitionNumber?: number;
  readonly temporalPositionIndex?: number;
  readonly triggerTimeMs?: number;
  readonly inversionTimeMs?: number;
  readonly echoTimeMs?: number;
  readonly flipAngleDeg?: number;
  readonly bValueSPerMm2?: number;
  readonly cardiacPhasePercent?: number;
  readonly energyKev?: number;
  /** ReferencedSegmentNumber of a frame of a segmentation (PS3.3 C.8.20.3.1). */
  readonly segmentNumber?: number;
  /** AcquisitionDateTime, or date and time joined, as the digits said. */
  readonly acquisitionDateTime?: string;
}

/** What one SOP instance says of itself: the projection of its header that everything above `dicom/` works on. */
export interface InstanceHeader {
  readonly transferSyntaxUid: string;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly frameOfReferenceUid?: string;
  readonly modality: string;
  readonly instanceNumber?: number;
  readonly seriesNumber?: number;
  readonly seriesDescription?: string;
  readonly protocolName?: string;
  readonly bodyPartExamined?: string;
  readonly manufacturer?: string;
  readonly manufacturerModelName?: string;
  readonly imageType: readonly string[];
  readonly tubeVoltageKv?: number;
  readonly convolutionKernel?: string;
  readonly contrastBolusAgent?: string;
  readonly gantryTiltDeg?: number;
  readonly spacingBetweenSlicesMm?: number;
  /** MagneticFieldStrength. */
  readonly fieldStrengthT?: number;
  /** 0 when the object is no image. */
  readonly rows: number;
  readonly columns: number;
  readonly numberOfFrames: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly isSigned: boolean;
  /** PixelPaddingValue and PixelPaddingRangeLimit, stored values: voxels in this range hold no measurement. */
  readonly pixelPadding?: readonly [number, number];
  readonly hasPixelData: boolean;
  /** One entry per frame, in stored order; empty when the object is no image. */
  readonly frames: readonly FrameHeader[];
}
