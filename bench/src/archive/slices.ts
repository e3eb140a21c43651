import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildCtSeries, syntheticUid } from "@etalon/phantom";

/** A synthetic CT series, in memory and as files. */
export interface SliceSet {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUids: readonly string[];
  /** Part 10 files. */
  readonly files: readonly Uint8Array[];
  /** Folder that holds them. */
  readonly folder: string;
  readonly bytes: number;
}

const side = 512;
const identity = "archive-bench";

/** Explicit little endian CT slices of 512 × 512 pixels of 16 bits, all different. */
export async function writeSlices(root: string, count: number): Promise<SliceSet> {
  const folder = join(root, "slices");
  await mkdir(folder);
  const files: Uint8Array[] = [];
  const series = buildCtSeries({
    identity,
    columns: side,
    rows: side,
    pixelSpacingMm: [0.7, 0.7],
    orientation: [1, 0, 0, 0, 1, 0],
    thicknessMm: 1,
    kvp: 120,
    slices: slicesOf(count),
  });
  for (const { name, bytes } of series) {
    files.push(bytes);
    await writeFile(join(folder, name), bytes);
  }
  return {
    studyInstanceUid: syntheticUid(`${identity}/study`),
    seriesInstanceUid: syntheticUid(`${identity}/series`),
    sopInstanceUids: files.map((_, index) => syntheticUid(`${identity}/instance/${index + 1}`)),
    files,
    folder,
    bytes: files.reduce((sum, { length }) => sum + length, 0),
  };
}

function* slicesOf(count: number) {
  for (let slice = 0; slice < count; slice++) {
    const values = new Int16Array(side * side);
    // A congruential generator (Numerical Recipes, 7.1): 20 bits of speckle that no disk or network shrinks.
    let state = slice + 1;
    for (let i = 0; i < values.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      values[i] = (state >>> 21) - 1000;
    }
    yield { values, positionLpsMm: [0, 0, slice] as const, instanceNumber: slice + 1 };
  }
}
