import fc from "fast-check";
import { expect, test } from "vitest";
import { areaOf, closedLoop, isSimple, nearestCorner, thinned, withPiece } from "./contour-shapes.ts";

const square = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
] as const;

/** A circle of so many corners. */
function circle(count: number, radius: number): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count;
    return [50 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)] as const;
  });
}

test("points nearer than the least are left out", () => {
  const drag = [
    [0, 0],
    [0.4, 0],
    [0.9, 0],
    [1.2, 0],
    [3, 0],
  ] as const;
  expect(thinned(drag, 1)).toEqual([
    [0, 0],
    [1.2, 0],
    [3, 0],
  ]);
});

test("a square has its area and does not cross itself; a bow tie does", () => {
  expect(areaOf(square)).toBe(100);
  expect(isSimple(square)).toBe(true);
  expect(isSimple([square[0], square[2], square[1], square[3]])).toBe(false);
});

test("a drag whose end runs over its beginning is closed where it crosses itself", () => {
  // Round a square of 10, begun 3 left of its corner and ended 3 above it: the two tails are cut at (0, 0).
  const loop = closedLoop([
    [-3, 0],
    [10, 0],
    [10, 10],
    [0, 10],
    [0, -3],
  ]);
  expect(loop).toEqual([
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
  ]);
});

test("a drag without area is none", () => {
  expect(
    closedLoop([
      [0, 0],
      [5, 5],
      [10, 10],
    ]),
  ).toBeUndefined();
});

test("whatever a hand draws is closed to a polygon that does not cross itself, or to none", () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }));
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 25 }), (drag) => {
      const loop = closedLoop(drag);
      if (loop === undefined) return;
      expect(isSimple(loop)).toBe(true);
      expect(areaOf(loop)).toBeGreaterThan(0);
    }),
  );
});

test("the nearest corner", () => {
  expect(nearestCorner(square, [9, 12])).toEqual({ at: 2, distance: Math.hypot(1, 2) });
});

test("a piece that is drawn anew stands for the shorter way between its ends, whichever way it was drawn", () => {
  const round = circle(72, 20);
  // A bulge on the right, from 30° above to 30° below: the circle's own 60° go, 300° stay.
  const ends = [round[66] ?? [0, 0], round[6] ?? [0, 0]] as const;
  const bulge = [ends[0], [80, 45], [82, 50], [80, 55], ends[1]] as const;
  const after = withPiece(round, bulge);
  // 72 corners less the 13 of the piece, with its 5.
  expect(after).toHaveLength(72 - 13 + 5);
  expect(areaOf(after ?? [])).toBeGreaterThan(areaOf(round));
  expect(areaOf(withPiece(round, [...bulge].reverse()) ?? [])).toBeCloseTo(areaOf(after ?? []), 9);
});

test("a piece across the whole contour that would make it cross itself is refused", () => {
  const round = circle(36, 20);
  const wild = [round[0] ?? [0, 0], [20, 20], [20, 80], [50, 20], round[3] ?? [0, 0]] as const;
  expect(withPiece(round, wild)).toBeUndefined();
});
