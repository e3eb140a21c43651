import type { MeasuredCurve } from "@etalon/measure";

/** Curves as a table, one line per point: name, seconds from the first image, value and its unit. Numbers have a point. */
export function curvesCsv(curves: readonly MeasuredCurve[]): string {
  const lines = curves.flatMap(({ id, unit, timesS, values }) =>
    Array.from(values, (value, i) => `${id},${timesS[i]},${value},${unit}`),
  );
  return `${["curve,time_s,value,unit", ...lines].join("\r\n")}\r\n`;
}
