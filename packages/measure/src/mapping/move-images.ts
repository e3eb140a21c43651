import { InputError } from "@etalon/base";
import { cos, sin } from "@etalon/kernels";
import type { Volume } from "@etalon/volume";
import type { ImageTransform } from "../marks.ts";
import type { WeightedInput } from "../protocol.ts";
import type { Motion } from "./motion.ts";

/**
 * The images of a weighted input as recorded transforms move them onto the reference: each pixel takes the value, between the
 * four pixels around it, of where the transform says it lies in the image; beyond the edge that of the edge.
 *
 * @param role input that transforms name; those of other inputs are passed over
 * @throws {InputError} `out-of-range` for an image or a slice that is not there, or a slice that is moved twice
 */
export function moveImages(
  role: string,
  input: WeightedInput,
  transforms: readonly ImageTransform[],
): WeightedInput & { readonly motion?: Motion } {
  const own = transforms.filter((transform) => transform.role === role);
  if (own.length === 0) return input;
  const seen = new Set<string>();
  for (const { image, slice } of own) {
    requireInRange("transforms.image", image, input.images.length);
    requireInRange("transforms.slice", slice, input.volume.slices);
    if (seen.has(`${image} ${slice}`)) throw new InputError("out-of-range", "transforms.slice", slice);
    seen.add(`${image} ${slice}`);
  }
  const images = input.images.map((image, at) => {
    const ofImage = own.filter((transform) => transform.image === at + 1);
    return ofImage.length === 0 ? image : { ...image, volume: movedVolume(image.volume, ofImage) };
  });
  const [{ volume }] = images;
  const farthestMm = own.reduce((most, transform) => Math.max(most, farthest(volume, transform)), 0);
  return {
    ...input,
    images,
    volume,
    motion: { moved: own.length, farthestMm, by: [...new Set(own.map(({ by }) => by))] },
  };
}

function requireInRange(field: string, value: number, highest: number): void {
  if (value > highest) throw new InputError("out-of-range", field, value, `1 – ${highest}`);
}

function movedVolume(volume: Volume, transforms: readonly ImageTransform[]): Volume {
  const values = Float32Array.from(volume.values);
  const perSlice = volume.columns * volume.rows;
  for (const transform of transforms) {
    const from = (transform.slice - 1) * perSlice;
    const source = volume.values.subarray(from, from + perSlice);
    const place = placing(transform);
    for (let row = 0; row < volume.rows; row++) {
      for (let column = 0; column < volume.columns; column++) {
        const [x, y] = place(column * volume.columnSpacingMm, row * volume.rowSpacingMm);
        values[from + row * volume.columns + column] = between(
          { values: source, columns: volume.columns, rows: volume.rows },
          x / volume.columnSpacingMm,
          y / volume.rowSpacingMm,
        );
      }
    }
  }
  return { ...volume, values };
}

/** Where a point of the reference lies in the image: turned about the centre, then shifted. */
function placing({
  angleDeg,
  centerMm,
  translationMm,
}: ImageTransform): (x: number, y: number) => readonly [number, number] {
  const angle = (angleDeg * Math.PI) / 180;
  const [c, s] = [cos(angle), sin(angle)];
  const [cx, cy] = centerMm;
  const [tx, ty] = translationMm;
  return (x, y) => [c * (x - cx) - s * (y - cy) + cx + tx, s * (x - cx) + c * (y - cy) + cy + ty];
}

interface Plane {
  readonly values: Volume["values"];
  readonly columns: number;
  readonly rows: number;
}

function between({ values, columns, rows }: Plane, column: number, row: number): number {
  const [x, y] = [Math.min(columns - 1, Math.max(0, column)), Math.min(rows - 1, Math.max(0, row))];
  const [i, j] = [Math.min(Math.floor(x), Math.max(0, columns - 2)), Math.min(Math.floor(y), Math.max(0, rows - 2))];
  const [fx, fy] = [x - i, y - j];
  const at = (di: number, dj: number): number =>
    values[Math.min(rows - 1, j + dj) * columns + Math.min(columns - 1, i + di)];
  return (1 - fy) * ((1 - fx) * at(0, 0) + fx * at(1, 0)) + fy * ((1 - fx) * at(0, 1) + fx * at(1, 1));
}

function farthest(volume: Volume, transform: ImageTransform): number {
  const place = placing(transform);
  const [width, height] = [(volume.columns - 1) * volume.columnSpacingMm, (volume.rows - 1) * volume.rowSpacingMm];
  const corners = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ] as const;
  return corners.reduce((most, [x, y]) => {
    const [u, v] = place(x, y);
    return Math.max(most, Math.sqrt((u - x) * (u - x) + (v - y) * (v - y)));
  }, 0);
}
