const BINS = 256;

/**
 * Otsu's threshold of a set of values on a histogram of 256 equal bins from the least to the greatest: the edge above the
 * bin at which the variance between the two classes is largest, the first of equal ones. Equal values have no classes:
 * the answer is then above them all.
 *
 * @see Otsu N, IEEE Trans Syst Man Cybern 1979;9:62-66, doi 10.1109/TSMC.1979.4310076
 */
export function otsuThreshold(values: readonly number[]): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > low)) return high + 1;
  const counts = new Float64Array(BINS);
  for (const value of values) counts[Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS))]++;
  let weighted = 0;
  for (let bin = 0; bin < BINS; bin++) weighted += bin * counts[bin];
  let [below, belowWeighted, best, bestBin] = [0, 0, -1, 0];
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += counts[bin];
    belowWeighted += bin * counts[bin];
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const difference = belowWeighted / below - (weighted - belowWeighted) / above;
    const variance = below * above * difference * difference;
    if (variance <= best) continue;
    best = variance;
    bestBin = bin;
  }
  return low + ((bestBin + 1) * (high - low)) / BINS;
}
