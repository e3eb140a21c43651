import type { Volume } from "@etalon/volume";
import { otsuThreshold } from "../../otsu-threshold.ts";
import type { ColumnRow } from "../../polygon.ts";
import type { SignalLevels } from "./polar-contour.ts";

/** Signal of what is bright and of what is dark about a point, each the median of its side of Otsu's threshold. */
export function splitLevels(
  volume: Volume,
  slice: number,
  { center, radiusMm }: { readonly center: ColumnRow; readonly radiusMm: number },
): SignalLevels | undefined {
  const values: number[] = [];
  const { columns, rows } = volume;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const [dx, dy] = [(i - center[0]) * volume.columnSpacingMm, (j - center[1]) * volume.rowSpacingMm];
      if (dx * dx + dy * dy <= radiusMm * radiusMm) values.push(volume.values[(slice * rows + j) * columns + i]);
    }
  }
  if (values.length === 0) return undefined;
  const threshold = otsuThreshold(values);
  values.sort((a, b) => a - b);
  const split = values.findIndex((value) => value > threshold);
  if (split <= 0) return undefined;
  return { blood: values[Math.floor((split + values.length) / 2)], wall: values[Math.floor(split / 2)] };
}
