import type { Lps } from "../../picture/plane.ts";
import { about, cross } from "../rotation.ts";

/** Where one looks from: the way from the centre to the eye, and what is up on the screen (a unit vector). */
export interface Eye {
  readonly away: Lps;
  readonly up: Lps;
}

/** The eye after what it looks at was turned to the right about the screen's up, then down about its right, degrees. */
export function turned(
  { away, up }: Eye,
  { rightDeg, downDeg }: { readonly rightDeg: number; readonly downDeg: number },
): Eye {
  const sideways = about(away, up, -rightDeg);
  const length = Math.hypot(...sideways) || 1;
  const out: Lps = [sideways[0] / length, sideways[1] / length, sideways[2] / length];
  const right = cross(up, out);
  return { away: about(sideways, right, -downDeg), up: about(up, right, -downDeg) };
}
