import { type DataSet, itemsOf, numberOf } from "@etalon/dicom";
import type { PixelPoint } from "./plane.ts";

/** A part of an ultrasound picture with a calibration of its own (PS3.3 C.8.5.5). */
export interface UltrasoundRegion {
  /** First and last column and row, both in. */
  readonly columns: readonly [number, number];
  readonly rows: readonly [number, number];
  /** Units of x and y, as PS3.3 C.8.5.5.1.15 numbers them: 3 is centimetres. */
  readonly units: readonly [number, number];
  /** Per pixel in x and y. */
  readonly deltas: readonly [number, number];
}

/** Number of the unit centimetre (PS3.3 C.8.5.5.1.15). */
const centimetre = 3;

/** The regions of an object; those that say less than they must are none. */
export function readUltrasoundRegions(dataSet: DataSet): readonly UltrasoundRegion[] {
  return itemsOf(dataSet, "00186011").flatMap((item) => {
    const tags = ["00186018", "0018601C", "0018601A", "0018601E", "00186024", "00186026", "0018602C", "0018602E"];
    const numbers = tags.map((tag) => numberOf(item, tag));
    const [x0, x1, y0, y1, unitX, unitY, deltaX, deltaY] = numbers;
    if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined) return [];
    if (unitX === undefined || unitY === undefined || deltaX === undefined || deltaY === undefined) return [];
    return [{ columns: [x0, x1], rows: [y0, y1], units: [unitX, unitY], deltas: [deltaX, deltaY] } as const];
  });
}

/**
 * Millimetres per column and row where all points lie in one region whose both axes are lengths; nothing where they do not:
 * across regions, in a spectrum or on an M-mode trace a distance has no length.
 */
export function ultrasoundSpacingMm(
  regions: readonly UltrasoundRegion[],
  points: readonly PixelPoint[],
): readonly [number, number] | undefined {
  const region = regions.find(({ columns, rows }) =>
    points.every(([x, y]) => x >= columns[0] && x <= columns[1] && y >= rows[0] && y <= rows[1]),
  );
  if (region?.units[0] !== centimetre || region.units[1] !== centimetre) return undefined;
  return [10 * Math.abs(region.deltas[0]), 10 * Math.abs(region.deltas[1])];
}
