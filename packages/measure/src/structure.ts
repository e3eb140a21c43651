import type { PointLpsMm } from "./region.ts";

/** A structure that marks draw on the images of an input. */
export interface Structure {
  /** The input it is drawn on. */
  readonly role: string;
  /** What it is: "lv-blood-pool", "infarct" … */
  readonly label: string;
  readonly source: "label-map" | "contours" | "region";
  /** Area in each slice of the input, mm²: the polygons' own, or the voxels' sum; 0 where nothing is drawn. */
  readonly areaMm2: Float64Array;
  /** 1 where its voxels are; shape [z, y, x] of the input's volume. */
  readonly voxels: Uint8Array;
}

/** A click: the seed of a proposal on the images of an input. */
export interface Seed {
  readonly role: string;
  readonly label: string;
  readonly pointLpsMm: PointLpsMm;
}

/** Area of a structure in each slice from its voxels, mm². */
export function areasOfVoxels(
  voxels: Uint8Array,
  grid: {
    readonly columns: number;
    readonly rows: number;
    readonly slices: number;
    readonly columnSpacingMm: number;
    readonly rowSpacingMm: number;
  },
): Float64Array {
  const perSlice = grid.columns * grid.rows;
  const areaMm2 = new Float64Array(grid.slices);
  for (let k = 0; k < grid.slices; k++) {
    let count = 0;
    for (let i = k * perSlice; i < (k + 1) * perSlice; i++) count += voxels[i];
    areaMm2[k] = count * grid.columnSpacingMm * grid.rowSpacingMm;
  }
  return areaMm2;
}
