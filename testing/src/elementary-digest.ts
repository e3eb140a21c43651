import { sha256Hex } from "@etalon/base";
import { cos, exp, log, pow, sin } from "@etalon/kernels";

/** Arguments of each function. */
const argumentCount = 50_000;

/**
 * SHA-256 of the bits of `exp`, `log`, `pow`, `sin` and `cos` of `@etalon/kernels` at many arguments over their ranges: one
 * bit of difference between two engines and the digests differ.
 */
export function elementaryDigest(): string {
  const values = new Float64Array(5 * argumentCount);
  // Fractions of the golden ratio spread evenly over 0..1.
  for (let n = 0; n < argumentCount; n++) {
    const fraction = (n * 0.6180339887498949) % 1;
    values[5 * n] = exp(-745 + 1454 * fraction);
    values[5 * n + 1] = log(1e-300 + 1e6 * fraction * fraction);
    values[5 * n + 2] = pow(1e-3 + 100 * fraction, -20 + 40 * fraction);
    values[5 * n + 3] = sin(-1e6 + 2e6 * fraction);
    values[5 * n + 4] = cos(-10 + 20 * fraction);
  }
  return sha256Hex(new Uint8Array(values.buffer));
}
