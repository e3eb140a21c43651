import type { Result } from "@etalon/measure";
import { buildNifti } from "./build-nifti.ts";
import { receiveFiles } from "./receive-in-memory.ts";
import { runStudy } from "./run-study.ts";

const side = 48;
const slices = 3;

/** A ring about a cavity and a bar of muscle in a corner, with what a test says of each. */
function stack(of: {
  readonly cavity: number;
  readonly muscle: number;
  readonly wall: (column: number) => number;
}): Uint8Array {
  const values = new Int16Array(side * side * slices);
  for (let i = 0; i < values.length; i++) {
    const [column, row] = [i % side, Math.floor(i / side) % side];
    const [x, y] = [column - side / 2, row - side / 2];
    const square = x * x + y * y;
    if (square <= 144) values[i] = of.cavity;
    else if (square <= 289) values[i] = of.wall(x);
    else if (column < 8 && row < 8) values[i] = of.muscle;
  }
  return buildNifti({ size: [side, side, slices], pixdimMm: [1.5, 1.5, 8], values });
}

/** Oedema of a constructed heart: the right side of its wall. */
export async function oedemaResult(): Promise<Result> {
  const study = await receiveFiles([
    { name: "t2.nii", bytes: stack({ cavity: 10, muscle: 100, wall: (x) => (x > 6 ? 320 : 150 + ((x * x) % 7)) }) },
    { name: "mask.nii", bytes: stack({ cavity: 1, muscle: 3, wall: () => 2 }) },
  ]);
  const [series] = study.received.flatMap((item) => ("header" in item ? [item.header.seriesInstanceUid] : []));
  return runStudy(study, {
    protocol: "cardiac/oedema",
    roleChoices: { "t2-weighted": series ?? "" },
    marks: {
      schema: "etalon.marks/1",
      labelMaps: [
        {
          file: "mask.nii",
          role: "t2-weighted",
          labels: { "1": "lv-blood-pool", "2": "lv-myocardium", "3": "skeletal-muscle" },
        },
      ],
    },
  });
}
