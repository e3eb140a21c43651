import type { PixelPoint } from "../../picture/plane.ts";

/** Points of a drag, at least so far apart: what a hand trembles says nothing. The first and the last stay. */
export function thinned(points: readonly PixelPoint[], least: number): readonly PixelPoint[] {
  const kept: PixelPoint[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last === undefined || Math.hypot(point[0] - last[0], point[1] - last[1]) >= least) kept.push(point);
  }
  return kept;
}

/**
 * The closed polygon that a drag means: where the drag crosses itself, as it does where its end overlaps its beginning, the
 * largest loop of it. Nothing where that has no area.
 */
export function closedLoop(points: readonly PixelPoint[]): readonly PixelPoint[] | undefined {
  let best: readonly PixelPoint[] = points;
  let bestArea = isSimple(points) ? areaOf(points) : 0;
  for (let i = 0; i + 1 < points.length; i += 1) {
    for (let j = i + 2; j + 1 < points.length; j += 1) {
      const crossing = crossingOf([points[i], points[i + 1]], [points[j], points[j + 1]]);
      if (crossing === undefined) continue;
      const loop = [crossing, ...points.slice(i + 1, j + 1)];
      const area = areaOf(loop);
      if (area > bestArea && isSimple(loop)) [best, bestArea] = [loop, area];
    }
  }
  return bestArea > 0 ? best : undefined;
}

/** Area of a polygon, pixels². */
export function areaOf(points: readonly PixelPoint[]): number {
  let twice = 0;
  points.forEach(([x, y], at) => {
    const [before, above] = points.at(at - 1) ?? [x, y];
    twice += before * y - x * above;
  });
  return Math.abs(twice) / 2;
}

/** The corner of a polygon nearest to a point, and how far that is, pixels. */
export function nearestCorner(
  points: readonly PixelPoint[],
  [x, y]: PixelPoint,
): { readonly at: number; readonly distance: number } {
  let best = { at: 0, distance: Number.POSITIVE_INFINITY };
  points.forEach(([px, py], at) => {
    const distance = Math.hypot(px - x, py - y);
    if (distance < best.distance) best = { at, distance };
  });
  return best;
}

/**
 * A polygon in which a drag that begins and ends on it stands for the piece between: of the two ways round, the shorter one is
 * replaced. Nothing where what comes out crosses itself.
 */
export function withPiece(
  points: readonly PixelPoint[],
  drag: readonly PixelPoint[],
): readonly PixelPoint[] | undefined {
  const [first, last] = [drag.at(0), drag.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [from, to] = [nearestCorner(points, first).at, nearestCorner(points, last).at];
  const round = (start: number, end: number): readonly PixelPoint[] => {
    const count = (end - start + points.length) % points.length;
    return Array.from({ length: count + 1 }, (_, step) => points[(start + step) % points.length] ?? first);
  };
  const [forwards, backwards] = [round(from, to), round(to, from)];
  // What stays is the longer way: it leads from the drag's end back to its beginning.
  const stays = lengthOf(forwards) <= lengthOf(backwards) ? backwards : [...forwards].reverse();
  const joined = [...drag, ...stays.slice(1, -1)];
  return joined.length >= 3 && isSimple(joined) ? joined : undefined;
}

/** Whether no two sides of a polygon cross. */
export function isSimple(points: readonly PixelPoint[]): boolean {
  const count = points.length;
  for (let i = 0; i < count; i += 1) {
    for (let j = i + 2; j < count; j += 1) {
      if (i === 0 && j === count - 1) continue;
      const sides = [
        [points[i], points[i + 1]],
        [points[j], points[(j + 1) % count]],
      ] as const;
      if (crossingOf(...sides) !== undefined) return false;
    }
  }
  return true;
}

type Side = readonly [PixelPoint | undefined, PixelPoint | undefined];

/** Where two sides cross, their ends not counted. */
function crossingOf([a, b]: Side, [c, d]: Side): PixelPoint | undefined {
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const across = rx * sy - ry * sx;
  if (across === 0) return undefined;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / across;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / across;
  return t > 0 && t < 1 && u > 0 && u < 1 ? [a[0] + t * rx, a[1] + t * ry] : undefined;
}

function lengthOf(points: readonly PixelPoint[]): number {
  return points.reduce((sum, [x, y], at) => {
    const [px, py] = points[at - 1] ?? [x, y];
    return sum + Math.hypot(x - px, y - py);
  }, 0);
}
