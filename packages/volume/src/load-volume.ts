import { DicomError, InputError, RefusalError } from "@etalon/base";
import type { FramePixels } from "@etalon/dicom";
import type { Stack, StackFrame } from "./ledger.ts";
import { isPlanar } from "./planar-frame.ts";
import { fitsInt16, type RescaleTarget, rescaleInto } from "./rescale.ts";
import { sliceIncrements } from "./slice-increments.ts";
import { describeSpacing } from "./slice-spacing.ts";
import type { Volume } from "./volume.ts";

/** How a stack is made into a volume. */
export interface LoadOptions {
  /** Decodes the stored samples of one frame; called once per slice, in slice order, one at a time. */
  readonly readFrame: (frame: StackFrame) => Promise<FramePixels>;
  /** Unit of the rescaled values, UCUM. */
  readonly unit: string;
  /** Index of the coordinate wanted on each of the stack's axes, in their order; needed when the stack has axes. */
  readonly axisIndexes?: readonly number[];
}

/**
 * Reads one volume of a stack, slices in the order of `slicePositionsMm`. Each frame is rescaled with its own slope and
 * intercept (value = stored × slope + intercept): they may differ from slice to slice, so stored values are never compared.
 *
 * Values are an Int16Array when every slope and intercept is an integer and every value fits, else a Float32Array, which
 * rounds each value once, from double precision, to the nearest 24-bit number. Padding is marked where a stored value lies
 * in the header's padding range; the value below it is rescaled like any other and holds no measurement.
 *
 * The nominal slice thickness is the largest that a frame of the volume says, or the median distance of the slices
 * where none says any.
 *
 * @throws {RefusalError} `ambiguous-version` when versions of an instance await a choice
 * @throws {RefusalError} `overlapping-frames` when several frames lie at one position and nothing tells them apart
 * @throws {RefusalError} `incomplete-stack` when a slice has no frame at these coordinates
 * @throws {InputError} `missing-value` or `out-of-range` when `axisIndexes` does not name a coordinate on every axis
 * @throws {DicomError} `unsupported-pixel-format` for colour or a frame of another size; `missing-attribute` when a single
 *   slice says no thickness
 */
export async function loadVolume(stack: Stack, options: LoadOptions): Promise<Volume> {
  const frames = selectFrames(stack, options.axisIndexes ?? []);
  const sliceThicknessMm = thicknessOf(frames);
  const voxelsPerSlice = stack.rows * stack.columns;
  let target = createTarget(frames, voxelsPerSlice);
  for (const [slice, frame] of frames.entries()) {
    const pixels = await options.readFrame(frame);
    checkPixels(pixels, stack, frame);
    if (target.values instanceof Int16Array && !fitsInt16(pixels.samples, frame.header)) {
      target = { ...target, values: new Float32Array(target.values) };
    }
    const { pixelPadding } = frame.instance.header;
    const source = { samples: pixels.samples, frame: frame.header, ...(pixelPadding && { pixelPadding }) };
    target = rescaleInto(target, source, slice * voxelsPerSlice);
  }
  return {
    values: target.values,
    ...(target.padding && { padding: target.padding }),
    unit: options.unit,
    columns: stack.columns,
    rows: stack.rows,
    slices: frames.length,
    rowSpacingMm: stack.pixelSpacingMm[0],
    columnSpacingMm: stack.pixelSpacingMm[1],
    rowDirection: stack.rowDirection,
    columnDirection: stack.columnDirection,
    normal: stack.normal,
    sliceOriginsLpsMm: originsOf(frames),
    sliceIncrementsMm: sliceIncrements(
      frames.map((frame) => frame.alongNormalMm),
      sliceThicknessMm,
    ),
    sliceThicknessMm,
  };
}

/** The frame of each slice at the coordinates asked for. */
function selectFrames(stack: Stack, axisIndexes: readonly number[]): readonly StackFrame[] {
  const [undecided] = stack.undecided;
  if (undecided !== undefined) {
    throw new RefusalError("ambiguous-version", {
      field: undecided.sopInstanceUid,
      received: undecided.dataSetSha256.map((hash) => hash.slice(0, shownDigits)).join(", "),
      details: { stack: stack.id, hashes: undecided.dataSetSha256.join(" ") },
    });
  }
  if (stack.hasUnresolvedDuplicates) {
    throw new RefusalError("overlapping-frames", {
      field: stack.id,
      received: `${stack.frames.length} frames, ${stack.slicePositionsMm.length} positions`,
    });
  }
  if (axisIndexes.length !== stack.axes.length) {
    const names = stack.axes.map(({ name }) => name).join(", ");
    throw new InputError("missing-value", `axisIndexes (${names})`, axisIndexes.length);
  }
  const coordinates = stack.axes.map(({ name, coordinates: all }, i) => {
    const index = axisIndexes[i];
    if (!(Number.isInteger(index) && index >= 0 && index < all.length)) {
      throw new InputError("out-of-range", name, index, `0..${all.length - 1}`);
    }
    return { name, coordinate: all[index] };
  });
  const frames = stack.frames.filter(({ header }) =>
    coordinates.every(({ name, coordinate }) => header.axes[name] === coordinate),
  );
  if (frames.length !== stack.slicePositionsMm.length) {
    throw new RefusalError("incomplete-stack", {
      field: stack.id,
      received: frames.length,
      details: { expected: stack.slicePositionsMm.length },
    });
  }
  return frames;
}

/** Digits of a hash that a message shows: enough to be typed back, and unlike any other. */
const shownDigits = 12;

function thicknessOf(frames: readonly StackFrame[]): number {
  const said = frames.flatMap(({ header }) => header.sliceThicknessMm ?? []).filter((mm) => mm > 0);
  if (said.length > 0) return said.reduce((largest, mm) => Math.max(largest, mm));
  if (frames.length > 1) return describeSpacing(frames.map((frame) => frame.alongNormalMm)).medianMm;
  throw new DicomError("missing-attribute", { field: "SliceThickness", file: frames[0].instance.path });
}

function createTarget(frames: readonly StackFrame[], voxelsPerSlice: number): RescaleTarget {
  const areIntegers = frames.every(
    ({ header }) => Number.isInteger(header.rescaleSlope) && Number.isInteger(header.rescaleIntercept),
  );
  const length = frames.length * voxelsPerSlice;
  return { values: areIntegers ? new Int16Array(length) : new Float32Array(length) };
}

function checkPixels(pixels: FramePixels, stack: Stack, { instance, header }: StackFrame): void {
  const isExpected =
    pixels.samplesPerPixel === 1 &&
    pixels.rows === stack.rows &&
    pixels.columns === stack.columns &&
    pixels.samples.length === stack.rows * stack.columns;
  if (isExpected) return;
  throw new DicomError("unsupported-pixel-format", {
    field: "PixelData",
    file: instance.path,
    details: {
      frame: header.frameIndex,
      reason: `${pixels.columns} × ${pixels.rows} × ${pixels.samplesPerPixel}, not ${stack.columns} × ${stack.rows} × 1`,
    },
  });
}

function originsOf(frames: readonly StackFrame[]): Float64Array {
  const origins = new Float64Array(frames.length * 3);
  for (const [slice, { instance, header }] of frames.entries()) {
    if (!isPlanar(header)) {
      throw new DicomError("missing-attribute", { field: "ImagePositionPatient", file: instance.path });
    }
    origins.set(header.positionLpsMm, slice * 3);
  }
  return origins;
}
