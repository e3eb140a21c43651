import { InputError } from "@etalon/base";

/**
 * Mass calibration of a real scan at 120 kVp, mg/cm³ per HU: Canon Aquilion ONE, QRM thorax phantom with the large ring
 * (shared data `1-calcium/qrm-canon-large-rep1`, MolloiLab/CAC-stanford-data, sheet "Used_data").
 */
export const massCalibrationAt120MgPerCm3PerHu = 0.72205;

/**
 * Attenuation of calcium at one tube voltage relative to the others, as the HU that stand for 130 HU at 120 kVp: Gräni
 * 2018, doi:10.1093/ehjci/jey019; 100 and 135 kVp from MolloiLab/CalciumScoring.jl, which extends that table.
 */
const thresholdHuByKvp: ReadonlyMap<number, number> = new Map([
  [70, 207],
  [80, 177],
  [100, 145],
  [120, 130],
  [135, 119],
]);

/** Tube voltages the calcium model is known for, kVp, ascending. */
export const calciumModelKvps: readonly number[] = [...thresholdHuByKvp.keys()];

/**
 * HU that one mg/cm³ of calcium hydroxyapatite adds to water (0 HU): 1 / 0.72205 = 1.38495 at 120 kVp, times
 * threshold(kVp) / 130 at another voltage.
 *
 * @throws {InputError} `unknown-name` for a voltage outside {@link calciumModelKvps}
 */
export function huPerMgPerCm3(kvp: number): number {
  const threshold = thresholdHuByKvp.get(kvp);
  if (threshold === undefined) throw new InputError("unknown-name", "kvp", kvp, calciumModelKvps.join(", "));
  return threshold / 130 / massCalibrationAt120MgPerCm3PerHu;
}

/** HU of calcium hydroxyapatite of a density at a tube voltage. */
export function calciumHu(densityMgPerCm3: number, kvp: number): number {
  return densityMgPerCm3 * huPerMgPerCm3(kvp);
}

/**
 * The Agatston weight of a density: that of its HU at 120 kVp, whatever voltage the phantom is made at; 0 below 130 HU,
 * then 1, 2, 3, 4 from 130, 200, 300, 400 HU (Agatston 1990, doi:10.1016/0735-1097(90)90282-T).
 */
export function agatstonWeight(densityMgPerCm3: number): 0 | 1 | 2 | 3 | 4 {
  const hu = calciumHu(densityMgPerCm3, 120);
  if (hu < 130) return 0;
  if (hu < 200) return 1;
  if (hu < 300) return 2;
  return hu < 400 ? 3 : 4;
}
