import { sha256Hex } from "@etalon/base";
import { describe, expect, it } from "vitest";
import { coronaryCalcifications, otherCalcifications } from "./calcifications.ts";
import { type ThoraxPhantomOptions, thoraxPhantomDefaults } from "./thorax-options.ts";
import { buildThoraxPhantom, thoraxPhantomKind } from "./thorax-phantom.ts";
import { thoraxScene } from "./thorax-scene.ts";
import { thoraxGrid, thoraxHuSlices, thoraxSliceCount, thoraxSliceZ } from "./thorax-slices.ts";
import { thoraxMarks, thoraxTruth } from "./thorax-truth.ts";

/** The whole chest, coarsely: 16 slices of 64². */
const coarse: ThoraxPhantomOptions = {
  ...thoraxPhantomDefaults,
  columns: 64,
  rows: 64,
  thicknessMm: 9,
  incrementMm: 9,
};
/** The heart at the pixel size of the default phantom, 0.625 mm. */
const heart: ThoraxPhantomOptions = { ...thoraxPhantomDefaults, columns: 320, rows: 320, fieldOfViewMm: 200 };

const filesOf = (options: ThoraxPhantomOptions) => [...buildThoraxPhantom(options).files];
const hashesOf = (options: ThoraxPhantomOptions) => filesOf(options).map(({ bytes }) => sha256Hex(bytes));

/** HU by slice from the feet up, as stored: pixel data is the last element, slice order is that of the builder. */
function storedHu(options: ThoraxPhantomOptions): Int16Array[] {
  const bytesPerSlice = 2 * options.columns * options.rows;
  return filesOf(options).map(({ bytes }) => {
    const stored = new Uint16Array(bytes.slice(bytes.length - bytesPerSlice).buffer);
    // As 16-bit integers: no value of the phantom reaches 32 768, so that signed and unsigned are the same.
    return new Int16Array(stored.buffer).map((value) => value - 1024);
  });
}

interface VoxelSphere {
  readonly centreLpsMm: readonly [number, number, number];
  readonly radiusMm: number;
}

/** Pixel indices of one slice whose centres lie in a sphere. */
function pixelsIn(sphere: VoxelSphere, options: ThoraxPhantomOptions, slice: number): number[] {
  const { columns, rows, spacingMm, originXyMm } = thoraxGrid(options);
  const dz = thoraxSliceZ(options, slice) - sphere.centreLpsMm[2];
  const found: number[] = [];
  if (Math.abs(dz) > sphere.radiusMm) return found;
  for (let row = 0; row < rows; row++) {
    const dy = originXyMm[1] + row * spacingMm - sphere.centreLpsMm[1];
    for (let column = 0; column < columns; column++) {
      const dx = originXyMm[0] + column * spacingMm - sphere.centreLpsMm[0];
      if (dx * dx + dy * dy + dz * dz <= sphere.radiusMm ** 2) found.push(row * columns + column);
    }
  }
  return found;
}

/**
 * Greatest relative error of a lesion's integral: sampling by its own geometry. Along z, the disc of radius r is cut into
 * rows of h = 0.625/16 mm: 4√(2r) · 0.061 · h^1.5 mm² of π r² (see the test of the rasteriser). Across z (lm-1, lad-3) a
 * cell of 0.039 × 0.0625 mm on the outline counts whole or not: √(cells on it) · 0.29 cells of those inside, three SD.
 */
const samplingError = (lesion: (typeof coronaryCalcifications)[number]): number => {
  const radius = lesion.diameterMm / 2;
  const h = 0.625 / 16;
  if (lesion.axis[2] === 1) return (4 * Math.sqrt(2 * radius) * 0.061 * h ** 1.5) / (Math.PI * radius ** 2);
  const onOutline = (4 * radius) / h + (4 * radius) / 0.0625;
  return (3 * 0.29 * Math.sqrt(onOutline)) / ((Math.PI * radius ** 2) / (h * 0.0625));
};

describe("the files", () => {
  it("are the same for the same options, in every iteration", () => {
    const { files } = buildThoraxPhantom(coarse);
    const once = [...files].map(({ bytes }) => sha256Hex(bytes));
    expect([...files].map(({ bytes }) => sha256Hex(bytes))).toEqual(once);
    expect(hashesOf({ ...coarse })).toEqual(once);
    expect(new Set(once).size).toBe(16);
  });

  it("all differ with the seed, in their pixels too", () => {
    const [one, other] = [hashesOf(coarse), hashesOf({ ...coarse, seed: 2 })];
    expect(other.filter((hash) => one.includes(hash))).toEqual([]);
    const [oneHu, otherHu] = [storedHu(coarse), storedHu({ ...coarse, seed: 2 })];
    for (const [slice, hu] of oneHu.entries()) expect(otherHu[slice]).not.toEqual(hu);
  });

  it("have names that do not follow the slices", () => {
    const names = filesOf(coarse).map(({ name }) => name);
    expect(new Set(names).size).toBe(16);
    expect(names).not.toEqual([...names].sort());
  });

  it.each([
    // 138 mm of scan: ⌈138 / increment⌉ slices.
    { thicknessMm: 3, incrementMm: 3, slices: 46 },
    { thicknessMm: 2.5, incrementMm: 1.25, slices: 111 },
    { thicknessMm: 1, incrementMm: 1, slices: 138 },
    { thicknessMm: 1.2, incrementMm: 1.2, slices: 115 },
  ])("are $slices at $thicknessMm mm every $incrementMm mm", ({ thicknessMm, incrementMm, slices }) => {
    const options = { ...thoraxPhantomDefaults, thicknessMm, incrementMm };
    expect(buildThoraxPhantom(options).slices).toBe(slices);
    expect(thoraxSliceZ(options, 1) - thoraxSliceZ(options, 0)).toBeCloseTo(incrementMm, 6);
    expect(thoraxSliceZ(options, 0) - thicknessMm / 2).toBeCloseTo(-69, 6);
  });

  it("refuse what no phantom can be made with", () => {
    const codeOf = (change: Partial<ThoraxPhantomOptions>, code: string, field: string) =>
      expect(() => buildThoraxPhantom({ ...coarse, ...change })).toThrow(expect.objectContaining({ code, field }));
    codeOf({ thicknessMm: 0 }, "out-of-range", "thicknessMm");
    codeOf({ incrementMm: Number.NaN }, "not-finite", "incrementMm");
    codeOf({ seed: 1.5 }, "out-of-range", "seed");
    codeOf({ noiseSdHu: -1 }, "out-of-range", "noiseSdHu");
    codeOf({ kvp: 110 }, "unknown-name", "kvp");
  });

  it("of the kind lie side by side unless asked otherwise", () => {
    expect(thoraxPhantomKind.build({ thicknessMm: 2.5 }).slices).toBe(56);
    expect(thoraxPhantomKind.build({ thicknessMm: 2.5, incrementMm: 1.25 }).slices).toBe(111);
    expect(thoraxPhantomKind.build({}).slices).toBe(46);
  });
});

describe("without noise", () => {
  it.each([
    { thicknessMm: 1, incrementMm: 1 },
    { thicknessMm: 3, incrementMm: 3 },
  ])("holds the calcium of every lesion above its plaque at $thicknessMm mm", (spacing) => {
    const options = { ...heart, ...spacing, noiseSdHu: 0 };
    const scene = thoraxScene({ bloodHu: 40, kvp: 120 });
    const added = [...thoraxHuSlices(scene, options)].map(() => new Float64Array(320 * 320));
    for (const { index, values } of thoraxHuSlices(scene, options)) added[index].set(values);
    const soft = scene.filter(({ tissue }) => tissue !== "calcium");
    for (const { index, values } of thoraxHuSlices(soft, options)) {
      for (let i = 0; i < values.length; i++) added[index][i] -= values[i];
    }
    const { lesions, huModel } = thoraxTruth(options);
    for (const [at, { shape }] of thoraxMarks().regions.entries()) {
      const sphere = { centreLpsMm: shape.centerLpsMm, radiusMm: shape.radiusMm };
      let sum = 0;
      for (const [slice, values] of added.entries()) {
        for (const pixel of pixelsIn(sphere, options, slice)) sum += values[pixel];
      }
      const measured = (sum * 0.625 ** 2 * options.thicknessMm) / huModel.huPerMgPerCm3 / 1000;
      const { volumeMm3, massMg, hu, lengthMm } = lesions[at];
      const expected = massMg - (volumeMm3 * huModel.surroundingHu) / huModel.huPerMgPerCm3 / 1000;
      // Where a slice is thicker than the 2 mm of plaque beyond the lesion, the ends of both are blended as if independent:
      // a fraction f of calcium loses f(1 − p) · 135 HU to the fat, p = f + 2/3: 3.75 HU · 3 mm at most, at either end.
      const blending = options.thicknessMm > 2 ? (2 * 3.75 * 3) / ((hu - huModel.surroundingHu) * lengthMm) : 0;
      expect(Math.abs(measured / expected - 1)).toBeLessThan(samplingError(coronaryCalcifications[at]) + blending);
    }
  });
});

describe("noise", () => {
  /** The middle of the chest at the pixel size of the default phantom: 96² pixels, none of them air within ±20 mm. */
  const middle: ThoraxPhantomOptions = { ...heart, columns: 96, rows: 96, fieldOfViewMm: 60 };
  /** The blur (1, 2, 1)/4 leaves correlations 1, 4, 6, 4, 1 sixths along each axis: n values are worth n / (70/36)². */
  const correlated = (70 / 36) ** 2;

  /**
   * Noise alone, slice by slice: what a noisy phantom differs by from one without, both rounded. The
   * edge of the image is left out, where the blur repeats pixels and so quiets noise less.
   */
  function noiseOf(options: ThoraxPhantomOptions): Int16Array[] {
    const still = storedHu({ ...options, noiseSdHu: 0 });
    return storedHu(options).flatMap((hu, slice) =>
      Math.abs(thoraxSliceZ(options, slice)) > 20 ? [] : [inner(hu.map((one, i) => one - still[slice][i]))],
    );
  }

  const inner = (image: Int16Array): Int16Array =>
    image.filter((_, i) => i >= 96 && i < 95 * 96 && i % 96 !== 0 && i % 96 !== 95);

  it.each([
    { thicknessMm: 3, sdHu: 20 },
    { thicknessMm: 1, sdHu: 20 * Math.sqrt(3) },
  ])("has SD $sdHu at $thicknessMm mm", ({ thicknessMm, sdHu }) => {
    const slices = noiseOf({ ...middle, thicknessMm, incrementMm: thicknessMm });
    const all = slices.flatMap((values) => [...values]);
    const measured = Math.sqrt(all.reduce((sum, value) => sum + value * value, 0) / all.length);
    // Rounding adds 1/12 HU² twice. An SD of n values is known to σ/√(2 n); four of these.
    const expected = Math.sqrt(sdHu * sdHu + 1 / 6);
    expect(Math.abs(measured / expected - 1)).toBeLessThan(4 / Math.sqrt((2 * all.length) / correlated));
  });

  it("is shared by half between neighbours of 2.5 mm every 1.25 mm, and not beyond", () => {
    const slices = noiseOf({ ...middle, thicknessMm: 2.5, incrementMm: 1.25 });
    const correlation = (lag: number): { value: number; bound: number } => {
      let [product, first, second, pairs] = [0, 0, 0, 0];
      // Pairs that share no slice with each other.
      for (let slice = 0; slice + lag < slices.length; slice += 2 * lag) {
        const [a, b] = [slices[slice], slices[slice + lag]];
        for (let i = 0; i < a.length; i++) {
          product += a[i] * b[i];
          first += a[i] * a[i];
          second += b[i] * b[i];
        }
        pairs += a.length;
      }
      // Four standard errors, 1/√n at most; n is that of independent values.
      return { value: product / Math.sqrt(first * second), bound: 4 / Math.sqrt(pairs / correlated) };
    };
    for (const { lag, shared } of [
      { lag: 1, shared: 0.5 },
      { lag: 2, shared: 0 },
    ]) {
      const { value, bound } = correlation(lag);
      expect(bound).toBeLessThan(0.05);
      expect(Math.abs(value - shared)).toBeLessThan(bound);
    }
  });
});

describe("the tube voltage", () => {
  it("changes the calcium and nothing else, in proportion to its thresholds", () => {
    const [at120, at70] = [
      { ...heart, kvp: 120 },
      { ...heart, kvp: 70 },
    ];
    const [hu120, hu70] = [storedHu(at120), storedHu(at70)];
    const { huModel: model120 } = thoraxTruth(at120);
    const { huModel: model70 } = thoraxTruth(at70);
    expect(model70.huPerMgPerCm3 / model120.huPerMgPerCm3).toBeCloseTo(207 / 130, 12);
    const marked = thoraxMarks().regions.map(({ shape }) => ({
      centreLpsMm: shape.centerLpsMm,
      radiusMm: shape.radiusMm,
    }));
    const others = otherCalcifications.map(({ centreLpsMm, lengthMm, diameterMm }) => ({
      centreLpsMm,
      radiusMm: (lengthMm + diameterMm) / 2 + 3,
    }));
    const sums = marked.map(() => 0);
    let [changedInside, changedOutside] = [0, 0];
    for (let slice = 0; slice < thoraxSliceCount(heart.incrementMm); slice++) {
      const difference = hu70[slice].map((hu, i) => hu - hu120[slice][i]);
      for (const [at, sphere] of marked.entries()) {
        for (const pixel of pixelsIn(sphere, heart, slice)) sums[at] += difference[pixel];
      }
      const inside = new Uint8Array(difference.length);
      for (const sphere of [...marked, ...others]) {
        for (const pixel of pixelsIn(sphere, heart, slice)) inside[pixel] = 1;
      }
      for (let pixel = 0; pixel < difference.length; pixel++) {
        if (difference[pixel] === 0) continue;
        if (inside[pixel] === 1) changedInside++;
        else changedOutside++;
      }
    }
    expect(changedOutside).toBe(0);
    expect(changedInside).toBeGreaterThan(1000);
    const { lesions } = thoraxTruth(heart);
    for (const [at, sum] of sums.entries()) {
      const perMg = model70.huPerMgPerCm3 - model120.huPerMgPerCm3;
      const measuredMg = (sum * 0.625 ** 2 * 3) / perMg / 1000;
      // What lies under the calcium cancels. Sampling (see `samplingError`), and rounding twice: some 200 voxels change, each by
      // √(1/6) HU of chance: 4 · √(200/6) · 0.625² · 3 mm³ / perMg / 1000 = 0.033 mg.
      const bound = samplingError(coronaryCalcifications[at]) * lesions[at].massMg + 0.033;
      expect(Math.abs(measuredMg - lesions[at].massMg)).toBeLessThan(bound);
    }
  });
});
