/** The discs of one structure in one phase. */
export interface Discs {
  /** Area in each level, mm², base to apex or apex to base. */
  readonly areaMm2: readonly number[];
  /** What each level stands for along the normal, mm: thickness and gap. */
  readonly heightMm: readonly number[];
}

/** How the first and last slice that is drawn count. */
export type EndSlices = "whole" | "half";

/** Volume of a stack of discs, mL: Σ area × (thickness + gap); with `half` the first and last disc count half. */
export function sumDiscs({ areaMm2, heightMm }: Discs, endSlices: EndSlices): number {
  const first = areaMm2.findIndex((area) => area > 0);
  const last = areaMm2.findLastIndex((area) => area > 0);
  let volumeMm3 = 0;
  for (let level = 0; level < areaMm2.length; level++) {
    const share = endSlices === "half" && (level === first || level === last) ? 0.5 : 1;
    volumeMm3 += share * areaMm2[level] * heightMm[level];
  }
  return volumeMm3 / 1000;
}

/** Which end of a stack of discs is the base: the one whose outermost drawn disc is larger. */
export function basalLevel({ areaMm2 }: Discs): number {
  const first = areaMm2.findIndex((area) => area > 0);
  const last = areaMm2.findLastIndex((area) => area > 0);
  return areaMm2[first] > areaMm2[last] ? first : last;
}
