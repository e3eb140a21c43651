/** A worker that fits its part of the map whenever it is told to, in memory that it shares. */
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { fitMolli } from "./fit-molli.ts";
import { inversionTimesMs } from "./molli-images.ts";

const { magnitudes, t1Ms, from, to } = z
  .object({
    magnitudes: z.instanceof(SharedArrayBuffer),
    t1Ms: z.instanceof(SharedArrayBuffer),
    from: z.int(),
    to: z.int(),
  })
  .parse(workerData);
const points = inversionTimesMs.length;
const own = new Float32Array(magnitudes).subarray(from * points, to * points);
const map = new Float32Array(t1Ms).subarray(from, to);

parentPort?.on("message", () => {
  fitMolli(own, map);
  parentPort?.postMessage("done");
});
