import { z } from "zod";
import type { PixelPoint } from "../picture/plane.ts";

/** What can be drawn. */
export const markKinds = ["length", "angle", "ellipse", "rectangle"] as const;

/** One of {@link markKinds}. */
export type MarkKind = (typeof markKinds)[number];

/**
 * Something a reader drew on a picture. Points: of a length its ends; of an angle an end, the vertex, an end; of an ellipse
 * and a rectangle two opposite corners of the box around it.
 */
export interface Mark {
  readonly id: string;
  readonly kind: MarkKind;
  readonly pictureId: string;
  readonly seriesInstanceUid: string;
  readonly points: readonly PixelPoint[];
}

/** Marks as they are stored. */
export const storedMarksSchema = z.array(
  z.object({
    id: z.string(),
    kind: z.enum(markKinds),
    pictureId: z.string(),
    seriesInstanceUid: z.string(),
    points: z.array(z.tuple([z.number(), z.number()])),
  }),
);
