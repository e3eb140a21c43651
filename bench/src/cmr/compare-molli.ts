import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { compiler, debianPython } from "../machine.ts";
import { medianOf } from "../run-interleaved.ts";
import { fitMolli } from "./fit-molli.ts";
import { inversionTimesMs, molliImages, molliSide } from "./molli-images.ts";

/** Rounds of each contender, in turns; scipy's one round takes as long as all others. */
const ROUNDS = 15;
const WORKERS = 2;
const AIM_TIMES_C = 2.5;
const AIM_WORKERS_S = 0.2;
/** T1 of two programs that fit the same model may differ by so much: the steps at which they stop. */
const TOLERANCE = 1e-4;

/** The map of MOLLI images beside scipy's curve_fit and the C twin, as a section of the page; equal answers or not at all. */
export async function compareMolli(folder: string): Promise<string> {
  const { magnitudes, t1Ms: truth } = molliImages();
  const file = join(folder, "molli.f32");
  writeFileSync(file, new Uint8Array(magnitudes.buffer));
  const twin = buildTwin(join(folder, "molli"));
  const pool = startWorkers(magnitudes);
  const seconds: Record<"ours" | "twin" | "workers", number[]> = { ours: [], twin: [], workers: [] };
  const map = new Float32Array(truth.length);
  for (let round = -3; round < ROUNDS; round++) {
    const began = performance.now();
    fitMolli(magnitudes, map);
    const ours = (performance.now() - began) / 1000;
    const theirs = Number(run(twin, [file, String(truth.length), "1"]));
    const both = await pool.fit();
    if (round < 0) continue;
    seconds.ours.push(ours);
    seconds.twin.push(theirs);
    seconds.workers.push(both);
  }
  requireEqual(map, readFloats(`${file}.t1`), "the C twin");
  requireEqual(map, pool.t1Ms, "the two workers");
  await pool.stop();
  const scipy = Number(run(debianPython, [join(import.meta.dirname, "peers/molli.py"), file, String(truth.length)]));
  const apart = shareApart(map, readFloats(`${file}.t1`));
  const [ours, theirs, both] = [seconds.ours, seconds.twin, seconds.workers].map(medianOf);
  const times = ours / theirs;
  return `## A T1 map of MOLLI images, ${molliSide} × ${molliSide} × ${inversionTimesMs.length}

| who | seconds | |
| --- | ---: | --- |
| Etalon, one thread | ${ours.toFixed(3)} | ${times.toFixed(2)} × C, aim ${AIM_TIMES_C}: ${met(times <= AIM_TIMES_C)} |
| Etalon, ${WORKERS} workers | ${both.toFixed(3)} | aim < ${AIM_WORKERS_S} s: ${met(both < AIM_WORKERS_S)} |
| C, \`${compiler} -O3 -march=native\`, the same method | ${theirs.toFixed(3)} | |
| scipy curve_fit, one thread | ${scipy.toFixed(1)} | ${(scipy / ours).toFixed(0)} × Etalon |

Every voxel is fitted with both signs of its smallest magnitude. Medians of ${ROUNDS} rounds in turns after 3 that warm up; scipy one
round. Etalon, its workers and C agree in every voxel within ${TOLERANCE}; scipy within 0.1 % in ${(100 * (1 - apart)).toFixed(2)} % of the voxels.
`;
}

function buildTwin(program: string): string {
  const source = join(import.meta.dirname, "peers/molli.c");
  run(compiler, ["-O3", "-march=native", "-o", program, source, "-lm"]);
  return program;
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
}

interface Pool {
  readonly t1Ms: Float32Array;
  /** Seconds of one map. */
  readonly fit: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

function startWorkers(magnitudes: Float32Array): Pool {
  const shared = new Float32Array(new SharedArrayBuffer(magnitudes.byteLength));
  shared.set(magnitudes);
  const voxels = magnitudes.length / inversionTimesMs.length;
  const t1Ms = new Float32Array(new SharedArrayBuffer(4 * voxels));
  const workers = Array.from({ length: WORKERS }, (_, i) => {
    const [from, to] = [i, i + 1].map((part) => Math.floor((part * voxels) / WORKERS));
    const workerData = { magnitudes: shared.buffer, t1Ms: t1Ms.buffer, from, to };
    return new Worker(join(import.meta.dirname, "molli-worker.ts"), { workerData });
  });
  return {
    t1Ms,
    fit: async () => {
      const began = performance.now();
      const answers = workers.map((worker) => once(worker, "message"));
      for (const worker of workers) worker.postMessage("fit");
      await Promise.all(answers);
      return (performance.now() - began) / 1000;
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function readFloats(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function requireEqual(ours: Float32Array, theirs: Float32Array, who: string): void {
  const worst = ours.reduce((most, ms, i) => Math.max(most, Math.abs(ms - theirs[i]) / Math.max(ms, 1)), 0);
  if (!(worst <= TOLERANCE)) throw new Error(`${who} gives another map: ${worst}`);
}

/** Share of the voxels in which two maps differ by more than a thousandth. */
function shareApart(ours: Float32Array, theirs: Float32Array): number {
  return ours.reduce((sum, ms, i) => sum + (Math.abs(ms - theirs[i]) <= 0.001 * ms ? 0 : 1), 0) / ours.length;
}

function met(isMet: boolean): string {
  return isMet ? "met" : "**not met**";
}
