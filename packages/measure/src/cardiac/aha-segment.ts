import type { WallSlice } from "./wall-geometry.ts";

const SIXTHS = { basal: [2, 3, 4, 5, 6, 1], mid: [8, 9, 10, 11, 12, 7] } as const;
const QUARTERS = [14, 15, 16, 13] as const;
/** The septal quarter of the apex is centred on the septum, which spans 120 degrees from the anterior insertion. */
const FIRST_QUARTER_DEG = 15;

/**
 * Segment at an angle from the anterior insertion of the right ventricle, growing over the septum: six of 60 degrees at
 * base and mid-ventricle, four of 90 at the apex, and the cap.
 *
 * @see Cerqueira MD et al., Circulation 2002;105:539-542, doi 10.1161/hc0402.102975
 */
export function segmentAt(level: WallSlice["level"], angleDeg: number): number {
  if (level === "cap") return 17;
  if (level === "apical") return QUARTERS[Math.floor(((angleDeg - FIRST_QUARTER_DEG + 360) % 360) / 90)];
  return SIXTHS[level][Math.min(5, Math.floor(angleDeg / 60))];
}
