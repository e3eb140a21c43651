import type { Structure } from "../structure.ts";
import { type FittedVoxels, fitReasons } from "./fit-map.ts";

/** The values of a map in a region. */
export interface RegionStatistics {
  readonly mean: number;
  readonly median: number;
  /** Standard deviation, n − 1; 0 of a single value. */
  readonly sd: number;
  /** Voxels with a value. */
  readonly count: number;
  /** Share of the region's voxels that have a value, %. */
  readonly fittedPercent: number;
}

/** Statistics of the voxels of a region that have a value; `null` where none has. */
export function statisticsOf(
  { values, reasons }: Pick<FittedVoxels, "values" | "reasons">,
  voxels: ArrayLike<number>,
): RegionStatistics | null {
  const own: number[] = [];
  for (let n = 0; n < voxels.length; n++) if (reasons[voxels[n]] === 0) own.push(values[voxels[n]]);
  if (own.length === 0) return null;
  own.sort((a, b) => a - b);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  const squares = own.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const middle = own.length / 2;
  return {
    mean,
    median: (own[Math.ceil(middle) - 1] + own[Math.floor(middle)]) / 2,
    sd: own.length > 1 ? Math.sqrt(squares / (own.length - 1)) : 0,
    count: own.length,
    fittedPercent: (100 * own.length) / voxels.length,
  };
}

/** Indexes of the voxels that any structure of one of these labels holds, ascending; empty where none is drawn. */
export function voxelsOf(structures: readonly Structure[], role: string, labels: readonly string[]): Int32Array {
  const drawn = structures.filter((structure) => structure.role === role && labels.includes(structure.label));
  const voxels: number[] = [];
  const size = drawn[0]?.voxels.length ?? 0;
  for (let v = 0; v < size; v++) if (drawn.some((structure) => structure.voxels[v] === 1)) voxels.push(v);
  return Int32Array.from(voxels);
}

/** How many voxels have a value, and how many have none for each reason, by its name in camel case. */
export function reasonCounts({ reasons }: Pick<FittedVoxels, "reasons">): Readonly<Record<string, number>> {
  const counts = new Float64Array(fitReasons.length);
  for (const reason of reasons) counts[reason]++;
  return Object.fromEntries(fitReasons.map((name, i) => [name, counts[i]]));
}
