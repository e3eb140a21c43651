import { InputError, RefusalError } from "@etalon/base";
import { requireSignal } from "../mapping/fit-map.ts";
import { type MapRegions, mapRegions } from "../mapping/map-regions.ts";
import { voxelsOf } from "../mapping/region-statistics.ts";
import type { MeasureInputs, ParameterValue, WeightedInput } from "../protocol.ts";
import { type Landmarks, landmarksOf } from "./curve-landmarks.ts";
import { bloodConcentration, type SignalModel, type StarDecay } from "./gadolinium.ts";
import { passTimesMs } from "./pass-times.ts";
import type { PerfusionParameters } from "./perfusion-parameters.ts";
import { type PerfusionRoles, type PerfusionState, perfusionStates } from "./perfusion-roles.ts";

/** What both perfusion protocols read. */
export type PerfusionInputs = MeasureInputs<PerfusionRoles, PerfusionParameters>;

type Values = { readonly [K in keyof PerfusionParameters]: ParameterValue<PerfusionParameters[K]> };

/** The first pass of one state. */
export interface FirstPass {
  readonly state: PerfusionState;
  readonly images: WeightedInput;
  /** Of the images, seconds from the first of them. */
  readonly timesS: Float64Array;
  readonly input: ArterialInput;
  readonly tissueModel: SignalModel | null;
  readonly regions: MapRegions["regions"];
  readonly notes: MapRegions["notes"];
}

/** The arterial input: concentration, or enhancement of a linear signal. */
export interface ArterialInput extends Landmarks {
  /** Seconds from the first of the images. */
  readonly timesS: Float64Array;
  readonly values: Float64Array;
  /** Points at or above saturation. */
  readonly saturated: number;
  readonly voxels: number;
  readonly from: "series" | "drawn";
}

/**
 * The first passes that were named, stress before rest.
 *
 * @throws {InputError} `missing-value` where neither is named, or nothing says the times; `not-finite`
 * @throws {RefusalError} `no-signal`, `structure-missing` without an arterial input, `aif-without-peak`, `times-not-ascending`
 */
export function firstPasses(inputs: PerfusionInputs): readonly FirstPass[] {
  const passes = perfusionStates.flatMap((state) => {
    const images = inputs.roles[`${state}-images`];
    return images === null ? [] : [passOf(state, images, inputs)];
  });
  if (passes.length === 0) throw new InputError("missing-value", "stress-images, rest-images", "");
  return passes;
}

function passOf(state: PerfusionState, images: WeightedInput, inputs: PerfusionInputs): FirstPass {
  const role = `${state}-images` as const;
  const { parameters } = inputs;
  requireSignal(role, images);
  requireFinite(images);
  const timesMs = passTimesMs(role, images, parameters["time-step"]);
  const { regions, notes } = mapRegions(images.volume, role, inputs);
  return {
    ...{ state, images, notes, input: inputOf(state, { images, originMs: timesMs[0] }, inputs) },
    timesS: timesMs.map((ms) => (ms - timesMs[0]) / 1000),
    tissueModel: modelOf(parameters, "tissue"),
    regions: regions.filter(({ site }) => site !== "aif" && site !== "lv-blood-pool"),
  };
}

function inputOf(
  state: PerfusionState,
  { images, originMs }: { readonly images: WeightedInput; readonly originMs: number },
  { roles, parameters, structures = [] }: PerfusionInputs,
): ArterialInput {
  const own = roles[`${state}-aif`];
  const role = own === null ? (`${state}-images` as const) : (`${state}-aif` as const);
  const source = own ?? images;
  const all = source.volume.values.length;
  const drawn = ["aif", "lv-blood-pool"].map((label) => voxelsOf(structures, role, [label]));
  const voxels = drawn.find(({ length }) => length > 0) ?? (all === 1 ? Int32Array.of(0) : undefined);
  if (voxels === undefined)
    throw new RefusalError("structure-missing", { field: role, received: "aif, lv-blood-pool" });
  if (own !== null) requireFinite(own);
  const timesMs = own === null ? undefined : passTimesMs(role, own, parameters["time-step"]);
  const times = timesMs ?? passTimesMs(role, images, parameters["time-step"]);
  const signals = meanCurve(source, voxels);
  const raw = landmarksOf(signals);
  if (raw === null) throw new RefusalError("aif-without-peak", { field: role, received: `${signals.length}` });
  const { values, saturated } = bloodConcentration(signals, raw.baseline, {
    model: modelOf(parameters, "aif"),
    star: starOf(parameters),
  });
  const landmarks = landmarksOf(values);
  // A peak of noise is no first pass.
  if (landmarks === null || values[landmarks.peak] - landmarks.baseline < leastPeak * landmarks.noise) {
    throw new RefusalError("aif-without-peak", { field: role, received: `${signals.length}` });
  }
  return {
    ...landmarks,
    ...{ values, saturated, voxels: voxels.length, from: own === null ? "drawn" : "series" },
    timesS: times.map((ms) => (ms - originMs) / 1000),
  };
}

/** The peak of an input in units of the noise before it. */
const leastPeak = 5;

/** Mean signal of voxels in each image. */
export function meanCurve({ images }: WeightedInput, voxels: ArrayLike<number>): Float64Array {
  return Float64Array.from(images, ({ volume }) => {
    let sum = 0;
    for (let n = 0; n < voxels.length; n++) sum += volume.values[voxels[n]];
    return sum / voxels.length;
  });
}

/** @throws {InputError} `not-finite` */
function requireFinite({ images }: WeightedInput): void {
  for (const { volume } of images) {
    for (const value of volume.values) if (!Number.isFinite(value)) throw new InputError("not-finite", "voxel", value);
  }
}

function modelOf(parameters: Values, of: "aif" | "tissue"): SignalModel | null {
  if (parameters.signal === "linear") return null;
  const t1 = of === "aif" ? "blood-t1" : "tissue-t1";
  return {
    saturationTimeMs: required(parameters, `${of}-saturation-time`),
    t1Ms: required(parameters, t1),
    relaxivity: required(parameters, "relaxivity"),
  };
}

/** Neither is no correction, one alone a mistake. @throws {InputError} `missing-value` */
function starOf(parameters: Values): StarDecay | null {
  const [echoTimeMs, relaxivity] = [parameters["aif-echo-time"], parameters["r2star-relaxivity"]];
  if (echoTimeMs === null && relaxivity === null) return null;
  if (echoTimeMs === null) throw new InputError("missing-value", "aif-echo-time", "");
  if (relaxivity === null) throw new InputError("missing-value", "r2star-relaxivity", "");
  return { echoTimeMs, relaxivity };
}

function required(
  parameters: Values,
  name: "aif-saturation-time" | "tissue-saturation-time" | "blood-t1" | "tissue-t1" | "relaxivity",
): number {
  const value = parameters[name];
  if (value === null) throw new InputError("missing-value", name, "");
  return value;
}
