import { describe, expect, it } from "vitest";
import { box, containsPoint, cylinder, ellipsoid, ellipticColumn, intersection, obliqueSlice } from "./solid.ts";

describe("solids", () => {
  it("an ellipsoid holds its semi-axes' ends and nothing beyond", () => {
    const solid = ellipsoid([1, 2, 3], [4, 5, 6]);
    expect(solid.bounds).toEqual({ minLpsMm: [-3, -3, -3], maxLpsMm: [5, 7, 9] });
    expect(containsPoint(solid, [4.99, 2, 3])).toBe(true);
    expect(containsPoint(solid, [5.01, 2, 3])).toBe(false);
    expect(containsPoint(solid, [1, 2, 9.01])).toBe(false);
    // (3/4)² + (4/5)² > 1, though both lie within the bounds.
    expect(containsPoint(solid, [4, 6, 3])).toBe(false);
  });

  it("an ellipsoid along turned axes has the bounds of its projections", () => {
    // Axes turned in the x–y plane by the 3-4-5 angle; half extent along x: √((0.6·10)² + (0.8·5)²) = √52.
    const axes = [
      [0.6, 0.8, 0],
      [-0.8, 0.6, 0],
      [0, 0, 1],
    ] as const;
    const solid = ellipsoid([0, 0, 0], [10, 5, 2], axes);
    expect(solid.bounds.maxLpsMm[0]).toBeCloseTo(Math.sqrt(52), 12);
    expect(containsPoint(solid, [5.99, 7.99, 0])).toBe(true);
    expect(containsPoint(solid, [7.99, 5.99, 0])).toBe(false);
  });

  it("a cylinder ends flat, along any axis", () => {
    const upright = cylinder([0, 0, 0], [0, 0, 1], { radiusMm: 2, lengthMm: 10 });
    expect(upright.bounds).toEqual({ minLpsMm: [-2, -2, -5], maxLpsMm: [2, 2, 5] });
    expect(containsPoint(upright, [1.99, 0, 4.99])).toBe(true);
    expect(containsPoint(upright, [1.5, 1.5, 0])).toBe(false);
    expect(containsPoint(upright, [0, 0, 5.01])).toBe(false);
    const oblique = cylinder([0, 0, 0], [0.6, 0, 0.8], { radiusMm: 1, lengthMm: 10 });
    expect(containsPoint(oblique, [2.99, 0, 3.99])).toBe(true);
    expect(containsPoint(oblique, [3.01, 0, 4.01])).toBe(false);
    // The disc at the end leans by the 3-4-5 angle: x reaches 5 · 0.6 + 1 · 0.8, z reaches 5 · 0.8 + 1 · 0.6.
    expect(oblique.bounds.maxLpsMm[0]).toBeCloseTo(3.8, 12);
    expect(oblique.bounds.maxLpsMm[2]).toBeCloseTo(4.6, 12);
  });

  it("columns, boxes, slices and intersections hold what they say", () => {
    expect(containsPoint(ellipticColumn([0, 0, 0], [3, 1], 4), [2.9, 0, 1.9])).toBe(true);
    expect(containsPoint(ellipticColumn([0, 0, 0], [3, 1], 4), [0, 1.1, 0])).toBe(false);
    expect(containsPoint(box([0, 0, 0], [2, 4, 6]), [0.99, 1.99, 2.99])).toBe(true);
    expect(containsPoint(box([0, 0, 0], [2, 4, 6]), [0.99, 2.01, 2.99])).toBe(false);
    // At y = 2 the plane z = 1 + 0.5 · y lies at 2.
    const slice = obliqueSlice(box([0, 0, 0], [20, 20, 20]), { planeZMm: 1, slope: 0.5, halfThicknessMm: 1 });
    expect([0.99, 1.01, 2.99, 3.01].map((z) => containsPoint(slice, [0, 2, z]))).toEqual([false, true, true, false]);
    expect([slice.bounds.minLpsMm[2], slice.bounds.maxLpsMm[2]]).toEqual([-5, 7]);
    const both = intersection(box([0, 0, 0], [2, 2, 2]), box([1, 0, 0], [2, 2, 2]));
    expect(both.bounds).toEqual({ minLpsMm: [0, -1, -1], maxLpsMm: [1, 1, 1] });
    expect([-0.1, 0.5, 1.1].map((x) => containsPoint(both, [x, 0, 0]))).toEqual([false, true, false]);
  });
});
