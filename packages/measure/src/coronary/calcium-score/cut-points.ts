/**
 * Lower bounds of the weights 1 to 4 by tube voltage, HU.
 *
 * @see Gräni 2018, doi 10.1093/ehjci/jey019, as tabled in CalciumScoring.jl; its 135 kVp row is that package's own and is
 * left out here, and at 120 kVp the 1990 definition stands.
 */
const GRANI_2018: ReadonlyMap<number, readonly [number, number, number, number]> = new Map([
  [70, [207, 318, 477, 636]],
  [80, [177, 271, 408, 544]],
  [100, [145, 222, 334, 446]],
]);

/** The published cut points for a tube voltage, or `undefined` where none were published. */
export function graniCutPointsHu(tubeVoltageKv: number): readonly [number, number, number, number] | undefined {
  return GRANI_2018.get(tubeVoltageKv);
}
