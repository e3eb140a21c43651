import type { DecodedPicture, Picture } from "../picture/picture.ts";
import type { PixelPoint } from "../picture/plane.ts";
import { ultrasoundSpacingMm } from "../picture/ultrasound-region.ts";
import type { Mark } from "./mark.ts";
import { type RegionStatistics, regionStatistics } from "./region-statistics.ts";

/** Unit of lengths: millimetres where the picture is calibrated, else pixels. */
export type LengthUnit = "mm" | "px";

/** What a mark measures. */
export type Measured =
  | { readonly kind: "length"; readonly length: number; readonly unit: LengthUnit }
  | { readonly kind: "angle"; readonly angleDeg: number }
  | {
      readonly kind: "region";
      readonly area: number;
      readonly unit: LengthUnit;
      /** Absent before the picture is there, and of a coloured one. */
      readonly statistics: RegionStatistics | undefined;
    };

/** What a mark on a picture measures. */
export function measureMark(
  mark: Mark,
  picture: Pick<Picture, "plane" | "regions" | "header">,
  decoded: DecodedPicture | undefined,
): Measured {
  const spacing = spacingOf(mark.points, picture);
  const scale = spacing ?? [1, 1];
  const unit = spacing === undefined ? "px" : "mm";
  const [a = [0, 0], b = a, c = b] = mark.points;
  if (mark.kind === "length") return { kind: "length", length: Math.hypot(...between(a, b, scale)), unit };
  if (mark.kind === "angle") return { kind: "angle", angleDeg: angleDeg(between(b, a, scale), between(b, c, scale)) };
  const width = Math.abs(b[0] - a[0]) * scale[0];
  const height = Math.abs(b[1] - a[1]) * scale[1];
  const area = mark.kind === "ellipse" ? (Math.PI / 4) * width * height : width * height;
  const isGrey = decoded?.samplesPerPixel === 1;
  return { kind: "region", area, unit, statistics: isGrey ? regionStatistics(mark, decoded) : undefined };
}

/**
 * Millimetres per column and row. An ultrasound picture has them per region; elsewhere PixelSpacing says them. The spacing at
 * the detector of a projection is no spacing in the patient.
 */
function spacingOf(
  points: readonly PixelPoint[],
  { plane, regions }: Pick<Picture, "plane" | "regions">,
): readonly [number, number] | undefined {
  if (regions.length > 0) return ultrasoundSpacingMm(regions, points);
  return plane.hasSpacing ? [plane.spacingMm[1], plane.spacingMm[0]] : undefined;
}

function between(from: PixelPoint, to: PixelPoint, scale: readonly [number, number]): readonly [number, number] {
  return [(to[0] - from[0]) * scale[0], (to[1] - from[1]) * scale[1]];
}

function angleDeg(a: readonly [number, number], b: readonly [number, number]): number {
  const cross = a[0] * b[1] - a[1] * b[0];
  const dot = a[0] * b[0] + a[1] * b[1];
  return (Math.abs(Math.atan2(cross, dot)) * 180) / Math.PI;
}
