import type { StackAxis } from "./ledger.ts";
import type { Volume } from "./volume.ts";

/** Volumes of one stack along its axes, all on one grid. */
export interface Series4D {
  readonly axes: readonly StackAxis[];
  /** One volume per point of the axes' grid, last axis fastest; its length is the product of the axes' lengths. */
  readonly volumes: readonly Volume[];
}
