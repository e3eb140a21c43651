import type { NumericArray } from "./numeric-array.ts";

/** What an array does not say of itself. */
export interface ArrayMeaning {
  /** Whether the third of three axes counts slices or points of time. A fourth is always time, and a vector is one voxel. */
  readonly thirdAxis: "slices" | "time";
  /** Time between two points, s; absent where nothing says it. */
  readonly timeStepS?: number;
}

const headerLength = 352;

/**
 * A NIfTI-1 file of double precision that holds an array, so that everything behind the reading of files is the same for
 * it: voxels of 1 mm where it says none, no place in the patient. Equal arrays give equal bytes.
 */
export function arrayAsNifti(array: NumericArray, { thirdAxis, timeStepS }: ArrayMeaning): Uint8Array {
  const [columns, rows, slices, volumes] = sizesOf(array.sizes, thirdAxis);
  const bytes = new Uint8Array(headerLength + 8 * array.values.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  [4, columns, rows, slices, volumes, 1, 1, 1].forEach((size, at) => void view.setInt16(40 + 2 * at, size, true));
  view.setInt16(70, 64, true);
  view.setInt16(72, 64, true);
  const spacing = array.spacing ?? [1, 1, 1];
  [1, ...spacing, timeStepS ?? 0].forEach((step, at) => void view.setFloat32(76 + 4 * at, step, true));
  view.setFloat32(108, headerLength, true);
  view.setFloat32(112, 1, true);
  // Millimetres and seconds; without a time step, no unit of time.
  view.setUint8(123, timeStepS === undefined ? 2 : 2 + 8);
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  for (let i = 0; i < array.values.length; i++) view.setFloat64(headerLength + 8 * i, array.values[i], true);
  return bytes;
}

function sizesOf(sizes: readonly number[], thirdAxis: "slices" | "time"): readonly [number, number, number, number] {
  const [first = 1, second = 1, third = 1, fourth] = sizes;
  if (sizes.slice(2).every((size) => size === 1) && (first === 1 || second === 1)) return [1, 1, 1, first * second];
  if (fourth !== undefined) return [first, second, third, fourth];
  return thirdAxis === "time" ? [first, second, 1, third] : [first, second, third, 1];
}
