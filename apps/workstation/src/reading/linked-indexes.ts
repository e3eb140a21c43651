import type { Picture } from "../picture/picture.ts";
import { dot, normalOf } from "../picture/plane.ts";
import type { PictureStack } from "./picture-stacks.ts";
import type { Cell } from "./room-state.ts";
import { indexAt, placeOf, sliceCount } from "./stack-place.ts";

/** Cosine from which two stacks are scrolled together: 18°. */
const leastCosine = 0.95;

/** What is scrolled, and what stands beside it. */
interface Linked {
  readonly cells: readonly Cell[];
  /** Index of each cell when scrolling was linked. */
  readonly linkedAt: readonly number[];
  readonly stackOf: (cell: number) => PictureStack | undefined;
}

/**
 * Where the other viewports go when one goes to an index: to the slice nearest in the patient where both have one frame of
 * reference, else as far from where they stood when they were linked; and to the same point of an axis that both have.
 */
export function linkedIndexes(
  moved: { readonly cell: number; readonly index: number },
  { cells, linkedAt, stackOf }: Linked,
): ReadonlyMap<number, number> {
  const { cell, index } = moved;
  const indexes = new Map([[cell, index]]);
  const leader = stackOf(cell);
  const to = leader?.pictures[index];
  const from = leader?.pictures[linkedAt[cell] ?? 0];
  if (leader === undefined || to === undefined || from === undefined || !to.plane.hasOrientation) return indexes;
  cells.forEach((other, at) => {
    const stack = stackOf(at);
    const start = stack?.pictures[linkedAt[at] ?? 0];
    if (at === cell || stack === undefined || start === undefined || !areParallel(start, to)) return;
    const isSamePlace = isInOneFrame(start, to);
    const targetMm = isSamePlace ? alongMm(to, start) : alongMm(start, start) + alongMm(to, to) - alongMm(from, to);
    indexes.set(
      at,
      indexNear(stack, { targetMm, like: start, points: pointsLike(stack, other.index, { leader, index }) }),
    );
  });
  return indexes;
}

function areParallel(a: Picture, b: Picture): boolean {
  return a.plane.hasOrientation && Math.abs(dot(normalOf(a.plane), normalOf(b.plane))) > leastCosine;
}

function isInOneFrame({ header: a }: Picture, { header: b }: Picture): boolean {
  return a.frameOfReferenceUid !== undefined && a.frameOfReferenceUid === b.frameOfReferenceUid;
}

/** Where a picture lies along the normal of another, mm, the larger the nearer to head, left or back. */
function alongMm({ plane }: Picture, { plane: of }: Picture): number {
  const normal = normalOf(of);
  const largest = normal.reduce((best, part) => (Math.abs(part) > Math.abs(best) ? part : best), 0);
  return Math.sign(largest) * dot(plane.originLpsMm, normal);
}

function indexNear(
  stack: PictureStack,
  { targetMm, like, points }: { readonly targetMm: number; readonly like: Picture; readonly points: readonly number[] },
): number {
  const [nearest] = Array.from({ length: sliceCount(stack) }, (_, slice) => {
    const index = indexAt(stack, { slice, points });
    const picture = stack.pictures[index];
    return { index, distanceMm: picture === undefined ? Infinity : Math.abs(alongMm(picture, like) - targetMm) };
  }).sort((a, b) => a.distanceMm - b.distanceMm);
  return nearest?.index ?? 0;
}

/** The points of the other stack; those of the leader on axes of one name and length. */
function pointsLike(
  stack: PictureStack,
  index: number,
  { leader, index: led }: { readonly leader: PictureStack; readonly index: number },
): readonly number[] {
  const own = placeOf(stack, index).points;
  const leading = placeOf(leader, led).points;
  return stack.axes.map(({ name, coordinates }, at) => {
    const same = leader.axes.findIndex((axis) => axis.name === name && axis.coordinates.length === coordinates.length);
    return leading[same] ?? own[at] ?? 0;
  });
}
