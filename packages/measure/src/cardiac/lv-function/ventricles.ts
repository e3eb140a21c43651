import { RefusalError } from "@etalon/base";
import type { Structure } from "../../structure.ts";
import type { LvFunctionInputs, Phase } from "./inputs.ts";
import type { Level } from "./levels.ts";
import { basalLevel, type Discs, sumDiscs } from "./sum-discs.ts";

/** Volumes of what is drawn, mL; a structure that is not drawn has none. */
export interface Ventricles {
  readonly left: Readonly<Record<Phase, number>>;
  readonly right?: Readonly<Record<Phase, number>>;
  /** Myocardium of the left ventricle at end-diastole. */
  readonly myocardiumMl?: number;
}

/** What the volumes are summed from. */
export interface VentricleSource {
  readonly inputs: LvFunctionInputs;
  readonly structures: readonly Structure[];
  readonly levels: readonly Level[];
  readonly endSlices: LvFunctionInputs["parameters"]["end-slices"];
}

/**
 * Volumes of both ventricles and of the left myocardium, summed over the levels that both phases have an image of.
 *
 * @throws {RefusalError} `structure-missing` for a left blood pool that one phase lacks; `phases-swapped`
 */
export function measureVentricles(source: VentricleSource): Ventricles {
  const left = requiredPool(source, "lv-blood-pool");
  const right = source.structures.some(
    ({ label, areaMm2 }) => label === "rv-blood-pool" && areaMm2.some((area) => area > 0),
  )
    ? requiredPool(source, "rv-blood-pool")
    : undefined;
  const myocardium = myocardialAreas(source);
  return {
    left: volumesOf(source, "lv", left),
    ...(right === undefined ? {} : { right: volumesOf(source, "rv", right) }),
    ...(myocardium === undefined ? {} : { myocardiumMl: volumeOf(source, myocardium, "end-diastole") }),
  };
}

type Areas = Readonly<Record<Phase, readonly number[]>>;

function requiredPool(source: VentricleSource, label: string): Areas {
  const areas = {
    "end-diastole": areasOf(source, label, "end-diastole"),
    "end-systole": areasOf(source, label, "end-systole"),
  };
  for (const phase of ["end-diastole", "end-systole"] as const) {
    if (areas[phase].some((area) => area > 0)) continue;
    throw new RefusalError("structure-missing", { field: phase, received: label });
  }
  return areas;
}

/** Area of a structure in each level of a phase, mm²; several drawings of one structure add up. */
export function areasOf(
  { structures, levels }: Pick<VentricleSource, "structures" | "levels">,
  label: string,
  phase: Phase,
): number[] {
  const own = structures.filter((structure) => structure.label === label && structure.role === phase);
  return levels.map(({ slice }) => own.reduce((sum, { areaMm2 }) => sum + areaMm2[slice[phase]], 0));
}

/** As drawn, or what an epicardial contour holds besides the blood pool, where a level has both. */
function myocardialAreas(source: VentricleSource): readonly number[] | undefined {
  const drawn = areasOf(source, "lv-myocardium", "end-diastole");
  if (drawn.some((area) => area > 0)) return drawn;
  const pool = areasOf(source, "lv-blood-pool", "end-diastole");
  const whole = areasOf(source, "lv-epicardium", "end-diastole");
  const wall = whole.map((area, level) => (area > 0 && pool[level] > 0 ? area - pool[level] : 0));
  return wall.some((area) => area > 0) ? wall : undefined;
}

function volumesOf(source: VentricleSource, side: "lv" | "rv", areas: Areas): Readonly<Record<Phase, number>> {
  const volumes = {
    "end-diastole": volumeOf(source, areas["end-diastole"], "end-diastole"),
    "end-systole": volumeOf(source, areas["end-systole"], "end-systole"),
  };
  if (volumes["end-systole"] < volumes["end-diastole"]) return volumes;
  throw new RefusalError("phases-swapped", {
    field: `${side}-esv`,
    received: Math.round(volumes["end-systole"] * 100) / 100,
    details: { expected: Math.round(volumes["end-diastole"] * 100) / 100 },
  });
}

function volumeOf(
  { inputs, levels, endSlices, structures }: VentricleSource,
  areaMm2: readonly number[],
  phase: Phase,
): number {
  const { sliceIncrementsMm } = inputs.roles[phase].volume;
  const discs = { areaMm2, heightMm: levels.map(({ slice }) => sliceIncrementsMm[slice[phase]]) };
  if (endSlices !== "without-basal") return sumDiscs(discs, endSlices);
  const basal = basalLevel({ ...discs, areaMm2: areasOf({ structures, levels }, "lv-blood-pool", "end-diastole") });
  return sumDiscs(withoutLevel(discs, basal), "whole");
}

function withoutLevel({ areaMm2, heightMm }: Discs, level: number): Discs {
  return { areaMm2: areaMm2.map((area, index) => (index === level ? 0 : area)), heightMm };
}
