/** `count` bits from `firstBit` on, as bytes of their own: the least significant bit is the first (PS3.5 8.1.1). */
export function shiftedBits(bytes: Uint8Array, firstBit: number, count: number): Uint8Array {
  const shifted = new Uint8Array(Math.ceil(count / 8));
  for (let index = 0; index < shifted.length; index += 1) {
    const pair = (bytes[index] ?? 0) | ((bytes[index + 1] ?? 0) << 8);
    shifted[index] = (pair >> firstBit) & 0xff;
  }
  const lastBits = count % 8;
  if (lastBits > 0) shifted[shifted.length - 1] = (shifted.at(-1) ?? 0) & ((1 << lastBits) - 1);
  return shifted;
}
