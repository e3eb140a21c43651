/** A scale that is drawn. */
export interface ScaleBar {
  readonly lengthMm: number;
  readonly lengthPx: number;
}

/** Lengths that are easily read, mm. */
const lengthsMm = [1, 2, 5, 10, 20, 50, 100, 200];

/** The longest easily read scale that takes at most so much room; nothing where even a millimetre takes more. */
export function scaleBar(pxPerMm: number, mostPx: number): ScaleBar | undefined {
  const lengthMm = lengthsMm.filter((length) => length * pxPerMm <= mostPx).at(-1);
  return lengthMm === undefined || pxPerMm <= 0 ? undefined : { lengthMm, lengthPx: lengthMm * pxPerMm };
}
