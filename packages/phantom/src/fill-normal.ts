/**
 * Fills an array with independent standard normal deviates (mean 0, SD 1), the same on every engine.
 *
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, integer operations only. Deviate: Irwin–Hall,
 * the sum of twelve 16-bit halves of six draws: mean 12 · 65535/2 = 393 210, variance 12 · (65536² − 1)/12, so that SD is
 * 65 536 to ten digits; excess kurtosis −0.1, no value beyond 6 SD. Plain arithmetic, since `Math.log` and `Math.cos` of
 * Box–Muller differ between engines in the last bit.
 *
 * @param seed which noise, integer 0..2³² − 1
 * @param stream which independent field of it, integer 0..2³² − 1
 */
export function fillNormal(out: Float32Array, seed: number, stream: number): void {
  let a = seed | 0;
  let b = stream | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  // Twelve idle rounds mix the seed into the whole state, as the generator's author does.
  const idle = 12;
  for (let index = -idle; index < out.length; index++) {
    let sum = 0;
    for (let draw = index < 0 ? 5 : 0; draw < 6; draw++) {
      const value = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + value) | 0;
      sum += (value & 0xffff) + (value >>> 16);
    }
    if (index >= 0) out[index] = (sum - 393210) / 65536;
  }
}
