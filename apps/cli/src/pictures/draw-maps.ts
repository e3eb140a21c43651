import type { ParametricMap } from "@etalon/measure";
import type { KeyImage } from "@etalon/report";
import { encode } from "fast-png";

/** Colours from low to high, evenly spaced: dark violet, blue, green-blue, green, yellow; brightness grows all the way. */
const colours = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

/** A picture is at least so wide, pixels: small matrices are drawn with larger pixels. */
const leastWidth = 256;
const barWidth = 16;
const gap = 8;
/** Slices drawn of one map, from the middle outwards. */
const mostSlices = 6;
/** The scale ends where this share of the values lies below. */
const topShare = 0.98;

/** Every measured map in colour, slice by slice, with a bar of its scale at the right; black where it has no value. */
export function drawMaps(maps: readonly ParametricMap[]): readonly KeyImage[] {
  return maps
    .filter(({ isQuantity }) => isQuantity)
    .flatMap((map) => {
      const highest = map.shownTo ?? topOf(map.values);
      return drawnSlices(map.grid.slices).map((slice) => drawSlice(map, slice, highest));
    });
}

function drawnSlices(slices: number): readonly number[] {
  const first = Math.max(0, Math.floor((slices - mostSlices) / 2));
  return Array.from({ length: Math.min(slices, mostSlices) }, (_, i) => first + i);
}

/** A round number above most values: 1, 2 or 5 times a power of ten, in tenths of it. */
function topOf(values: Float32Array): number {
  const some = values.filter((value) => value > 0).sort();
  const high = some[Math.floor(topShare * (some.length - 1))] ?? 1;
  const power = 10 ** Math.floor(Math.log10(high));
  return (Math.ceil((10 * high) / power) / 10) * power;
}

function drawSlice({ id, title, unit, grid, values }: ParametricMap, slice: number, highest: number): KeyImage {
  const { columns, rows } = grid;
  const factor = Math.max(1, Math.ceil(leastWidth / columns));
  const [width, height] = [columns * factor + gap + barWidth, rows * factor];
  const rgb = new Uint8Array(width * height * 3);
  const paint = (x: number, y: number, share: number): void => rgb.set(colourAt(share), (y * width + x) * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < columns * factor; x++) {
      const value = values[(slice * rows + Math.floor(y / factor)) * columns + Math.floor(x / factor)];
      if (value > 0) paint(x, y, value / highest);
    }
    for (let x = columns * factor + gap; x < width; x++) paint(x, y, 1 - y / (height - 1));
  }
  return {
    id: `map-${id}-${slice + 1}`,
    ...{ width, height, rgb, png: encode({ width, height, data: rgb, channels: 3 }) },
    map: { title, unit, slice: slice + 1, highest },
  };
}

function colourAt(share: number): readonly number[] {
  const at = Math.min(1, Math.max(0, share)) * (colours.length - 1);
  const low = Math.min(colours.length - 2, Math.floor(at));
  return colours[low].map((value, i) => Math.round(value + (at - low) * (colours[low + 1][i] - value)));
}
