import type { Region } from "@etalon/measure";
import type { LesionMap } from "./lesion-map.ts";
import { paintLesions, type Stroke } from "./paint-lesions.ts";

/** A stroke that is being drawn: what it has painted so far, always from what stood before it. */
export interface StrokeInProgress {
  /** Names it in the log: what it changes on its way is one change. */
  readonly field: string;
  /** The regions as the stroke leaves them up to here; nothing where that is what it gave before. */
  readonly paint: (stroke: Stroke) => readonly Region[] | undefined;
}

/**
 * Begins a stroke. As each of its answers starts from the same regions and lesions, the last one is that of the whole stroke,
 * however often it was asked on the way.
 */
export function beginStroke(regions: readonly Region[], map: LesionMap, field: string): StrokeInProgress {
  let last = JSON.stringify(regions);
  return {
    field,
    paint: (stroke) => {
      const painted = paintLesions(regions, map, stroke);
      const text = JSON.stringify(painted);
      if (text === last) return undefined;
      last = text;
      return painted;
    },
  };
}
