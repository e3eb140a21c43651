/** Numbers of a research file, with their sizes; the first axis runs fastest. */
export interface NumericArray {
  /** What the file calls it; empty where it names nothing. */
  readonly name: string;
  /** 2 to 4 sizes. */
  readonly sizes: readonly number[];
  readonly values: Float64Array;
  /** Size of a voxel along the first three axes, where the file says it; its unit is not said. */
  readonly spacing?: readonly [number, number, number];
}

/** No array is longer: 1 GiB of double precision. */
export const longestArray = 128 * 1024 * 1024;
