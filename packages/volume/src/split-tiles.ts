import type { PlanarFrame } from "./planar-frame.ts";
import type { PlaneDirections } from "./plane-directions.ts";
import type { SlicedFrames } from "./slice-frames.ts";
import { dot } from "./vector3.ts";

/** Frames of one plane whose origins are within 0.1 mm lie at one place, a fifth of a CT pixel. */
const inPlaneToleranceMm = 0.1;

/**
 * Splits frames that lie beside each other in one plane (two breasts, two knees, table stations) by the place of their
 * first voxel in the plane. One part, all frames, unless two frames of one slice lie apart; a stack whose origin drifts
 * from slice to slice, as with a tilted gantry, is thus left whole.
 */
export function splitTiles<Frame extends PlanarFrame>(
  sliced: SlicedFrames<Frame>,
  plane: PlaneDirections,
): readonly (readonly Frame[])[] {
  const placed = sliced.frames.map(({ frame, slice }) => ({
    frame,
    slice,
    along: dot(frame.header.positionLpsMm, plane.row),
    down: dot(frame.header.positionLpsMm, plane.column),
  }));
  const isApart = (a: (typeof placed)[number], b: (typeof placed)[number]): boolean =>
    Math.abs(a.along - b.along) > inPlaneToleranceMm || Math.abs(a.down - b.down) > inPlaneToleranceMm;

  let first = 0;
  const needsSplit = placed.some((frame, i) => {
    if (frame.slice !== placed[first].slice) first = i;
    return isApart(frame, placed[first]);
  });
  if (!needsSplit) return [placed.map(({ frame }) => frame)];

  placed.sort((a, b) => a.along - b.along || a.down - b.down);
  const tiles: { readonly first: (typeof placed)[number]; readonly frames: Frame[] }[] = [];
  for (const frame of placed) {
    const tile = tiles.findLast((candidate) => !isApart(frame, candidate.first));
    if (tile === undefined) tiles.push({ first: frame, frames: [frame.frame] });
    else tile.frames.push(frame.frame);
  }
  return tiles.map(({ frames }) => frames);
}
