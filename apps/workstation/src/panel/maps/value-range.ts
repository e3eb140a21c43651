import type { ShownMap } from "../../measuring/measuring-messages.ts";
import { hasValue, type MapGroup } from "./map-group.ts";

/** What the ends of a colour bar stand for. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** R² of a fit that can be believed lies between. */
const ofRSquared: ValueRange = { low: 0.8, high: 1 };

/** The bar ends where this share of the values lies below. */
const topShare = 0.98;

/** The range that a map is drawn with before anybody changes it: what it says itself, else from 0 to above most values. */
export function usualRange(group: MapGroup, map: ShownMap): ValueRange {
  if (map.shownTo !== undefined) return { low: 0, high: map.shownTo };
  if (!map.isQuantity && map.id.endsWith("-r2")) return ofRSquared;
  const values = map.values.filter((value, voxel) => Number.isFinite(value) && hasValue(group, voxel)).sort();
  const high = values[Math.floor(topShare * (values.length - 1))] ?? 1;
  const lowest = values[0] ?? 0;
  return { low: lowest < 0 ? -roundedUp(-lowest) : 0, high: high > 0 ? roundedUp(high) : 1 };
}

const rounds = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const;

/** A round number at or above a positive one. */
function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const round = rounds.find((one) => one * power >= value * (1 - 1e-9)) ?? 10;
  return Number((round * power).toPrecision(3));
}

const tickSteps = [1, 2, 2.5, 5, 10] as const;

/** Round values from one end of a range to the other, no more than asked for. */
export function rangeTicks({ low, high }: ValueRange, most: number): readonly number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / most));
  const step = power * (tickSteps.find((one) => span / (one * power) <= most - 1 + 1e-9) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** Ticks of a colour bar: both its ends, and between them round values that leave room for the ends' numbers. */
export function barTicks(range: ValueRange, most: number): readonly number[] {
  const { low, high } = range;
  const room = (0.7 * (high - low)) / most;
  return [low, ...rangeTicks(range, most).filter((value) => value - low >= room && high - value >= room), high];
}

/** A range after one of its ends was typed; nothing where it would be none. */
export function changedRange(range: ValueRange, end: keyof ValueRange, value: number | string): ValueRange | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  const changed = { ...range, [end]: value };
  return changed.low < changed.high ? changed : undefined;
}
