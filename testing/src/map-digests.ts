import { exp } from "@etalon/kernels";
import type { Result } from "@etalon/measure";
import { buildNifti } from "./build-nifti.ts";
import { type ReceivedFiles, receiveFiles } from "./receive-in-memory.ts";
import { runStudy } from "./run-study.ts";
import { buildWeightedFiles, type WeightedFiles } from "./weighted-files.ts";

const size = [32, 32, 2] as const;
const inversionTimesMs = [100, 180, 260, 1000, 1080, 1900, 2000, 2900];
const echoTimesMs = [2, 4, 7, 11, 16, 22];

/** Time constants from one to three times the shortest, over the voxels. */
function timeOf(voxel: number, shortestMs: number): number {
  return shortestMs * (1 + (2 * (voxel % 1024)) / 1024);
}

/** A disturbance from −3 to 3 that looks like noise and is the same everywhere. */
function disturbance(image: number, voxel: number): number {
  return (((voxel * 7919 + image * 104_729) % 61) - 30) / 10;
}

const molli: WeightedFiles = {
  size,
  sideFiles: inversionTimesMs.map((ms) => ({ InversionTime: ms / 1000, FlipAngle: 35, SeriesDescription: "MOLLI" })),
  signal: (image, voxel) =>
    Math.abs(500 - 960 * exp(-(inversionTimesMs[image] ?? 0) / timeOf(voxel, 400)) + disturbance(image, voxel)),
};

function decay(shortestMs: number): WeightedFiles {
  return {
    size,
    sideFiles: echoTimesMs.map((ms) => ({ EchoTime: ms / 1000, MagneticFieldStrength: 1.5 })),
    signal: (image, voxel) =>
      Math.abs(600 * exp(-(echoTimesMs[image] ?? 0) / timeOf(voxel, shortestMs)) + disturbance(image, voxel)),
  };
}

function labelMap(role: string) {
  const labels = { "1": "lv-myocardium", "2": "lv-blood-pool" };
  return {
    file: {
      name: "mask.nii",
      bytes: buildNifti({
        ...{ size, pixdimMm: [2, 2, 8] as const, datatype: 2 },
        values: Array.from({ length: 2048 }, (_, voxel) => (voxel % 32 < 8 ? 1 : voxel % 32 < 12 ? 2 : 0)),
      }),
    },
    marks: { schema: "etalon.marks/1", labelMaps: [{ file: "mask.nii", role, labels }] },
  };
}

async function mapResult(protocol: string, role: string, files: WeightedFiles): Promise<Result> {
  const { file, marks } = labelMap(role);
  return runStudy(await receiveFiles([...buildWeightedFiles(files), file]), { protocol, marks });
}

/** A T1 map of constructed MOLLI images. */
export function t1MapResult(): Promise<Result> {
  return mapResult("cardiac/t1-map", "t1-images", molli);
}

/** A T2 map of constructed echoes. */
export function t2MapResult(): Promise<Result> {
  return mapResult("cardiac/t2-map", "t2-images", decay(30));
}

/** A T2* map of constructed echoes. */
export function t2starMapResult(): Promise<Result> {
  return mapResult("cardiac/t2star-map", "t2star-images", decay(8));
}

/** The extracellular volume of two constructed maps. */
export async function ecvResult(): Promise<Result> {
  const { file, marks } = labelMap("native-t1");
  const map = (name: string, wallMs: number, bloodMs: number) => ({
    name,
    bytes: buildNifti({
      ...{ size, pixdimMm: [2, 2, 8] as const, datatype: 16 },
      values: Float32Array.from({ length: 2048 }, (_, voxel) => (voxel % 32 < 8 ? wallMs : bloodMs) + (voxel % 13)),
    }),
  });
  const study = await receiveFiles([map("native.nii", 1000, 1550), map("post.nii", 450, 300), file]);
  const roleChoices = { "native-t1": seriesOf(study, "native.nii"), "post-t1": seriesOf(study, "post.nii") };
  return runStudy(study, { protocol: "cardiac/ecv", marks, roleChoices, numbers: { haematocrit: 0.42 } });
}

function seriesOf({ received }: ReceivedFiles, file: string): string {
  const found = received.find((one) => "header" in one && one.path === file);
  return found !== undefined && "header" in found ? found.header.seriesInstanceUid : "";
}

/** The digests of all of them: the voxels of every map are in them by their hash. */
export async function mapDigests(): Promise<readonly string[]> {
  const results = [await t1MapResult(), await t2MapResult(), await t2starMapResult(), await ecvResult()];
  return results.map(({ digest }) => digest);
}
