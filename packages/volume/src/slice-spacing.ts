/** Distances between consecutive slices, from positions alone. */
export interface SliceSpacing {
  /** The lower median, mm; 0 for a single slice. */
  readonly medianMm: number;
  /** Smallest and largest distance that is not a gap of missing slices, mm. */
  readonly minMm: number;
  readonly maxMm: number;
  /** Where slices are missing, mm along the normal; at most {@link listedPositions} are listed. */
  readonly missingPositionsMm: readonly number[];
  readonly missingCount: number;
}

/** Distances within 0.02 mm are equal: both ends may be off by the 0.01 mm to which positions are told apart. */
export const spacingToleranceMm = 0.02;

/** A gap counts as missing slices from 1.5 times the median distance on … */
const gapFactor = 1.5;

/** … when it is within a tenth of the median from a whole multiple of it. */
const multipleTolerance = 0.1;

/** How many missing positions are listed one by one. */
const listedPositions = 100;

/** Median, extremes and gaps of slice positions (mm along the normal, ascending). */
export function describeSpacing(positionsMm: readonly number[]): SliceSpacing {
  const distances = positionsMm.slice(1).map((position, i) => position - positionsMm[i]);
  if (distances.length === 0) return { medianMm: 0, minMm: 0, maxMm: 0, missingPositionsMm: [], missingCount: 0 };
  const sorted = [...distances].sort((a, b) => a - b);
  const medianMm = sorted[Math.floor((sorted.length - 1) / 2)];
  const missingPositionsMm: number[] = [];
  let missingCount = 0;
  let minMm = Number.POSITIVE_INFINITY;
  let maxMm = 0;
  for (let i = 0; i < distances.length; i++) {
    const multiple = Math.round(distances[i] / medianMm);
    const isGap = distances[i] > gapFactor * medianMm;
    if (isGap && Math.abs(distances[i] / medianMm - multiple) <= multipleTolerance) {
      missingCount += multiple - 1;
      for (let k = 1; k < multiple && missingPositionsMm.length < listedPositions; k++) {
        missingPositionsMm.push(positionsMm[i] + (k * distances[i]) / multiple);
      }
    } else {
      minMm = Math.min(minMm, distances[i]);
      maxMm = Math.max(maxMm, distances[i]);
    }
  }
  return { medianMm, minMm, maxMm, missingPositionsMm, missingCount };
}

/** Whether all slices are equally far apart, none missing. */
export function isEven(spacing: SliceSpacing): boolean {
  return spacing.missingCount === 0 && spacing.maxMm - spacing.minMm <= spacingToleranceMm;
}
