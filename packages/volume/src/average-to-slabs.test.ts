import { buildVolume } from "@etalon/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averageToSlabs } from "./average-to-slabs.ts";

describe("averageToSlabs", () => {
  it("takes the plain mean of whole slices", () => {
    // 1 mm slices to 3 mm: (1 + 2 + 6) / 3 = 3 and (−3 + 0 + 9) / 3 = 2; centres at 1 and 4 mm.
    const values = Int16Array.of(1, 2, 6, -3, 0, 9);
    const slabs = averageToSlabs(buildVolume({ positionsMm: [0, 1, 2, 3, 4, 5], values }), { slabThicknessMm: 3 });
    expect([...slabs.values]).toEqual([3, 2]);
    expect([...slabs.sliceOriginsLpsMm]).toEqual([0, 0, 1, 0, 0, 4]);
    expect([...slabs.sliceIncrementsMm]).toEqual([3, 3]);
    expect(slabs.slices).toBe(2);
    expect(slabs.sliceThicknessMm).toBe(3);
  });

  it("weights slices that two slabs share by their overlap, and keeps the rest as a thinner slab", () => {
    // 2 mm slices at 0, 2, 4, 6 lie in [−1, 7]; slabs of 3 mm are [−1, 2], [2, 5], [5, 7].
    // (2·12 + 1·3) / 3 = 9; (1·3 + 2·6) / 3 = 5; the last slice alone = 7. Centres 0.5, 3.5 and 6.
    const values = Int16Array.of(12, 3, 6, 7);
    const slabs = averageToSlabs(buildVolume({ positionsMm: [0, 2, 4, 6], values }), { slabThicknessMm: 3 });
    expect([...slabs.values]).toEqual([9, 5, 7]);
    expect([...slabs.sliceIncrementsMm]).toEqual([3, 3, 2]);
    expect([...slabs.sliceOriginsLpsMm]).toEqual([0, 0, 0.5, 0, 0, 3.5, 0, 0, 6]);
  });

  it("lets a slice stand for the interval between the midpoints to its neighbours", () => {
    // Slices at 0, 1, 3: edges −0.5, 0.5, 2, 4, so weights 1, 1.5, 2; one slab of 4.5 mm: (1·9 + 1.5·6 + 2·0) / 4.5 = 4.
    const slabs = averageToSlabs(buildVolume({ positionsMm: [0, 1, 3], values: Int16Array.of(9, 6, 0) }), {
      slabThicknessMm: 4.5,
    });
    expect([...slabs.values]).toEqual([4]);
  });

  it("lets no sliver of the next slice in when positions are rounded", () => {
    // The edge between slices 4 and 5 is (2.3999 + 3) / 2 = 2.69995, that of the slab −0.3 + 3 = 2.7.
    const positionsMm = [0, 0.6, 1.2, 1.8, 2.3999, 3, 3.6, 4.2, 4.8, 5.4];
    const values = Int16Array.from(positionsMm, (_, k) => (k < 5 ? 100 : 900));
    const slabs = averageToSlabs(buildVolume({ positionsMm, values }), { slabThicknessMm: 3 });
    expect([...slabs.values]).toEqual([100, 900]);
  });

  it("makes no slab of a rest thinner than the tolerance of positions", () => {
    // Extent −0.5 to 5.002 + 0.501 = 5.503: 0.003 mm more than two slabs.
    const slabs = averageToSlabs(buildVolume({ positionsMm: [0, 1, 2, 3, 4, 5.002] }), { slabThicknessMm: 3 });
    expect(slabs.slices).toBe(2);
    expect(slabs.sliceIncrementsMm[1]).toBeCloseTo(3.003, 12);
  });

  it("marks a voxel as padding when any contributor is", () => {
    const padding = Uint8Array.of(0, 0, 0, 1, 0, 0);
    const volume = buildVolume({ columns: 2, positionsMm: [0, 1, 2], values: new Int16Array(6), padding });
    expect([...(averageToSlabs(volume, { slabThicknessMm: 2 }).padding ?? [])]).toEqual([0, 1, 0, 0]);
    expect(averageToSlabs(buildVolume(), { slabThicknessMm: 2 }).padding).toBeUndefined();
  });

  it("spreads NaN", () => {
    const slabs = averageToSlabs(buildVolume({ positionsMm: [0, 1], values: Float32Array.of(Number.NaN, 1) }), {
      slabThicknessMm: 2,
    });
    expect([...slabs.values]).toEqual([Number.NaN]);
  });

  it("follows the origins of a tilted stack", () => {
    // Origins drift by 0.5 mm in y per mm: the centre of slices 0 to 2 is slice 1.
    const sliceOriginsLpsMm = Float64Array.of(0, 0, 0, 0, 0.5, 1, 0, 1, 2);
    const slabs = averageToSlabs(buildVolume({ sliceOriginsLpsMm }), { slabThicknessMm: 3 });
    expect([...slabs.sliceOriginsLpsMm]).toEqual([0, 0.5, 1]);
  });

  it("refuses slabs thinner than the slices", () => {
    const volume = buildVolume({ positionsMm: [0, 2, 4] });
    for (const [slabThicknessMm, code] of [
      [1.5, "out-of-range"],
      [0, "out-of-range"],
      [-3, "out-of-range"],
      [Number.NaN, "not-finite"],
      [Number.POSITIVE_INFINITY, "not-finite"],
    ] as const) {
      expect(() => averageToSlabs(volume, { slabThicknessMm })).toThrow(expect.objectContaining({ code }));
    }
  });

  it("keeps the extent and the extent-weighted mean of the volume", () => {
    const steps = fc.array(fc.integer({ min: 5, max: 40 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 41, max: 90 }),
        fc.infiniteStream(fc.integer({ min: -1024, max: 3071 })),
        (tenths, slab, hu) => {
          const positionsMm = [0];
          for (const step of tenths) positionsMm.push(positionsMm[positionsMm.length - 1] + step / 10);
          const values = Int16Array.from(positionsMm, () => hu.next().value ?? 0);
          const volume = buildVolume({ positionsMm, values });
          const slabs = averageToSlabs(volume, { slabThicknessMm: slab / 10 });
          const weigh = ({ values: v, sliceIncrementsMm }: typeof volume): number =>
            sliceIncrementsMm.reduce((sum, mm, k) => sum + mm * v[k], 0);
          const extent = (mm: Float64Array): number => mm.reduce((sum, one) => sum + one, 0);
          expect(extent(slabs.sliceIncrementsMm)).toBeCloseTo(extent(volume.sliceIncrementsMm), 9);
          // Each slab's mean is rounded to 24 bits: at most 3071 · 2^−24 · 60 mm of extent = 0.011.
          expect(Math.abs(weigh(slabs) - weigh(volume))).toBeLessThan(0.011);
        },
      ),
    );
  });
});
