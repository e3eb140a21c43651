import { RefusalError } from "@etalon/base";
import type { FrameReader } from "./frame-reader.ts";
import type { Stack } from "./ledger.ts";
import { loadVolume } from "./load-volume.ts";
import type { Series4D } from "./series-4d.ts";
import type { Volume } from "./volume.ts";

/** How a stack with axes is read. */
export interface LoadSeriesOptions {
  readonly readFrame: FrameReader;
  /** Unit of the rescaled values, UCUM. */
  readonly unit: string;
}

/**
 * Every volume of a stack, along all its axes, last axis fastest; a stack without axes is one volume.
 *
 * @throws {RefusalError} `incomplete-stack` when a slice lacks a frame at one of the coordinates; what {@link loadVolume} throws
 */
export async function loadSeries4D(stack: Stack, { readFrame, unit }: LoadSeriesOptions): Promise<Series4D> {
  const lengths = stack.axes.map(({ coordinates }) => coordinates.length);
  const points = lengths.reduce((product, length) => product * length, 1);
  if (points * stack.slicePositionsMm.length !== stack.frames.length) {
    throw new RefusalError("incomplete-stack", {
      field: stack.id,
      received: stack.frames.length,
      details: { expected: points * stack.slicePositionsMm.length },
    });
  }
  const volumes: Volume[] = [];
  for (let point = 0; point < points; point++) {
    volumes.push(await loadVolume(stack, { readFrame, unit, axisIndexes: indexesOf(point, lengths) }));
  }
  return { axes: stack.axes, volumes };
}

/** Index on each axis of a point counted with the last axis fastest. */
function indexesOf(point: number, lengths: readonly number[]): number[] {
  const indexes: number[] = [];
  let rest = point;
  for (const length of lengths.toReversed()) {
    indexes.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return indexes;
}
