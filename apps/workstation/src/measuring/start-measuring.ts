import { createMeasuring, type Measuring } from "./create-measuring.ts";

/** The measuring of a reading room; the worker comes with the first request. */
export function startMeasuring(): Measuring {
  return createMeasuring(() => new Worker(new URL("./measuring-worker.ts", import.meta.url), { type: "module" }));
}
