import { sha256Hex, type Text } from "@etalon/base";

/** A signal over time, stored beside a result. */
export interface MeasuredCurve {
  /** Its name in the result's `curves`: "stress-aif", "stress-AHA-8". */
  readonly id: string;
  readonly title: Text;
  /** UCUM unit of the values. */
  readonly unit: string;
  /** Seconds from the first image, ascending. */
  readonly timesS: Float64Array;
  readonly values: Float64Array;
}

/** Names of curves as a result lists them: by the SHA-256 of times and values, 64-bit floats in little endian, in turn. */
export function storedCurves(
  curves: readonly MeasuredCurve[],
): readonly Readonly<Record<"id" | "unit" | "sha256", string>>[] {
  return curves.map(({ id, unit, timesS, values }) => {
    const view = new DataView(new ArrayBuffer(16 * values.length));
    for (let i = 0; i < values.length; i++) {
      view.setFloat64(16 * i, timesS[i], true);
      view.setFloat64(16 * i + 8, values[i], true);
    }
    return { id, unit, sha256: sha256Hex(new Uint8Array(view.buffer)) };
  });
}
