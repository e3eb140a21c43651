import { buildCtSeries, type CtSlice } from "../ct-series.ts";
import type { Phantom, PhantomKind } from "../phantom.ts";
import { checkThoraxOptions, type ThoraxPhantomOptions, thoraxPhantomDefaults } from "./thorax-options.ts";
import { thoraxScene } from "./thorax-scene.ts";
import { thoraxGrid, thoraxHuSlices, thoraxSliceCount } from "./thorax-slices.ts";
import { type ThoraxTruth, thoraxMarks, thoraxTruth } from "./thorax-truth.ts";

/**
 * A CT of a chest with calcified coronary arteries, its analytic truth, and the marks of a perfect reader. Instance
 * numbers do not follow the slices, so that only geometry can sort them.
 *
 * @throws {InputError} `not-finite`, `out-of-range`, `unknown-name`
 */
export function buildThoraxPhantom(options: ThoraxPhantomOptions): Phantom<ThoraxTruth> {
  checkThoraxOptions(options);
  const { columns, rows, spacingMm } = thoraxGrid(options);
  const files = buildCtSeries({
    identity: `thorax/${JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)))}`,
    columns,
    rows,
    pixelSpacingMm: [spacingMm, spacingMm],
    orientation: [1, 0, 0, 0, 1, 0],
    thicknessMm: options.thicknessMm,
    kvp: options.kvp,
    attributes: options.contrastTagged === true ? { ContrastBolusAgent: "SYNTHETIC" } : {},
    slices: { [Symbol.iterator]: () => slicesOf(options) },
  });
  return { files, truth: thoraxTruth(options), marks: thoraxMarks(), slices: thoraxSliceCount(options.incrementMm) };
}

function* slicesOf(options: ThoraxPhantomOptions): Generator<CtSlice> {
  const count = thoraxSliceCount(options.incrementMm);
  const { originXyMm } = thoraxGrid(options);
  const stride = coprimeStride(count);
  for (const { index, centreZMm, values } of thoraxHuSlices(
    thoraxScene({ bloodHu: options.bloodHu, kvp: options.kvp }),
    options,
  )) {
    yield {
      values,
      positionLpsMm: [originXyMm[0], originXyMm[1], centreZMm],
      instanceNumber: ((index * stride) % count) + 1,
    };
  }
}

/** A stride through `count` places that meets each once: the first odd number from 7 on with no factor in common. */
function coprimeStride(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let stride = 7;
  while (divisor(stride, count) !== 1) stride += 2;
  return stride;
}

/** The thorax phantom as `etalon phantom thorax` builds it. */
export const thoraxPhantomKind: PhantomKind = {
  id: "thorax",
  title: { en: "Chest with calcified coronary arteries", fr: "Thorax aux artères coronaires calcifiées" },
  defaults: { ...thoraxPhantomDefaults, contrastTagged: false },
  build: (request) =>
    buildThoraxPhantom({
      ...thoraxPhantomDefaults,
      ...request,
      // Slices lie side by side unless asked otherwise.
      incrementMm: request.incrementMm ?? request.thicknessMm ?? thoraxPhantomDefaults.incrementMm,
    }),
};
