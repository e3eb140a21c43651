import type { Volume } from "@etalon/volume";
import type { SliceLesions } from "./slice-lesions.ts";

/** How slice-lesions become numbers. */
export interface ScoreRules {
  /** Lower bounds of the weights 1, 2, 3 and 4, HU, ascending. */
  readonly cutPointsHu: readonly [number, number, number, number];
  readonly minimumAreaMm2: number;
  readonly minimumPixels: number;
  readonly peakOf: "slice-lesion" | "whole-lesion";
  readonly normalise: boolean;
  readonly referenceIncrementMm: number;
}

/** Sums over the slice-lesions of one three-dimensional lesion. */
export interface LesionScore {
  /** Σ area (mm²) × weight × increment / reference increment. */
  readonly agatston: number;
  /** Σ area (mm²) × increment / reference increment: what the score would be at weight 1. */
  readonly areaScore: number;
  /** Volume of the voxels in counted slice-lesions, mm³. */
  readonly volumeMm3: number;
  /** Σ density × voxel volume over the same voxels, HU·mm³. */
  readonly densityVolume: number;
  /** Slice-lesions that count. */
  readonly slices: number;
}

/**
 * Weight of a peak density: 0 below the threshold, then 1 to 4.
 *
 * @see Agatston 1990, doi 10.1016/0735-1097(90)90282-T: 130–199, 200–299, 300–399, ≥ 400 HU
 */
export function densityWeight(peakHu: number, cutPointsHu: ScoreRules["cutPointsHu"]): number {
  let weight = 0;
  for (const cut of cutPointsHu) if (peakHu >= cut) weight++;
  return weight;
}

/**
 * Agatston contribution of one slice-lesion: area × weight × increment / reference increment, not rounded.
 *
 * @param lesion area in mm² and the peak density that its weight is taken from, HU
 * @param incrementMm what its slice stands for along the normal
 */
export function agatstonOf(
  lesion: { readonly areaMm2: number; readonly peakHu: number },
  incrementMm: number,
  rules: Pick<ScoreRules, "cutPointsHu" | "normalise" | "referenceIncrementMm">,
): number {
  const factor = rules.normalise ? incrementMm / rules.referenceIncrementMm : 1;
  return lesion.areaMm2 * densityWeight(lesion.peakHu, rules.cutPointsHu) * factor;
}

/** Whether a slice-lesion of so many pixels adds to the score: one below the minimum area or pixel count adds nothing. */
export function countsInScore(
  volume: Pick<Volume, "rowSpacingMm" | "columnSpacingMm">,
  pixels: number,
  rules: Pick<ScoreRules, "minimumAreaMm2" | "minimumPixels">,
): boolean {
  const pixelAreaMm2 = volume.rowSpacingMm * volume.columnSpacingMm;
  return pixels * pixelAreaMm2 >= rules.minimumAreaMm2 && pixels >= rules.minimumPixels;
}

/**
 * Scores of every three-dimensional lesion, in scan order. Slice-lesions below the minimum area or pixel count add
 * nothing. Sums run over slice-lesions in scan order.
 */
export function scoreLesions(volume: Volume, found: SliceLesions, rules: ScoreRules): LesionScore[] {
  const pixelAreaMm2 = volume.rowSpacingMm * volume.columnSpacingMm;
  const peakOfLesion = new Float64Array(found.lesionCount).fill(Number.NEGATIVE_INFINITY);
  for (let c = 0; c < found.count; c++) {
    const lesion = found.lesion[c];
    if (found.peakHu[c] > peakOfLesion[lesion]) peakOfLesion[lesion] = found.peakHu[c];
  }
  const sums = Array.from({ length: found.lesionCount }, () => ({
    agatston: 0,
    areaScore: 0,
    volumeMm3: 0,
    densityVolume: 0,
    slices: 0,
  }));
  for (let c = 0; c < found.count; c++) {
    if (!countsInScore(volume, found.pixels[c], rules)) continue;
    const areaMm2 = found.pixels[c] * pixelAreaMm2;
    const lesion = found.lesion[c];
    const incrementMm = volume.sliceIncrementsMm[found.slice[c]];
    const peakHu = rules.peakOf === "slice-lesion" ? found.peakHu[c] : peakOfLesion[lesion];
    const sum = sums[lesion];
    sum.agatston += agatstonOf({ areaMm2, peakHu }, incrementMm, rules);
    sum.areaScore += areaMm2 * (rules.normalise ? incrementMm / rules.referenceIncrementMm : 1);
    sum.volumeMm3 += areaMm2 * incrementMm;
    sum.densityVolume += found.sumHu[c] * pixelAreaMm2 * incrementMm;
    sum.slices++;
  }
  return sums;
}

/**
 * Calcium mass, mg: factor × mean density × volume.
 *
 * @param densityVolume Σ density × voxel volume, HU·mm³
 * @param factor mg of hydroxyapatite per cm³ and HU
 * @see McCollough 2007, doi 10.1148/radiol.2432050808
 */
export function calciumMassMg(densityVolume: number, factor: number): number {
  return (factor * densityVolume) / 1000;
}
