import type { Region } from "@etalon/measure";
import type { Picture } from "../../picture/picture.ts";
import type { PixelPoint } from "../../picture/plane.ts";

/** What is drawn: a structure on an input. */
export interface DrawnAs {
  readonly role: string;
  readonly label: string;
}

/** A contour of the marks on one picture. */
export interface ShownContour extends DrawnAs {
  readonly id: string;
  /** Column and row, the centre of the first pixel at 0, 0. */
  readonly points: readonly PixelPoint[];
}

/** Hundredths of a pixel: finer than any hand, and short in a document. */
const perPixel = 100;

/** The contours on a picture, those drawn in its own pixels. */
export function contoursOn({ header, frame }: Pick<Picture, "header" | "frame">, regions: readonly Region[]) {
  return regions.flatMap((region): ShownContour[] => {
    const { id, label, shape } = region;
    if (shape.kind !== "contour" || shape.sopInstanceUid !== header.sopInstanceUid) return [];
    if (shape.frameNumber !== frame.frameIndex + 1 || shape.pointsColumnRow === undefined) return [];
    return [{ id, label, role: "role" in region ? (region.role ?? "") : "", points: shape.pointsColumnRow }];
  });
}

/** Regions with one contour more, or with another in the place of one: `id` says which. */
export function withContour(
  regions: readonly Region[],
  { header, frame }: Pick<Picture, "header" | "frame">,
  { id, role, label, points }: Omit<ShownContour, "id"> & { readonly id: string | undefined },
): readonly Region[] {
  const rounded = (value: number): number => Math.round(value * perPixel) / perPixel;
  const region: Region = {
    ...{ id: id ?? freeId(regions), label, mode: "assign", role },
    shape: {
      kind: "contour",
      sopInstanceUid: header.sopInstanceUid,
      frameNumber: frame.frameIndex + 1,
      pointsColumnRow: points.map(([column, row]) => [rounded(column), rounded(row)]),
    },
  };
  return id === undefined ? [...regions, region] : regions.map((one) => (one.id === id ? region : one));
}

/** Regions without one. */
export function withoutContour(regions: readonly Region[], id: string): readonly Region[] {
  return regions.filter((one) => one.id !== id);
}

/** How many contours of a structure there are on an input. */
export function countOf(regions: readonly Region[], { role, label }: DrawnAs): number {
  return regions.filter(
    (region) => region.shape.kind === "contour" && region.label === label && "role" in region && region.role === role,
  ).length;
}

function freeId(regions: readonly Region[]): string {
  const taken = new Set(regions.map(({ id }) => id));
  let number = 1;
  while (taken.has(`contour-${number}`)) number += 1;
  return `contour-${number}`;
}
