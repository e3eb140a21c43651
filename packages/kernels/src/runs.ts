/** Horizontal runs of voxels that pass a threshold, in scan order (slice, row, column). Flat arrays, one entry per run. */
export interface Runs {
  readonly count: number;
  readonly slice: Int32Array;
  readonly row: Int32Array;
  /** First column of the run. */
  readonly start: Int32Array;
  /** Last column of the run, inclusive. */
  readonly end: Int32Array;
  /** Region number of the run's voxels, 0 where no region map was given or it holds 0. */
  readonly region: Uint16Array;
  /** Index of the first run of each slice; `slices + 1` entries, the last is `count`. */
  readonly sliceOffsets: Int32Array;
}

/** What to look for in a stack of images. */
export interface RunSearch {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /** A voxel passes when its value is at or above this; NaN never passes. */
  readonly threshold: number;
  /** Voxels with a non-zero entry never pass (padding). Shape [z, y, x]. */
  readonly excluded?: Uint8Array | undefined;
  /** A run ends where this map changes, so that regions never share a run. Shape [z, y, x]. */
  readonly regions?: Uint16Array | undefined;
}

/**
 * Runs of voxels at or above a threshold. One pass over the values; memory grows with the number of runs only.
 *
 * @param values shape [z, y, x], x fastest
 * @throws {RangeError} when `values` does not have rows × columns × slices entries
 */
export function findRuns(values: Int16Array | Float32Array, search: RunSearch): Runs {
  const { columns, rows, slices, threshold, excluded, regions } = search;
  if (values.length !== columns * rows * slices) {
    throw new RangeError(`values must have ${columns * rows * slices} entries, got ${values.length}`);
  }
  const nextBright =
    values instanceof Int16Array ? brightFinderInt16(values, threshold) : brightFinderFloat32(values, threshold);
  let list = new Int32Array(4096);
  let length = 0;
  const sliceOffsets = new Int32Array(slices + 1);
  let base = 0;
  for (let z = 0; z < slices; z++) {
    sliceOffsets[z] = length / 5;
    for (let y = 0; y < rows; y++, base += columns) {
      const stop = base + columns;
      for (let i = nextBright(base, stop); i < stop; i = nextBright(i, stop)) {
        if (excluded !== undefined && excluded[i] !== 0) {
          i++;
          continue;
        }
        const first = i;
        const region = regions === undefined ? 0 : regions[i];
        i++;
        while (
          i < stop &&
          values[i] >= threshold &&
          (excluded === undefined || excluded[i] === 0) &&
          (regions === undefined || regions[i] === region)
        ) {
          i++;
        }
        if (length + 5 > list.length) {
          const longer = new Int32Array(list.length * 2);
          longer.set(list);
          list = longer;
        }
        list[length] = z;
        list[length + 1] = y;
        list[length + 2] = first - base;
        list[length + 3] = i - 1 - base;
        list[length + 4] = region;
        length += 5;
      }
    }
  }
  sliceOffsets[slices] = length / 5;
  return unpack(list, length / 5, sliceOffsets);
}

/** The first index of `from..stop - 1` whose value is at or above the threshold, or `stop`. */
type BrightFinder = (from: number, stop: number) => number;

/**
 * Most voxels are dark: eight are passed at once where all their differences to the threshold are negative, which their
 * bitwise "and" shows in its sign. One by one decides the rest.
 */
function brightFinderInt16(values: Int16Array, threshold: number): BrightFinder {
  // Whole numbers at or above the threshold are those at or above the next whole number. Below the smallest value nothing
  // changes, and differences stay within 32 bits.
  const level = Math.max(-32768, Math.ceil(threshold));
  return (from, stop) => {
    let i = from;
    while (
      i + 8 <= stop &&
      ((values[i] - level) &
        (values[i + 1] - level) &
        (values[i + 2] - level) &
        (values[i + 3] - level) &
        (values[i + 4] - level) &
        (values[i + 5] - level) &
        (values[i + 6] - level) &
        (values[i + 7] - level)) <
        0
    ) {
      i += 8;
    }
    while (i < stop && !(values[i] >= level)) i++;
    return i;
  };
}

function brightFinderFloat32(values: Float32Array, threshold: number): BrightFinder {
  return (from, stop) => {
    let i = from;
    while (i < stop && !(values[i] >= threshold)) i++;
    return i;
  };
}

function unpack(list: Int32Array, count: number, sliceOffsets: Int32Array): Runs {
  const slice = new Int32Array(count);
  const row = new Int32Array(count);
  const start = new Int32Array(count);
  const end = new Int32Array(count);
  const region = new Uint16Array(count);
  for (let r = 0, i = 0; r < count; r++, i += 5) {
    slice[r] = list[i];
    row[r] = list[i + 1];
    start[r] = list[i + 2];
    end[r] = list[i + 3];
    region[r] = list[i + 4];
  }
  return { count, slice, row, start, end, region, sliceOffsets };
}
