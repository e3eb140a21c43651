import { calciumHu } from "../calcium-model.ts";
import type { SceneObject } from "../rasterise-slice.ts";
import { cylinder, type Vector3 } from "../solid.ts";
import { type ArteryLabel, arteryOutsideMm } from "./coronary-arteries.ts";
import { heartPoint } from "./heart-frame.ts";

/** A cylinder of calcium hydroxyapatite. */
export interface Calcification {
  readonly id: string;
  readonly centreLpsMm: Vector3;
  /** Unit vector along the cylinder. */
  readonly axis: Vector3;
  readonly diameterMm: number;
  readonly lengthMm: number;
  readonly densityMgPerCm3: number;
}

/** A calcification in a coronary artery: a lesion of the score. */
export interface CoronaryCalcification extends Calcification {
  readonly label: ArteryLabel;
}

interface Lesion extends Omit<CoronaryCalcification, "centreLpsMm"> {
  /** From the heart's centre along its axes; see `heartPoint`. */
  readonly direction: Vector3;
}

const alongZ: Vector3 = [0, 0, 1];

/**
 * The lesions: densities 200, 400, 800 mg/cm³ and diameters 1, 3, 5 mm of the QRM insert (shared data
 * `1-calcium/qrm-canon-large-rep1`), and sizes between; along z, but for one in the slice plane and one oblique.
 */
const lesions: readonly Lesion[] = [
  {
    id: "lm-1",
    label: "LM",
    direction: [-0.5, 0.61, 0.6],
    axis: [1, 0, 0],
    diameterMm: 3,
    lengthMm: 6,
    densityMgPerCm3: 400,
  },
  {
    id: "lad-1",
    label: "LAD",
    direction: [-0.02, 0.56, 0.82],
    axis: alongZ,
    diameterMm: 5,
    lengthMm: 8,
    densityMgPerCm3: 800,
  },
  {
    id: "lad-2",
    label: "LAD",
    direction: [0.4, 0.35, 0.84],
    axis: alongZ,
    diameterMm: 3,
    lengthMm: 9,
    densityMgPerCm3: 400,
  },
  {
    id: "lad-3",
    label: "LAD",
    direction: [0.7, 0.2, 0.69],
    axis: [0.6, -0.48, -0.64],
    diameterMm: 2,
    lengthMm: 5,
    densityMgPerCm3: 200,
  },
  {
    id: "lcx-1",
    label: "LCX",
    direction: [-0.25, 0.95, 0.05],
    axis: alongZ,
    diameterMm: 4,
    lengthMm: 6,
    densityMgPerCm3: 400,
  },
  {
    id: "rca-1",
    label: "RCA",
    direction: [-0.22, -0.64, 0.74],
    axis: alongZ,
    diameterMm: 3,
    lengthMm: 9,
    densityMgPerCm3: 800,
  },
  {
    id: "rca-2",
    label: "RCA",
    direction: [-0.05, -0.97, 0.2],
    axis: alongZ,
    diameterMm: 5,
    lengthMm: 6,
    densityMgPerCm3: 200,
  },
  {
    id: "rca-3",
    label: "RCA",
    direction: [0, -0.9, -0.43],
    axis: alongZ,
    diameterMm: 1,
    lengthMm: 3,
    densityMgPerCm3: 800,
  },
];

/** The lesions of the phantom, in the order of the arteries. */
export const coronaryCalcifications: readonly CoronaryCalcification[] = lesions.map(({ direction, ...lesion }) => ({
  ...lesion,
  centreLpsMm: heartPoint(direction, arteryOutsideMm),
}));

/** Calcifications outside the coronary arteries: a score that counts one has taken the wrong thing. */
export const otherCalcifications: readonly Calcification[] = [
  {
    id: "aortic-wall",
    centreLpsMm: [34, 47, 5.3],
    axis: alongZ,
    diameterMm: 4,
    lengthMm: 10,
    densityMgPerCm3: 800,
  },
  {
    id: "costal-cartilage",
    centreLpsMm: [-30, -95, -20.4],
    axis: [1, 0, 0],
    diameterMm: 5,
    lengthMm: 9,
    densityMgPerCm3: 400,
  },
];

/** HU of the plaque around a calcification, the same at every tube voltage and with contrast agent. */
export const plaqueHu = 40;

/** Plaque around a calcification on every side, mm: partial volume of the calcification meets nothing else. */
export const plaqueMarginMm = 2;

/** The objects of a calcification: its plaque, then the calcification. */
export function calcificationObjects(calcification: Calcification, kvp: number): readonly SceneObject[] {
  return [plaqueObject(calcification), calciumObject(calcification, kvp)];
}

/** The soft plaque that a calcification lies in. */
export function plaqueObject(calcification: Calcification): SceneObject {
  const { id, centreLpsMm, axis, diameterMm, lengthMm } = calcification;
  const size = { radiusMm: diameterMm / 2 + plaqueMarginMm, lengthMm: lengthMm + 2 * plaqueMarginMm };
  return {
    id: `plaque-${id}`,
    tissue: "plaque",
    valueHu: plaqueHu,
    solid: cylinder(centreLpsMm, axis, size),
    detail: "fine",
  };
}

function calciumObject(calcification: Calcification, kvp: number): SceneObject {
  const { id, centreLpsMm, axis, diameterMm, lengthMm, densityMgPerCm3 } = calcification;
  return {
    id,
    tissue: "calcium",
    valueHu: calciumHu(densityMgPerCm3, kvp),
    solid: cylinder(centreLpsMm, axis, { radiusMm: diameterMm / 2, lengthMm }),
    detail: "finest",
  };
}
