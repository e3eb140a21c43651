import { useMemo, useState } from "react";
import type { ShownMap } from "../../measuring/measuring-messages.ts";
import { fullestSlice, type MapGroup, type MapPlace, mapGroups } from "./map-group.ts";
import { usualRange, type ValueRange } from "./value-range.ts";

/** Which map is looked at, where, and how it is coloured. */
export interface MapView {
  readonly groups: readonly MapGroup[];
  readonly group: MapGroup;
  readonly chooseGroup: (id: string) => void;
  /** The map of its quality beside it; absent where nothing was fitted. */
  readonly quality: ShownMap | undefined;
  readonly chooseQuality: (id: string) => void;
  readonly slice: number;
  readonly setSlice: (slice: number) => void;
  /** The voxel that is asked for. */
  readonly place: MapPlace | undefined;
  readonly setPlace: (place: MapPlace) => void;
  readonly rangeOf: (map: ShownMap) => ValueRange;
  /** Nothing for the usual one. */
  readonly setRange: (map: ShownMap, range: ValueRange | undefined) => void;
}

/** The maps of a result as they are looked at; nothing where it has none. */
export function useMapView(maps: readonly ShownMap[]): MapView | undefined {
  const groups = useMemo(() => mapGroups(maps), [maps]);
  const [groupId, chooseGroup] = useState("");
  const [qualityId, chooseQuality] = useState("");
  const [ranges, setRanges] = useState<Readonly<Record<string, ValueRange | undefined>>>({});
  const [place, setPlace] = useState<MapPlace>();
  const [chosenSlice, setSlice] = useState<number>();
  const group = groups.find(({ quantity }) => quantity.id === groupId) ?? groups[0];
  const usual = useMemo(
    () =>
      group === undefined
        ? undefined
        : {
            slice: fullestSlice(group),
            ranges: new Map([group.quantity, ...group.quality].map((map) => [map.id, usualRange(group, map)])),
          },
    [group],
  );
  if (group === undefined || usual === undefined) return undefined;
  const { quantity, quality } = group;
  const lastSlice = quantity.slices - 1;
  const isInside =
    place !== undefined && place.column < quantity.columns && place.row < quantity.rows && place.slice <= lastSlice;
  const shown =
    quality.find(({ id }) => id === `${quantity.id}-${qualityId}`) ??
    quality.find(({ id }) => id === `${quantity.id}-r2`) ??
    quality[0];
  return {
    ...{ groups, group, chooseGroup, setSlice },
    quality: shown,
    chooseQuality: (id) => chooseQuality(id.slice(quantity.id.length + 1)),
    slice: Math.min(lastSlice, chosenSlice ?? usual.slice),
    place: isInside ? place : undefined,
    setPlace: (next) => {
      setPlace(next);
      setSlice(next.slice);
    },
    rangeOf: ({ id }) => ranges[id] ?? usual.ranges.get(id) ?? { low: 0, high: 1 },
    setRange: ({ id }, range) => setRanges({ ...ranges, [id]: range }),
  };
}
