/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/**
 * Every fifteenth colour of viridis (Smith N, van der Walt S, 2015; matplotlib, CC0): perceptually uniform, its brightness
 * grows all the way, told apart by every kind of colour vision.
 */
const viridis: readonly Colour[] = [
  [0x44, 0x01, 0x54],
  [0x48, 0x17, 0x69],
  [0x47, 0x2a, 0x7a],
  [0x43, 0x3d, 0x84],
  [0x3d, 0x4e, 0x8a],
  [0x35, 0x5e, 0x8d],
  [0x2e, 0x6d, 0x8e],
  [0x29, 0x7b, 0x8e],
  [0x23, 0x89, 0x8e],
  [0x1f, 0x97, 0x8b],
  [0x21, 0xa5, 0x85],
  [0x2e, 0xb3, 0x7c],
  [0x46, 0xc0, 0x6f],
  [0x65, 0xcb, 0x5e],
  [0x89, 0xd5, 0x48],
  [0xb0, 0xdd, 0x2f],
  [0xd8, 0xe2, 0x19],
  [0xfd, 0xe7, 0x25],
];

/** The colour of a value by where it lies on its scale, 0 to 1; beyond either end, the end's. */
export function colourAt(share: number): Colour {
  const at = Math.min(1, Math.max(0, share)) * (viridis.length - 1);
  const index = Math.min(viridis.length - 2, Math.floor(at));
  const [low, high] = [viridis[index] ?? [0, 0, 0], viridis[index + 1] ?? [0, 0, 0]];
  const between = (channel: 0 | 1 | 2): number =>
    Math.round(low[channel] + (at - index) * (high[channel] - low[channel]));
  return [between(0), between(1), between(2)];
}

/** The scale as a CSS gradient from left to right. */
export function scaleGradient(): string {
  return `linear-gradient(to right, ${viridis.map((colour) => `rgb(${colour.join(" ")})`).join(", ")})`;
}
