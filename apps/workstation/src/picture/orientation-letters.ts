import type { PatientOrientation } from "./patient-orientation.ts";
import { dot, type Lps, type Plane } from "./plane.ts";

/** What stands at the four sides of a picture. */
export type Sides = Readonly<Record<"right" | "left" | "bottom" | "top", string>>;

/** How a picture is turned on the screen: unit vectors that point right and down there, patient LPS. */
interface Turned {
  readonly right: Lps;
  readonly down: Lps;
}

/** Letters of the ends of the patient's axes (PS3.3 C.7.6.1.1.1). */
const letters = [
  ["L", "R"],
  ["P", "A"],
  ["H", "F"],
] as const;

/** The other end of each axis. */
const opposites: ReadonlyMap<string, string> = new Map<string, string>(
  letters.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]),
);

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

/** The letters at the sides of a picture that lies in the patient. */
export function sidesOf({ right, down }: Turned): Sides {
  return sides(orientationLetters(right), orientationLetters(down));
}

/**
 * The letters at the sides of a picture that says where it leads without lying in the patient: its plane is then only what it
 * is drawn in, and tells how it was turned and flipped.
 */
export function saidSidesOf(
  { alongRow, alongColumn }: PatientOrientation,
  { rowDirection, columnDirection }: Pick<Plane, "rowDirection" | "columnDirection">,
  { right, down }: Turned,
): Sides {
  const along = (way: Lps): string => {
    const [row, column] = [dot(way, rowDirection), dot(way, columnDirection)];
    if (Math.abs(row) >= Math.abs(column)) return row > 0 ? alongRow : opposite(alongRow);
    return column > 0 ? alongColumn : opposite(alongColumn);
  };
  return sides(along(right), along(down));
}

function sides(right: string, bottom: string): Sides {
  return { right, left: opposite(right), bottom, top: opposite(bottom) };
}

function opposite(text: string): string {
  return [...text].map((letter) => opposites.get(letter) ?? "").join("");
}
