import { type FirstPass, meanCurve } from "../../perfusion/first-pass.ts";
import type { Flow, FlowFitter } from "../../perfusion/flow-fit.ts";

/**
 * Why a voxel has no flow, by the number in the map of reasons: 0 has one, 1 no signal, 2 it does not enhance above its
 * noise, 3 no positive flow explains it, 4 the fit did not converge, 5 above the largest flow, 6 it enhances as blood does,
 * 7 the fit explains too little of its curve.
 */
export const flowReasons = [
  "fitted",
  "noSignal",
  "notEnhanced",
  "noCurve",
  "notConverged",
  "aboveLargest",
  "blood",
  "poorFit",
] as const;

/** Flow of every voxel and how good it is; shape [z, y, x]; 0 where there is none. */
export interface FlowMap {
  /** mL/min/g. */
  readonly values: Float32Array;
  readonly residuals: Float32Array;
  readonly rSquared: Float32Array;
  readonly used: Float32Array;
  /** Index of {@link flowReasons}. */
  readonly reasons: Float32Array;
  /** s. */
  readonly delays: Float32Array;
}

/** What makes a fitted flow count. */
export interface FlowLimits {
  readonly largest: number;
  readonly minimumRSquared: number;
  /** Enhancement from which a voxel is blood, units of the curves. */
  readonly bloodFrom: number;
}

/** Enhancement below this many times a voxel's own noise is none. */
const leastEnhancement = 3;

/** Fits every voxel of a first pass. */
export function mapFlow({ images }: FirstPass, fitter: FlowFitter, limits: FlowLimits): FlowMap {
  const planes = images.images.map(({ volume }) => volume.values);
  const size = images.volume.values.length;
  const empty = (): Float32Array => new Float32Array(size);
  const map: FlowMap = {
    ...{ values: empty(), residuals: empty(), rSquared: empty() },
    ...{ used: empty(), reasons: empty(), delays: empty() },
  };
  const signal = new Float64Array(planes.length);
  const flow = emptyFlow();
  for (let v = 0; v < size; v++) {
    let hasSignal = false;
    for (let i = 0; i < planes.length; i++) {
      signal[i] = planes[i][v];
      hasSignal ||= signal[i] !== 0;
    }
    const reason = hasSignal ? reasonOf(fitter.fit(signal, flow), flow, limits) : 1;
    map.reasons[v] = reason;
    if (reason !== 0) continue;
    map.values[v] = flow.value;
    map.residuals[v] = flow.residual;
    map.rSquared[v] = flow.rSquared;
    map.used[v] = fitter.points;
    map.delays[v] = flow.delayS;
  }
  return map;
}

function reasonOf(outcome: ReturnType<FlowFitter["fit"]>, flow: Flow, limits: FlowLimits): number {
  if (flow.peak <= leastEnhancement * flow.noise) return 2;
  if (flow.peak >= limits.bloodFrom) return 6;
  if (outcome !== "converged") return outcome === "no-curve" ? 3 : 4;
  if (flow.value > limits.largest) return 5;
  return flow.rSquared < limits.minimumRSquared ? 7 : 0;
}

/** The flow of a region from the mean of its curves; `null` where none explains it. */
export function regionFlow({ images }: FirstPass, fitter: FlowFitter, voxels: ArrayLike<number>): Flow | null {
  const flow = emptyFlow();
  if (voxels.length === 0) return null;
  return fitter.fit(meanCurve(images, voxels), flow) === "converged" ? flow : null;
}

function emptyFlow(): Flow {
  return { value: 0, delayS: 0, rSquared: 0, residual: 0, peak: 0, noise: 0 };
}
