import type { Text } from "@etalon/base";
import type { Grid } from "@etalon/volume";

/** A map of one number per voxel, stored beside a result. */
export interface ParametricMap {
  /** Its name in the result's `maps`, and of its file: "t1", "t1-residual". */
  readonly id: string;
  readonly title: Text;
  /** UCUM. */
  readonly unit: string;
  readonly grid: Grid;
  /** Shape [z, y, x]; 0 where the map holds no value, never NaN. */
  readonly values: Float32Array;
  /** Whether it is a measured quantity, to be shown; the others say how good it is. */
  readonly isQuantity: boolean;
  /** Where its colours end, so that two maps compare at a glance; at its own high values where none is customary. */
  readonly shownTo?: number;
  /** Of a map of reasons: what each of its values means, from 0. */
  readonly meanings?: readonly Text[];
}
