import { dot, type Lps } from "../picture/plane.ts";

/** A vector turned about a unit vector (Rodrigues). */
export function about(vector: Lps, axis: Lps, degrees: number): Lps {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const across = cross(axis, vector);
  const along = dot(axis, vector) * (1 - cosine);
  const at = (i: 0 | 1 | 2): number => vector[i] * cosine + across[i] * sine + axis[i] * along;
  return [at(0), at(1), at(2)];
}

/** The vector product. */
export function cross(a: Lps, b: Lps): Lps {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
