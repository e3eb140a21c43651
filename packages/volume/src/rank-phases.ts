import type { PlanarFrame } from "./planar-frame.ts";
import type { SlicedFrames } from "./slice-frames.ts";

/** A slice with fewer frames is no cine. */
const fewestPhases = 2;

/**
 * The frames of a cine whose trigger times differ from slice to slice (each breath-hold has its own heart rate), each with
 * its rank in its slice, from 1, as `temporalPositionIndex`. `undefined` unless every frame says a trigger time, no two
 * of one slice the same, and every slice has the same number of frames.
 */
export function rankPhases<Frame extends PlanarFrame>({
  frames,
  positionsMm,
}: SlicedFrames<Frame>): SlicedFrames<Frame> | undefined {
  const phases = frames.length / positionsMm.length;
  if (!Number.isInteger(phases) || phases < fewestPhases) return undefined;
  const bySlice = Map.groupBy(frames, ({ slice }) => slice);
  const ranked: (typeof frames)[number][] = [];
  for (const slice of [...bySlice.values()]) {
    const timesMs = slice.flatMap(({ frame }) => frame.header.axes.triggerTimeMs ?? []).sort((a, b) => a - b);
    if (slice.length !== phases || timesMs.length !== phases || new Set(timesMs).size !== phases) return undefined;
    for (const sliced of slice) {
      const { header } = sliced.frame;
      const rank = timesMs.indexOf(header.axes.triggerTimeMs ?? 0) + 1;
      const axes = { ...header.axes, temporalPositionIndex: rank };
      ranked.push({ ...sliced, frame: { ...sliced.frame, header: { ...header, axes } } });
    }
  }
  return { frames: ranked, positionsMm };
}
