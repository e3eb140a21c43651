/** What was moved of a weighted input. */
export interface Motion {
  /** Slices of images that were moved. */
  readonly moved: number;
  /** Farthest that a corner of an image was moved, mm. */
  readonly farthestMm: number;
  /** Programs that found the transforms. */
  readonly by: readonly string[];
}
