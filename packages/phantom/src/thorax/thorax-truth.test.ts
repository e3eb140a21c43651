import { describe, expect, it } from "vitest";
import { objectAt } from "../rasterise-slice.ts";
import { otherCalcifications } from "./calcifications.ts";
import { type ThoraxPhantomOptions, thoraxPhantomDefaults } from "./thorax-options.ts";
import { thoraxScene } from "./thorax-scene.ts";
import { thoraxMarks, thoraxTruth } from "./thorax-truth.ts";

const truthAt = (options: Partial<ThoraxPhantomOptions> = {}) => thoraxTruth({ ...thoraxPhantomDefaults, ...options });

describe("the truth", () => {
  it("is π r² L, its mass and its ideal Agatston score, lesion by lesion", () => {
    // By hand, as multiples of π: V = (d/2)² · L mm³; m = V · density / 1000 mg; Agatston = V · weight / 3, with weight 2 for
    // 200 mg/cm³ (277 HU at 120 kVp) and 4 for 400 and 800 mg/cm³ (554 and 1108 HU).
    const byHand = [
      ["lm-1", 13.5, 5.4, 18],
      ["lad-1", 50, 40, 200 / 3],
      ["lad-2", 20.25, 8.1, 27],
      ["lad-3", 5, 1, 10 / 3],
      ["lcx-1", 24, 9.6, 32],
      ["rca-1", 20.25, 16.2, 27],
      ["rca-2", 37.5, 7.5, 25],
      ["rca-3", 0.75, 0.6, 1],
    ] as const;
    const { lesions } = truthAt();
    expect(lesions.map(({ id }) => id)).toEqual(byHand.map(([id]) => id));
    for (const [index, [, volume, mass, agatston]] of byHand.entries()) {
      expect(lesions[index].volumeMm3 / Math.PI).toBeCloseTo(volume, 10);
      expect(lesions[index].massMg / Math.PI).toBeCloseTo(mass, 10);
      expect(lesions[index].idealAgatston / Math.PI).toBeCloseTo(agatston, 10);
    }
  });

  it("adds up per artery and in total", () => {
    const { arteries, total } = truthAt();
    // Sums of the table above.
    const sums = [...arteries, { ...total, label: "total" }].map(({ label, lesionCount, ...sum }) => [
      label,
      lesionCount,
      Number((sum.volumeMm3 / Math.PI).toFixed(9)),
      Number((sum.massMg / Math.PI).toFixed(9)),
      Number((sum.idealAgatston / Math.PI).toFixed(9)),
    ]);
    expect(sums).toEqual([
      ["LM", 1, 13.5, 5.4, 18],
      ["LAD", 3, 75.25, 49.1, 97],
      ["LCX", 1, 24, 9.6, 32],
      ["RCA", 3, 58.5, 24.3, 53],
      ["total", 8, 171.25, 88.4, 200],
    ]);
  });

  it("changes with the tube voltage in HU only", () => {
    const [at120, at80] = [truthAt(), truthAt({ kvp: 80 })];
    expect(at80.total).toEqual(at120.total);
    for (const [index, lesion] of at80.lesions.entries()) {
      expect(lesion.hu / at120.lesions[index].hu).toBeCloseTo(177 / 130, 12);
    }
    expect(at80.massCalibrationMgPerCm3PerHu).toBeCloseTo((0.72205 * 130) / 177, 12);
    expect(at120.massCalibrationMgPerCm3PerHu).toBeCloseTo(0.72205, 12);
  });

  it("names the calcifications that belong in no score", () => {
    expect(truthAt().otherCalcifications.map(({ id, massMg }) => [id, Number((massMg / Math.PI).toFixed(9))])).toEqual([
      // (4/2)² · 10 · 0.8 and (5/2)² · 9 · 0.4.
      ["aortic-wall", 32],
      ["costal-cartilage", 22.5],
    ]);
  });
});

describe("the marks", () => {
  const { regions } = thoraxMarks();
  const distance = (a: readonly [number, number, number], b: readonly [number, number, number]): number =>
    Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

  it("name each lesion and its artery once, and no voxel twice", () => {
    expect(regions.map(({ id, label }) => [id, label])).toEqual(truthAt().lesions.map(({ id, label }) => [id, label]));
    for (const [index, { shape }] of regions.entries()) {
      for (const other of regions.slice(index + 1)) {
        const between = distance(shape.centerLpsMm, other.shape.centerLpsMm);
        expect(between).toBeGreaterThan(shape.radiusMm + other.shape.radiusMm);
      }
    }
  });

  it("hold their own lesion and nothing else as dense as calcium, to 3 mm outside", () => {
    const scene = thoraxScene({ bloodHu: 40, kvp: 120 });
    // A score sees whole slices of 3 mm and a blur of one pixel: what lies that near would be seen too.
    const reachMm = 3;
    for (const { id, shape } of regions) {
      const dense = new Set<string>();
      const [x, y, z] = shape.centerLpsMm;
      const radiusMm = shape.radiusMm + reachMm;
      for (let dz = -radiusMm; dz <= radiusMm; dz += 1) {
        for (let dy = -radiusMm; dy <= radiusMm; dy += 1) {
          for (let dx = -radiusMm; dx <= radiusMm; dx += 1) {
            if (dx * dx + dy * dy + dz * dz > radiusMm * radiusMm) continue;
            const found = objectAt(scene, [x + dx, y + dy, z + dz]);
            if (found !== undefined && found.valueHu >= 130) dense.add(found.id);
          }
        }
      }
      expect([...dense]).toEqual([id]);
    }
  });

  it("stay clear of the calcifications that are not coronary", () => {
    for (const { shape } of regions) {
      for (const other of otherCalcifications) {
        const between = distance(shape.centerLpsMm, other.centreLpsMm);
        expect(between).toBeGreaterThan(shape.radiusMm + (other.lengthMm + other.diameterMm) / 2);
      }
    }
  });
});
