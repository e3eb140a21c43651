import { DicomError, EtalonError } from "@etalon/base";
import type { FrameReader, Ledger, StackFrame } from "@etalon/volume";
import type { Region } from "./marks.ts";
import type { PointLpsMm, ResolvedRegion } from "./region.ts";

/** A segment of a DICOM SEG as a region, and the object it was read from. */
export interface ResolvedSegment {
  readonly region: ResolvedRegion;
  readonly dataSetSha256: string;
  readonly uid: string;
}

/** One frame of a segment: a plane of patient space with the pixels that belong to it. */
interface SegmentPlane {
  readonly origin: PointLpsMm;
  readonly alongNormalMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly isInside: (column: number, row: number) => boolean;
}

/**
 * Reads a segment of a binary DICOM SEG (PS3.3 A.51) among the images received. A point belongs to the segment when the
 * nearest voxel of the nearest frame does; beyond half a slice from every frame nothing does.
 *
 * @throws {EtalonError} `missing-value` when no such segment was received
 * @throws {DicomError} `unsupported-pixel-format` for a fractional or label-map segmentation
 */
export async function resolveSegmentRegion(
  region: Region,
  ledger: Ledger,
  readFrame: FrameReader,
): Promise<ResolvedSegment> {
  const { shape } = region;
  const field = `marks.regions.${region.id}.shape`;
  if (shape.kind !== "segment") throw new EtalonError("missing-value", { field });
  const stack = ledger.stacks.find(({ frames }) => frames.some((frame) => isOfSegment(frame, shape)));
  const frames = stack?.frames.filter((frame) => isOfSegment(frame, shape)) ?? [];
  const [first] = frames;
  if (stack === undefined || first === undefined) throw new EtalonError("missing-value", { field });
  const planes: SegmentPlane[] = [];
  for (const frame of frames) planes.push(await readPlane(frame, readFrame));
  const halfSliceMm = halfSliceOf(stack.slicePositionsMm, first);
  const { rowDirection: u, columnDirection: v, normal: n, pixelSpacingMm } = stack;
  const holds = ([x, y, z]: PointLpsMm): boolean => {
    const along = x * n[0] + y * n[1] + z * n[2];
    const plane = nearestPlane(planes, along);
    if (Math.abs(plane.alongNormalMm - along) > halfSliceMm) return false;
    const [dx, dy, dz] = [x - plane.origin[0], y - plane.origin[1], z - plane.origin[2]];
    const column = Math.round((dx * u[0] + dy * u[1] + dz * u[2]) / pixelSpacingMm[1]);
    const row = Math.round((dx * v[0] + dy * v[1] + dz * v[2]) / pixelSpacingMm[0]);
    return column >= 0 && row >= 0 && column < plane.columns && row < plane.rows && plane.isInside(column, row);
  };
  const { id, label, mode } = region;
  return {
    region: { id, label, mode, ...boundsOf(planes, stack, halfSliceMm), holds },
    dataSetSha256: first.instance.dataSetSha256,
    uid: shape.sopInstanceUid,
  };
}

function isOfSegment(
  { instance, header }: StackFrame,
  shape: { readonly sopInstanceUid: string; readonly segmentNumber: number },
): boolean {
  return instance.header.sopInstanceUid === shape.sopInstanceUid && header.axes.segmentNumber === shape.segmentNumber;
}

async function readPlane(frame: StackFrame, readFrame: FrameReader): Promise<SegmentPlane> {
  const { header, instance } = frame;
  const origin = header.positionLpsMm;
  if (instance.header.bitsAllocated !== 1 || origin === undefined) {
    throw new DicomError("unsupported-pixel-format", {
      file: instance.path,
      field: "SegmentationType",
      details: { reason: "only binary segmentations name a region" },
    });
  }
  const { samples, columns, rows } = await readFrame(frame);
  return {
    origin,
    alongNormalMm: frame.alongNormalMm,
    columns,
    rows,
    isInside: (column, row) => samples[row * columns + column] !== 0,
  };
}

function halfSliceOf(positionsMm: readonly number[], frame: StackFrame): number {
  const gaps = positionsMm.slice(1).map((position, index) => position - positionsMm[index]);
  return Math.max(frame.header.sliceThicknessMm ?? 0, ...(gaps.length > 0 ? [Math.min(...gaps)] : [])) / 2;
}

function nearestPlane(planes: readonly SegmentPlane[], along: number): SegmentPlane {
  return planes.reduce((best, plane) =>
    Math.abs(plane.alongNormalMm - along) < Math.abs(best.alongNormalMm - along) ? plane : best,
  );
}

function boundsOf(
  planes: readonly SegmentPlane[],
  grid: {
    readonly rowDirection: PointLpsMm;
    readonly columnDirection: PointLpsMm;
    readonly normal: PointLpsMm;
    readonly pixelSpacingMm: readonly [number, number];
  },
  halfSliceMm: number,
): Pick<ResolvedRegion, "minLpsMm" | "maxLpsMm"> {
  const { rowDirection: u, columnDirection: v, normal: n, pixelSpacingMm } = grid;
  const ends = (axis: 0 | 1 | 2): [number, number] => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { origin, columns, rows } of planes) {
      for (const i of [-0.5, columns - 0.5]) {
        for (const j of [-0.5, rows - 0.5]) {
          for (const k of [-halfSliceMm, halfSliceMm]) {
            const at = origin[axis] + i * pixelSpacingMm[1] * u[axis] + j * pixelSpacingMm[0] * v[axis] + k * n[axis];
            low = Math.min(low, at);
            high = Math.max(high, at);
          }
        }
      }
    }
    return [low, high];
  };
  const [x, y, z] = [ends(0), ends(1), ends(2)];
  return { minLpsMm: [x[0], y[0], z[0]], maxLpsMm: [x[1], y[1], z[1]] };
}
