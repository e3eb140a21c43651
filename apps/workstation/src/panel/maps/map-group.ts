import type { Text } from "@etalon/base";
import type { ShownMap } from "../../measuring/measuring-messages.ts";

/** A measured quantity with the maps that say how good each of its values is. */
export interface MapGroup {
  readonly quantity: ShownMap;
  /** Residual, R², images used …; empty where nothing was fitted. */
  readonly quality: readonly ShownMap[];
  /** Why a voxel has no value, by number; absent where the protocol says none. */
  readonly reasons: ShownMap | undefined;
}

/** The maps of a result by quantity: "t1-residual" belongs to "t1". */
export function mapGroups(maps: readonly ShownMap[]): readonly MapGroup[] {
  const quantities = maps.filter(({ isQuantity }) => isQuantity);
  const ownerOf = ({ id }: ShownMap): string | undefined =>
    quantities
      .map((quantity) => quantity.id)
      .filter((name) => id.startsWith(`${name}-`))
      .sort((a, b) => b.length - a.length)[0];
  return quantities.map((quantity) => {
    const own = maps.filter((map) => !map.isQuantity && ownerOf(map) === quantity.id);
    return {
      quantity,
      quality: own.filter(({ meanings }) => meanings === undefined),
      reasons: own.find(({ meanings }) => meanings !== undefined),
    };
  });
}

/** Where a map is looked at: indexes from 0. */
export interface MapPlace {
  readonly column: number;
  readonly row: number;
  readonly slice: number;
}

/** What a map says of one voxel. */
export type Probed =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "none"; readonly reason: Text | undefined };

/** Whether the quantity has a value in a voxel; the maps of its quality have one in the same. */
export function hasValue({ quantity, reasons }: MapGroup, voxel: number): boolean {
  return reasons === undefined ? quantity.values[voxel] !== 0 : reasons.values[voxel] === 0;
}

/** The value of one of the group's maps at a place, or why there is none. */
export function probeMap(group: MapGroup, map: ShownMap, place: MapPlace): Probed {
  const voxel = voxelAt(map, place);
  if (hasValue(group, voxel)) return { kind: "value", value: map.values[voxel] ?? 0 };
  const { reasons } = group;
  return { kind: "none", reason: reasons?.meanings?.[reasons.values[voxel] ?? 0] };
}

/** Index of a voxel in a map's values. */
export function voxelAt(
  { columns, rows }: Pick<ShownMap, "columns" | "rows">,
  { column, row, slice }: MapPlace,
): number {
  return (slice * rows + row) * columns + column;
}

/** The slice to begin with: the one with the most values, of several the middle one. */
export function fullestSlice(group: MapGroup): number {
  const { columns, rows, slices } = group.quantity;
  const counts = Array.from({ length: slices }, (_, slice) => {
    let count = 0;
    for (let at = 0; at < columns * rows; at++) if (hasValue(group, slice * columns * rows + at)) count += 1;
    return count;
  });
  const most = Math.max(...counts);
  const full = counts.flatMap((count, slice) => (count === most ? [slice] : []));
  return full[Math.floor(full.length / 2)] ?? 0;
}
