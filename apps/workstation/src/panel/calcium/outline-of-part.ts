import type { CandidateRuns } from "@etalon/measure";
import type { LesionPart } from "./lesion-map.ts";

/** Outlines by the runs of the part: a picture is drawn many times with them. */
const outlines = new WeakMap<LesionPart["runs"], string>();

/** The border of a part as an SVG path along its pixels' edges: columns and rows, the first pixel's centre at 0, 0. */
export function outlineOfPart(located: CandidateRuns, { runs }: LesionPart): string {
  const known = outlines.get(runs);
  if (known !== undefined) return known;
  const outline = outlineOfRuns(located, runs);
  outlines.set(runs, outline);
  return outline;
}

function outlineOfRuns({ row, start, end }: CandidateRuns, runs: LesionPart["runs"]): string {
  const byRow = Map.groupBy(runs, (run) => row[run] ?? 0);
  const moves: string[] = [];
  for (const run of runs) {
    const [y = 0, from = 0, to = 0] = [row[run], start[run], end[run]];
    moves.push(`M${from - 0.5} ${y - 0.5}v1`, `M${to + 0.5} ${y - 0.5}v1`);
    for (const [neighbour, edge] of [
      [y - 1, y - 0.5],
      [y + 1, y + 0.5],
    ] as const) {
      const covered = (byRow.get(neighbour) ?? []).map((other) => [start[other] ?? 0, end[other] ?? 0] as const);
      for (const [a, b] of uncovered([from, to], covered)) moves.push(`M${a - 0.5} ${edge}h${b - a + 1}`);
    }
  }
  return moves.join("");
}

/** What is left of a stretch of columns, ends in, without those that are covered, in ascending order. */
function uncovered(
  [from, to]: readonly [number, number],
  covered: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const left: [number, number][] = [];
  let first = from;
  for (const [a, b] of [...covered].sort((one, other) => one[0] - other[0])) {
    if (b < first || a > to) continue;
    if (a > first) left.push([first, a - 1]);
    first = Math.max(first, b + 1);
  }
  if (first <= to) left.push([first, to]);
  return left;
}
