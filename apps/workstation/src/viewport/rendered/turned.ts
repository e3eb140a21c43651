import { dot, type Lps } from "../../picture/plane.ts";

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

/** A vector turned about a unit vector (Rodrigues). */
function about(vector: Lps, axis: Lps, degrees: number): Lps {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const across = cross(axis, vector);
  const along = dot(axis, vector) * (1 - cosine);
  const at = (i: 0 | 1 | 2): number => vector[i] * cosine + across[i] * sine + axis[i] * along;
  return [at(0), at(1), at(2)];
}

function cross(a: Lps, b: Lps): Lps {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
