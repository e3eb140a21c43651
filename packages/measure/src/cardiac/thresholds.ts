/** Mean and standard deviation (over n − 1) of a set of values; at least two. */
export function meanAndSd(values: readonly number[]): { readonly mean: number; readonly sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, sd: Math.sqrt(square / (values.length - 1)) };
}

/** Signal from which a voxel is enhanced: mean of remote myocardium + n standard deviations. */
export function nSdThreshold(remote: { readonly mean: number; readonly sd: number }, count: number): number {
  return remote.mean + count * remote.sd;
}

/**
 * Signal from which a voxel is enhanced: half-way from a baseline to the maximum (full width at half maximum). The classic
 * baseline is 0; phase-sensitive images, stored with an offset, need the signal of remote myocardium.
 */
export function fwhmThreshold(maximum: number, baseline: number): number {
  return (maximum + baseline) / 2;
}
