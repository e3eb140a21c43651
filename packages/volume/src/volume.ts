/**
 * Where the voxels of a volume lie.
 *
 * The world position of voxel (i, j, k) = (column, row, slice) is
 * `originLpsMm(k) + i · columnSpacing · rowDirection + j · rowSpacing · columnDirection`, patient LPS, mm. Each slice
 * carries its own origin, so that a tilted gantry (sheared stack) or uneven spacing needs no resampling.
 */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /** Between rows (y step), mm. */
  readonly rowSpacingMm: number;
  /** Between columns (x step), mm. */
  readonly columnSpacingMm: number;
  /** Direction of increasing column, unit vector. */
  readonly rowDirection: readonly [number, number, number];
  /** Direction of increasing row, unit vector. */
  readonly columnDirection: readonly [number, number, number];
  /** Unit vector along which slices ascend; perpendicular to both directions, not always their cross product (its sign may be turned). */
  readonly normal: readonly [number, number, number];
  /** World position of the centre of the first voxel of every slice, [x0, y0, z0, x1, …], mm. */
  readonly sliceOriginsLpsMm: Float64Array;
  /**
   * Extent along the normal that each slice stands for, mm: half the distance to each neighbour; at the ends, the one
   * neighbour's whole distance; of a single slice, its thickness.
   */
  readonly sliceIncrementsMm: Float64Array;
  /** Nominal thickness of the slices, mm. */
  readonly sliceThicknessMm: number;
}

/** Voxels with their geometry. `values` has shape [z, y, x] (slice, row, column), x fastest. */
export interface Volume extends Grid {
  readonly values: Int16Array | Float32Array;
  /** Unit of the values, UCUM; "[hnsf'U]" for Hounsfield units. */
  readonly unit: string;
  /** 1 where a voxel holds padding instead of a measurement; absent when no voxel does. Same shape as `values`. */
  readonly padding?: Uint8Array;
}
