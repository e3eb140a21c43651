/**
 * Samples as bits, the first in the least significant bit of the first byte; the last byte is filled with zeros. A sample
 * is a one where it is not zero.
 *
 * @see PS3.5 section 8.1.1
 */
export function packBits(samples: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(samples.length / 8));
  for (let index = 0; index < samples.length; index++) {
    if (samples[index] !== 0) bytes[index >> 3] |= 1 << (index & 7);
  }
  return bytes;
}
