/** Inversion times of a 5(3)3 scheme, ms. */
export const inversionTimesMs: readonly number[] = [100, 180, 260, 1000, 1080, 1900, 2000, 2900];

/** Side of the map, pixels. */
export const molliSide = 192;

/**
 * Magnitudes of a MOLLI acquisition, shape [voxel, time]: T1 from 250 to 1850 ms over the columns, B/A 1.96, noise of 1 % of
 * the plateau from a seeded generator. The map's truth is beside it.
 */
export function molliImages(): { readonly magnitudes: Float32Array; readonly t1Ms: Float32Array } {
  const voxels = molliSide * molliSide;
  const magnitudes = new Float32Array(voxels * inversionTimesMs.length);
  const t1Ms = new Float32Array(voxels);
  let state = 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let voxel = 0; voxel < voxels; voxel++) {
    t1Ms[voxel] = 250 + (1600 * (voxel % molliSide)) / molliSide;
    inversionTimesMs.forEach((ms, i) => {
      const signal = 500 - 980 * Math.exp((-0.96 * ms) / t1Ms[voxel]);
      // Twelve uniform numbers have a variance of 1: near enough to a normal one.
      let noise = -6;
      for (let k = 0; k < 12; k++) noise += uniform();
      magnitudes[voxel * inversionTimesMs.length + i] = Math.abs(signal + 5 * noise);
    });
  }
  return { magnitudes, t1Ms };
}
