import type { Lps } from "./plane.ts";

/** Letters of the ends of the patient's axes (PS3.3 C.7.6.1.1.1). */
const letters = [
  ["L", "R"],
  ["P", "A"],
  ["H", "F"],
] as const;

/** Cosine below which a direction has no part along an axis that is worth a letter: 72.5° from it. */
const leastPart = 0.3;

/** Where a direction leads in the patient: "L", "AR", at most three letters, the strongest first. */
export function orientationLetters(direction: Lps): string {
  return [0, 1, 2]
    .map((axis) => ({ axis, part: direction[axis] ?? 0 }))
    .filter(({ part }) => Math.abs(part) > leastPart)
    .sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
    .map(({ axis, part }) => letters[axis]?.[part > 0 ? 0 : 1] ?? "")
    .join("");
}
