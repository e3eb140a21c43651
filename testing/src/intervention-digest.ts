import type { Result } from "@etalon/measure";
import { buildNifti } from "./build-nifti.ts";
import { receiveFiles } from "./receive-in-memory.ts";
import { runStudy } from "./run-study.ts";

const side = 32;

/** A box of some columns, with a value inside and what a test says outside. */
function box(
  [from, to]: readonly [number, number],
  { inside, outside }: { readonly inside: number; readonly outside: (i: number) => number },
): Uint8Array {
  const values = new Int16Array(side * side * 3);
  for (let i = 0; i < values.length; i++) {
    const [x, y] = [i % side, Math.floor(i / side) % side];
    values[i] = x >= from && x < to && y >= 8 && y < 20 ? inside : outside(i);
  }
  return buildNifti({ size: [side, side, 3], pixdimMm: [1.25, 1.25, 4], values });
}

/** A constructed ablation: a lesion that misses a quarter of its target. */
export async function interventionResult(): Promise<Result> {
  const study = await receiveFiles([
    { name: "after.nii", bytes: box([8, 16], { inside: 300, outside: (i) => 100 + (i % 7) }) },
    { name: "target.nii", bytes: box([8, 16], { inside: 1, outside: () => 0 }) },
    { name: "lesion.nii", bytes: box([10, 18], { inside: 1, outside: () => 0 }) },
  ]);
  const after = study.received.find((item) => "header" in item && item.path === "after.nii");
  const label = (name: string, meaning: string) => ({ file: name, role: "after", labels: { "1": meaning } });
  return runStudy(study, {
    protocol: "cardiac/intervention-check",
    roleChoices: { after: after !== undefined && "header" in after ? after.header.seriesInstanceUid : "" },
    marks: {
      schema: "etalon.marks/1",
      labelMaps: [label("target.nii", "ablation-target"), label("lesion.nii", "lesion")],
    },
  });
}
