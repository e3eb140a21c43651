import { exp } from "@etalon/kernels";
import type { Result } from "@etalon/measure";
import { buildNifti } from "./build-nifti.ts";
import { receiveFiles } from "./receive-in-memory.ts";
import { runStudy } from "./run-study.ts";

const size = [8, 8, 1] as const;
const voxels = 64;
const images = 50;
const timeStepS = 0.5;
/** Steps of the convolution between two images. */
const fine = 10;

/** A gamma variate that arrives at 5 s and has its peak of 4 five seconds later. */
function arterialInput(s: number): number {
  const along = (s - 5) / 5;
  return along <= 0 ? 0 : 4 * along * along * along * exp(3 * (1 - along));
}

/** Tissue of a flow, mL/min/g: 1.05/60 · flow · (input ∗ exp(−t/6 s)). */
function tissue(flow: number): readonly number[] {
  const h = timeStepS / fine;
  const samples: number[] = [];
  let value = 0;
  for (let i = 0; i < images * fine; i++) {
    if (i % fine === 0) samples.push((value * flow * 1.05) / 60);
    value += h * (arterialInput(i * h) - value / 6);
  }
  return samples;
}

function series(name: string, of: readonly number[], signal: (image: number, voxel: number) => number) {
  const each = of.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: each * images }, (_, i) => signal(Math.floor(i / each), i % each));
  return { name, bytes: buildNifti({ size: [...of, images], pixdimMm: [2, 2, 8], datatype: 16, values }) };
}

function mask() {
  const values = Array.from({ length: voxels }, (_, voxel) => (voxel < 20 ? 1 : 0));
  return { name: "mask.nii", bytes: buildNifti({ size, pixdimMm: [2, 2, 8], datatype: 2, values }) };
}

/** What a perfusion protocol makes of constructed first passes: three times the flow under stress. */
async function perfusionResult(protocol: string): Promise<Result> {
  const files = (["stress", "rest"] as const).flatMap((state) => {
    const own = tissue(state === "stress" ? 3 : 1);
    return [
      series(
        `${state}.nii`,
        size,
        (image, voxel) => 1 + (own[image] ?? 0) + ((voxel * 7919 + image * 104_729) % 61) / 6100,
      ),
      // One voxel; the two differ, or they would be one file.
      series(
        `${state}-aif.nii`,
        [1, 1, 1],
        (image) => 2 + arterialInput(image * timeStepS) + (state === "rest" ? 1e-3 : 0),
      ),
    ];
  });
  const study = await receiveFiles([...files, mask()]);
  const seriesOf = (at: number): string => {
    const item = study.received[at];
    if (item === undefined || !("header" in item)) throw new Error("a constructed file was not read");
    return item.header.seriesInstanceUid;
  };
  return runStudy(study, {
    protocol,
    overrides: { "time-step": timeStepS },
    roleChoices: {
      "stress-images": seriesOf(0),
      "stress-aif": seriesOf(1),
      "rest-images": seriesOf(2),
      "rest-aif": seriesOf(3),
    },
    marks: {
      schema: "etalon.marks/1",
      labelMaps: ["stress-images", "rest-images"].map((role) => ({
        ...{ file: "mask.nii", role, labels: { "1": "lv-myocardium" } },
      })),
    },
  });
}

/** Myocardial blood flow of constructed first passes. */
export function perfusionMbfResult(): Promise<Result> {
  return perfusionResult("cardiac/perfusion-mbf");
}

/** Curves of constructed first passes. */
export function perfusionCurvesResult(): Promise<Result> {
  return perfusionResult("cardiac/perfusion-curves");
}

/** Digests of flow and curves, to be compared between engines. */
export async function perfusionDigests(): Promise<readonly string[]> {
  return [(await perfusionMbfResult()).digest, (await perfusionCurvesResult()).digest];
}
