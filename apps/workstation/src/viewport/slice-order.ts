import type { Picture } from "../picture/picture.ts";
import { dot, normalOf } from "../picture/plane.ts";

/** Distances between slices may differ by this much of themselves: headers round positions. */
const spacingTolerance = 0.02;

/** Slices in the order of their place, and their distance; nothing where they are no volume. */
export interface SliceOrder {
  readonly pictures: readonly Picture[];
  readonly spacingMm: number;
}

/** The order of pictures along their common normal: parallel, of one size, one at each place, at one distance. */
export function sliceOrder(pictures: readonly Picture[]): SliceOrder | undefined {
  const [first] = pictures;
  if (first === undefined || pictures.length < 2 || first.header.samplesPerPixel !== 1) return undefined;
  const normal = normalOf(first.plane);
  const alongMm = ({ plane }: Picture): number => dot(plane.originLpsMm, normal);
  const isAlike = ({ plane, header }: Picture): boolean =>
    plane.hasOrientation &&
    header.rows === first.header.rows &&
    header.columns === first.header.columns &&
    dot(normalOf(plane), normal) > 0.9999;
  if (!pictures.every(isAlike)) return undefined;
  const sorted = [...pictures].sort((a, b) => alongMm(a) - alongMm(b));
  const last = sorted.at(-1) ?? first;
  const spacingMm = (alongMm(last) - alongMm(sorted[0] ?? first)) / (sorted.length - 1);
  const isEven = sorted.every((picture, at) => {
    const before = sorted[at - 1];
    return (
      before === undefined || Math.abs(alongMm(picture) - alongMm(before) - spacingMm) <= spacingTolerance * spacingMm
    );
  });
  return isEven && spacingMm > 0 ? { pictures: sorted, spacingMm } : undefined;
}
