import { InputError, RefusalError } from "@etalon/base";
import type { Measurement, SensitivityRow } from "../../protocol.ts";
import { bodySurfaceM2 } from "./body-surface.ts";
import { ejectionClass } from "./ejection-class.ts";
import type { LvFunctionInputs } from "./inputs.ts";
import { pairLevels } from "./levels.ts";
import { type LvOutputId, listOutputs } from "./outputs.ts";
import { noteQuality } from "./quality.ts";
import { structuresOf } from "./structures-of.ts";
import { measureVentricles, type VentricleSource, type Ventricles } from "./ventricles.ts";

/**
 * Volumes, ejection fraction and mass of the ventricles by summation of discs (area × slice increment) over the levels that
 * both phases have an image of. What counts is what marks draw; a left blood pool that is only clicked on is proposed,
 * and the result is then provisional.
 *
 * @throws {RefusalError} `same-phase`, `phases-not-aligned`, `structure-missing`, `phases-swapped`
 * @throws {InputError} `not-finite` for an image with a voxel that is no number; `out-of-range` for a body that cannot be
 */
export function measureLvFunction(inputs: LvFunctionInputs): Measurement {
  const { parameters, roles } = inputs;
  requireTwoPhases(inputs);
  for (const phase of ["end-diastole", "end-systole"] as const) requireNumbers(roles[phase].volume.values, phase);
  const levels = pairLevels(roles["end-diastole"], roles["end-systole"], parameters["level-tolerance"]);
  const { structures, proposed } = structuresOf(inputs);
  const source = { inputs, structures, levels: levels.paired, endSlices: parameters["end-slices"] };
  const ventricles = measureVentricles(source);
  const bodySurface = bodySurfaceOf(inputs);
  const outputs = listOutputs(valuesOf(inputs, ventricles, bodySurface));
  return {
    outputs,
    provisional: proposed.length > 0,
    quality: noteQuality({
      ...{ inputs, structures, levels, ventricles, proposed },
      hasBodySurface: bodySurface !== undefined,
    }),
    candidates: [],
    maps: [],
    curves: [],
    sensitivity: varyEndSlices(source, ventricles),
  };
}

/** @throws {RefusalError} `same-phase` */
function requireTwoPhases({ roles }: LvFunctionInputs): void {
  const name = (phase: "end-diastole" | "end-systole"): string =>
    roles[phase].stack.frames
      .map(({ instance, header }) => `${instance.dataSetSha256} ${header.frameIndex}`)
      .sort()
      .join();
  if (name("end-diastole") === name("end-systole")) throw new RefusalError("same-phase", { field: "end-systole" });
}

function requireNumbers(values: Int16Array | Float32Array, phase: string): void {
  if (values instanceof Int16Array) return;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new InputError("not-finite", phase, values[i]);
  }
}

/** @throws {InputError} `out-of-range` */
function bodySurfaceOf({ roles, parameters }: LvFunctionInputs): number | undefined {
  const { height, weight } = roles;
  for (const [field, value] of Object.entries({ height, weight, "heart-rate": roles["heart-rate"] })) {
    if (value !== null && value <= 0) throw new InputError("out-of-range", field, value, "> 0");
  }
  if (height === null || weight === null) return undefined;
  return bodySurfaceM2(height, weight, parameters["body-surface-formula"]);
}

/** Every value that what is known gives. */
function valuesOf(
  { roles, parameters }: LvFunctionInputs,
  { left, right, myocardiumMl }: Ventricles,
  bodySurface: number | undefined,
): Partial<Record<LvOutputId, number>> {
  const [edv, esv] = [left["end-diastole"], left["end-systole"]];
  const values: Partial<Record<LvOutputId, number>> = {
    "lv-ejection-fraction": (100 * (edv - esv)) / edv,
    "lv-edv": edv,
    "lv-esv": esv,
    "lv-stroke-volume": edv - esv,
  };
  if (myocardiumMl !== undefined) values["lv-mass"] = myocardiumMl * parameters["myocardial-density"];
  if (right !== undefined) {
    const [rightEdv, rightEsv] = [right["end-diastole"], right["end-systole"]];
    values["rv-ejection-fraction"] = (100 * (rightEdv - rightEsv)) / rightEdv;
    values["rv-edv"] = rightEdv;
    values["rv-esv"] = rightEsv;
    values["rv-stroke-volume"] = rightEdv - rightEsv;
  }
  if (roles["heart-rate"] !== null) values["cardiac-output"] = ((edv - esv) * roles["heart-rate"]) / 1000;
  if (bodySurface === undefined) return values;
  values["body-surface-area"] = bodySurface;
  const indexed: Readonly<Partial<Record<LvOutputId, LvOutputId>>> = {
    "lv-edv-index": "lv-edv",
    "lv-esv-index": "lv-esv",
    "lv-stroke-volume-index": "lv-stroke-volume",
    "lv-mass-index": "lv-mass",
    "cardiac-index": "cardiac-output",
    "rv-edv-index": "rv-edv",
    "rv-esv-index": "rv-esv",
  };
  for (const [index, of] of Object.entries(indexed)) {
    const value = values[of];
    // The keys are those of the declaration.
    if (value !== undefined) values[index as LvOutputId] = value / bodySurface;
  }
  return values;
}

/** The ejection fraction under the other ways of counting base and apex. */
function varyEndSlices(source: VentricleSource, { left }: Ventricles): SensitivityRow[] {
  const fractionOf = (volumes: Ventricles["left"]): number =>
    (100 * (volumes["end-diastole"] - volumes["end-systole"])) / volumes["end-diastole"];
  const own = ejectionClass(fractionOf(left));
  return (["whole", "half", "without-basal"] as const).flatMap((choice): SensitivityRow[] => {
    const value = endSlicesFraction(source, choice, fractionOf);
    if (value === undefined) return [];
    const category = ejectionClass(value);
    return [
      {
        ...{ parameter: "end-slices", choice, output: "lv-ejection-fraction", value, category },
        changesCategory: category !== own,
      },
    ];
  });
}

/** `undefined` where a choice leaves no ventricle: a stack of one drawn level. */
function endSlicesFraction(
  source: VentricleSource,
  endSlices: VentricleSource["endSlices"],
  fractionOf: (volumes: Ventricles["left"]) => number,
): number | undefined {
  const structures = source.structures.filter(({ label }) => label === "lv-blood-pool");
  try {
    const value = fractionOf(measureVentricles({ ...source, structures, endSlices }).left);
    return Number.isFinite(value) ? value : undefined;
  } catch (error) {
    if (error instanceof RefusalError) return undefined;
    throw error;
  }
}
