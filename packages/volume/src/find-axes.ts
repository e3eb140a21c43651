import type { FrameAxes } from "@etalon/dicom";
import { compareText } from "./compare.ts";
import type { StackAxis } from "./ledger.ts";
import type { PlanarFrame } from "./planar-frame.ts";
import type { SlicedFrames } from "./slice-frames.ts";

/** UCUM unit of each axis; "1" for counts and for texts. */
const unitOf: Readonly<Record<keyof FrameAxes, string>> = {
  temporalPositionIndex: "1",
  triggerTimeMs: "ms",
  cardiacPhasePercent: "%",
  inversionTimeMs: "ms",
  echoTimeMs: "ms",
  flipAngleDeg: "deg",
  bValueSPerMm2: "s/mm2",
  energyKev: "keV",
  segmentNumber: "1",
  acquisitionNumber: "1",
  acquisitionDateTime: "1",
};

/** Axes that say what was varied, in the order in which they are tried. */
export const physicalAxes: readonly (keyof FrameAxes)[] = [
  "temporalPositionIndex",
  "triggerTimeMs",
  "cardiacPhasePercent",
  "inversionTimeMs",
  "echoTimeMs",
  "flipAngleDeg",
  "bValueSPerMm2",
  "energyKev",
  "segmentNumber",
];

/** More axes than this at once are not searched. */
const mostAxes = 3;

/** One axis, and the coordinate index of every frame on it. */
interface Column {
  readonly axis: StackAxis;
  readonly indexes: readonly number[];
}

/** How complete the frames must be along the axes: every slice at every coordinate, or merely no two frames alike. */
export type Completeness = "full-grid" | "distinct";

/**
 * The fewest of the named axes, earlier names first, that tell all frames of one slice apart. An axis takes part only
 * when every frame says its coordinate. Empty when no such axes exist.
 */
export function findAxes(
  sliced: SlicedFrames<PlanarFrame>,
  names: readonly (keyof FrameAxes)[],
  completeness: Completeness,
): readonly StackAxis[] {
  const columns = names.flatMap((name) => columnOf(sliced, name));
  for (let size = 1; size <= Math.min(mostAxes, columns.length); size++) {
    for (const combination of combinations(columns, size)) {
      const points = combination.reduce((product, { axis }) => product * axis.coordinates.length, 1);
      const isFull = points * sliced.positionsMm.length === sliced.frames.length;
      if (completeness === "full-grid" && !isFull) continue;
      if (areDistinct(sliced, combination)) return combination.map(({ axis }) => axis);
    }
  }
  return [];
}

/** Index of each coordinate of an axis. */
export function coordinateIndexes(axis: StackAxis): ReadonlyMap<number | string | undefined, number> {
  return new Map(axis.coordinates.map((coordinate, index) => [coordinate, index]));
}

/** The axis of that name, in a list of none or one: none unless every frame has a coordinate and two of them differ. */
function columnOf(sliced: SlicedFrames<PlanarFrame>, name: keyof FrameAxes): readonly Column[] {
  const said = sliced.frames.flatMap(({ frame }) => frame.header.axes[name] ?? []);
  const coordinates = [...new Set(said)].sort(compareCoordinates);
  if (said.length < sliced.frames.length || coordinates.length < 2) return [];
  const axis: StackAxis = { name, unit: unitOf[name], coordinates };
  const indexOf = coordinateIndexes(axis);
  return [{ axis, indexes: said.map((coordinate) => indexOf.get(coordinate) ?? 0) }];
}

function compareCoordinates(a: number | string, b: number | string): number {
  return typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b));
}

function areDistinct(sliced: SlicedFrames<PlanarFrame>, columns: readonly Column[]): boolean {
  const seen = new Set<string>();
  for (let f = 0; f < sliced.frames.length; f++) {
    const place = `${sliced.frames[f].slice},${columns.map(({ indexes }) => indexes[f]).join()}`;
    if (seen.has(place)) return false;
    seen.add(place);
  }
  return true;
}

/** Every choice of `size` columns, in the columns' order. */
function combinations(columns: readonly Column[], size: number): readonly (readonly Column[])[] {
  if (size === 0) return [[]];
  return columns.flatMap((column, i) => combinations(columns.slice(i + 1), size - 1).map((rest) => [column, ...rest]));
}
