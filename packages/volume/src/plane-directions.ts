import type { Vector3 } from "./vector3.ts";

/** The directions of the planes of one group of frames. */
export interface PlaneDirections {
  readonly row: Vector3;
  readonly column: Vector3;
  readonly normal: Vector3;
}
