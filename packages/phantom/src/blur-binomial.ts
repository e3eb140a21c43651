/** SD of the blur of {@link blurBinomial} along each axis, pixels: the variance of (1, 2, 1)/4 is 1/2. */
export const binomialBlurSdPixels: number = Math.sqrt(0.5);

/** What the blur leaves of the SD of white noise: Σ w² = 6/16 along each axis, √(6/16 · 6/16) = 0.375. */
export const binomialBlurNoiseGain = 0.375;

/**
 * Blurs an image of shape [row, column] in place with the binomial kernel (1, 2, 1)/4 along rows and columns: the point
 * spread function of a scanner, roughly Gaussian of SD √½ pixel. Edge pixels are repeated outside the image, so that the
 * sum over a region is kept except at the image's border, where noise keeps more of its SD.
 *
 * @param scratch any array as long as a row
 */
export function blurBinomial(image: Float32Array, columns: number, scratch: Float32Array): void {
  const rows = image.length / columns;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let before = image[start];
    let here = before;
    for (let column = 0; column < columns; column++) {
      const after = column + 1 < columns ? image[start + column + 1] : here;
      image[start + column] = (before + 2 * here + after) / 4;
      before = here;
      here = after;
    }
  }
  // `scratch` keeps the row above as it was before it was blurred.
  scratch.set(image.subarray(0, columns));
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const below = row + 1 < rows ? start + columns : start;
    for (let column = 0; column < columns; column++) {
      const here = image[start + column];
      image[start + column] = (scratch[column] + 2 * here + image[below + column]) / 4;
      scratch[column] = here;
    }
  }
}
