import type { ShownMap } from "../../measuring/measuring-messages.ts";
import { colourAt } from "./colour-scale.ts";
import { hasValue, type MapGroup } from "./map-group.ts";
import type { ValueRange } from "./value-range.ts";

/** Colours that a slice is painted with. */
const shades = 256;

/** A slice of one of the group's maps, RGBA, row by row; a voxel without a value is not painted. */
export function paintSlice(
  group: MapGroup,
  map: ShownMap,
  { slice, range }: { readonly slice: number; readonly range: ValueRange },
): Uint8ClampedArray<ArrayBuffer> {
  const size = map.columns * map.rows;
  const pixels = new Uint8ClampedArray(4 * size);
  const table = Array.from({ length: shades }, (_, shade) => colourAt(shade / (shades - 1)));
  for (let at = 0; at < size; at++) {
    const voxel = slice * size + at;
    if (!hasValue(group, voxel)) continue;
    const share = ((map.values[voxel] ?? 0) - range.low) / (range.high - range.low);
    const shade = Math.round(Math.min(1, Math.max(0, share)) * (shades - 1));
    pixels.set(table[shade] ?? [], 4 * at);
    pixels[4 * at + 3] = 255;
  }
  return pixels;
}
