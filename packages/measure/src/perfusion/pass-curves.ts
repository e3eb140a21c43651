import type { Text } from "@etalon/base";
import { info, motionNotes, warning } from "../mapping/map-notes.ts";
import type { QualityNote } from "../protocol.ts";
import { type FirstPass, meanCurve } from "./first-pass.ts";
import { toConcentration } from "./gadolinium.ts";
import type { MeasuredCurve } from "./measured-curve.ts";

/** The arterial input above its baseline and the mean curve of each region, as they are measured. */
export function passCurves(pass: FirstPass): readonly MeasuredCurve[] {
  const { state, input, timesS, regions, tissueModel } = pass;
  const unit = tissueModel === null ? "1" : "mmol/L";
  const inState: Text =
    state === "stress" ? { en: "under stress", fr: "sous stress" } : { en: "at rest", fr: "au repos" };
  return [
    {
      ...{ id: `${state}-aif`, unit, timesS: input.timesS },
      title: { en: `Arterial input ${inState.en}`, fr: `Entrée artérielle ${inState.fr}` },
      values: input.values.map((value) => value - input.baseline),
    },
    ...regions.map(({ site, voxels }) => ({
      ...{ id: `${state}-${site}`, unit, timesS, values: regionCurve(pass, voxels) },
      title: { en: `${site} ${inState.en}`, fr: `${site} ${inState.fr}` },
    })),
  ];
}

/** Mean curve of voxels above its baseline, which ends at the arrival of the input. */
export function regionCurve(
  { images, timesS, input, tissueModel }: FirstPass,
  voxels: ArrayLike<number>,
): Float64Array {
  const curve = meanCurve(images, voxels);
  const arrivalS = input.timesS[input.foot];
  const before = Math.max(1, timesS.filter((s) => s <= arrivalS).length);
  const baseline = curve.subarray(0, before).reduce((sum, value) => sum + value, 0) / before;
  toConcentration(curve, baseline, tissueModel);
  return curve;
}

/** What a reader of any first pass must know: the input, its times, what the files say and do not. */
export function passNotes({ state, input, timesS, notes, images }: FirstPass): QualityNote[] {
  const { foot, peak, from, voxels, saturated } = input;
  return [
    info("perfusion-input", {
      ...{ state, from, voxels, images: timesS.length, meanStepS: timesS[timesS.length - 1] / (timesS.length - 1) },
      ...{ arrivalS: input.timesS[foot], peakS: input.timesS[peak], peak: input.values[peak] - input.baseline },
    }),
    ...(saturated > 0 ? [warning("perfusion-input-saturated", { state, points: saturated })] : []),
    ...motionNotes(images),
    ...notes.map((code) => info(code, {})),
    ...images.notes
      .filter(({ code }) => code === "spacing-from-pixdim")
      .slice(0, 1)
      .map(({ code, details }) => warning(code, details)),
  ];
}
