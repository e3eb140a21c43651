import type { Grid } from "@etalon/volume";

/** Positions within this are the same place, mm; directions and sizes within a thousandth are the same. */
const placeToleranceMm = 0.1;
const ratioTolerance = 1e-3;

/** What two grids differ in first, with both values; `undefined` where they are one grid. */
export function firstGridDifference(a: Grid, b: Grid): string | undefined {
  const size = ({ columns, rows, slices }: Grid): string => `${columns} × ${rows} × ${slices}`;
  if (size(a) !== size(b)) return `${size(a)} / ${size(b)}`;
  const pixel = ({ columnSpacingMm, rowSpacingMm }: Grid): readonly number[] => [columnSpacingMm, rowSpacingMm];
  if (pixel(a).some((mm, axis) => Math.abs(mm - pixel(b)[axis]) > ratioTolerance * mm)) {
    return `${shown(pixel(a))} mm / ${shown(pixel(b))} mm`;
  }
  const axes = ({ rowDirection, columnDirection }: Grid): readonly number[] => [...rowDirection, ...columnDirection];
  if (axes(a).some((cosine, i) => Math.abs(cosine - axes(b)[i]) > ratioTolerance)) {
    return `${shown(axes(a))} / ${shown(axes(b))}`;
  }
  for (let i = 0; i < a.sliceOriginsLpsMm.length; i++) {
    if (Math.abs(a.sliceOriginsLpsMm[i] - b.sliceOriginsLpsMm[i]) <= placeToleranceMm) continue;
    const origin = (grid: Grid) => shown([...grid.sliceOriginsLpsMm.subarray(i - (i % 3), i - (i % 3) + 3)]);
    return `${origin(a)} mm / ${origin(b)} mm`;
  }
  return undefined;
}

function shown(values: readonly number[]): string {
  return values.map((value) => String(Math.round(value * 1000) / 1000)).join(", ");
}
