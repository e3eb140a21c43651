import { RefusalError } from "@etalon/base";
import type { Grid } from "@etalon/volume";
import type { SeriesInput } from "../../protocol.ts";
import type { Phase } from "./inputs.ts";

/** A slice level that both phases have an image of. */
export interface Level {
  /** Index of the slice in each phase. */
  readonly slice: Readonly<Record<Phase, number>>;
  /** Position along the slice normal, mm. */
  readonly positionMm: number;
}

/** A slice level that one phase has an image of. */
export interface LoneLevel {
  readonly phase: Phase;
  readonly slice: number;
  readonly positionMm: number;
}

/** The levels of two phases, ascending along the normal. */
export interface Levels {
  readonly paired: readonly Level[];
  readonly unpaired: readonly LoneLevel[];
}

/** Normals that lean less than this from each other are one direction: 1 − cos of half a degree. */
const parallelTolerance = 4e-5;

/**
 * Pairs the slices of the two phases by their position along the slice normal; file order and instance numbers have no say.
 *
 * @throws {RefusalError} `phases-not-aligned` for slices that are not parallel, or when no level has both phases
 */
export function pairLevels(diastole: SeriesInput, systole: SeriesInput, toleranceMm: number): Levels {
  const normal = diastole.volume.normal;
  const cosine = Math.abs(dot(normal, systole.volume.normal));
  if (cosine < 1 - parallelTolerance) {
    throw new RefusalError("phases-not-aligned", { field: "end-systole", received: `cos = ${cosine.toFixed(4)}` });
  }
  const ofDiastole = positionsOf(diastole.volume, normal);
  const ofSystole = positionsOf(systole.volume, normal);
  const taken = new Set<number>();
  const paired: Level[] = [];
  const unpaired: LoneLevel[] = [];
  for (const [slice, positionMm] of ofDiastole.entries()) {
    const partner = nearest(ofSystole, positionMm);
    if (Math.abs(ofSystole[partner] - positionMm) > toleranceMm || taken.has(partner)) {
      unpaired.push({ phase: "end-diastole", slice, positionMm });
      continue;
    }
    taken.add(partner);
    paired.push({ slice: { "end-diastole": slice, "end-systole": partner }, positionMm });
  }
  for (const [slice, positionMm] of ofSystole.entries()) {
    if (!taken.has(slice)) unpaired.push({ phase: "end-systole", slice, positionMm });
  }
  if (paired.length === 0) {
    const range = (positions: readonly number[]) => `${shown(positions.at(0))} … ${shown(positions.at(-1))} mm`;
    throw new RefusalError("phases-not-aligned", {
      field: "end-systole",
      received: `${range(ofDiastole)}; ${range(ofSystole)}`,
    });
  }
  return {
    paired: paired.toSorted((a, b) => a.positionMm - b.positionMm),
    unpaired: unpaired.toSorted((a, b) => a.positionMm - b.positionMm),
  };
}

function positionsOf({ sliceOriginsLpsMm: origins, slices }: Grid, normal: Grid["normal"]): number[] {
  return Array.from({ length: slices }, (_, k) =>
    dot([origins[3 * k], origins[3 * k + 1], origins[3 * k + 2]], normal),
  );
}

function nearest(positions: readonly number[], position: number): number {
  return positions.reduce(
    (best, candidate, index) => (Math.abs(candidate - position) < Math.abs(positions[best] - position) ? index : best),
    0,
  );
}

function dot(a: readonly [number, number, number], b: readonly [number, number, number]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function shown(mm: number | undefined): string {
  return (mm ?? 0).toFixed(1);
}
