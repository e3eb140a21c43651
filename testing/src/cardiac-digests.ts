import type { Result } from "@etalon/measure";
import { buildNifti } from "./build-nifti.ts";
import { receiveFiles } from "./receive-in-memory.ts";
import { runStudy } from "./run-study.ts";

const side = 48;
const slices = 3;
const pixdimMm = [1.5, 1.5, 8] as const;

/** A short-axis stack: a cavity of so many pixels' radius in a wall of 5, values by what a test says of the two. */
function shortAxis(
  radius: number,
  of: { readonly cavity: number; readonly wall: (column: number) => number },
): Uint8Array {
  const values = new Int16Array(side * side * slices);
  for (let i = 0; i < values.length; i++) {
    const [x, y] = [(i % side) - side / 2, (Math.floor(i / side) % side) - side / 2];
    const square = x * x + y * y;
    if (square <= radius * radius) values[i] = of.cavity;
    else if (square <= (radius + 5) * (radius + 5)) values[i] = of.wall(x);
  }
  return buildNifti({ size: [side, side, slices], pixdimMm, values });
}

async function resultOf(
  files: Readonly<Record<string, Uint8Array>>,
  asked: { readonly protocol: string; readonly roles: Readonly<Record<string, string>>; readonly labelMaps: unknown },
): Promise<Result> {
  const study = await receiveFiles(Object.entries(files).map(([name, bytes]) => ({ name, bytes })));
  const seriesOf = (file: string): string =>
    study.received.flatMap((item) =>
      "header" in item && item.path === file ? [item.header.seriesInstanceUid] : [],
    )[0] ?? "";
  return runStudy(study, {
    protocol: asked.protocol,
    roleChoices: Object.fromEntries(Object.entries(asked.roles).map(([role, file]) => [role, seriesOf(file)])),
    marks: { schema: "etalon.marks/1", labelMaps: asked.labelMaps },
  });
}

/** Ventricular function of two phases of a constructed heart. */
export function lvFunctionResult(): Promise<Result> {
  const labels = { "1": "lv-blood-pool", "2": "lv-myocardium" };
  const phase = (radius: number) => shortAxis(radius, { cavity: 300, wall: () => 90 });
  const mask = (radius: number) => shortAxis(radius, { cavity: 1, wall: () => 2 });
  return resultOf(
    { "ed.nii": phase(14), "es.nii": phase(10), "ed-mask.nii": mask(14), "es-mask.nii": mask(10) },
    {
      protocol: "cardiac/lv-function",
      roles: { "end-diastole": "ed.nii", "end-systole": "es.nii" },
      labelMaps: [
        { file: "ed-mask.nii", role: "end-diastole", labels },
        { file: "es-mask.nii", role: "end-systole", labels },
      ],
    },
  );
}

/** Late enhancement of a constructed heart: the right side of its wall. */
export function lateEnhancementResult(): Promise<Result> {
  return resultOf(
    {
      "lge.nii": shortAxis(12, { cavity: 400, wall: (x) => (x > 6 ? 500 : 100 + ((x * x) % 7)) }),
      "mask.nii": shortAxis(12, { cavity: 1, wall: (x) => (x > 6 ? 3 : 2) }),
    },
    {
      protocol: "cardiac/late-enhancement",
      roles: { "late-enhancement": "lge.nii" },
      labelMaps: [
        {
          file: "mask.nii",
          role: "late-enhancement",
          labels: { "1": "lv-blood-pool", "2": "lv-myocardium", "3": "infarct" },
        },
      ],
    },
  );
}
