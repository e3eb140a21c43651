/** Corners of a closed polygon in an image, column and row in pixels; the last is joined to the first. */
export type ColumnRow = readonly [number, number];

/** Area of a polygon that does not cross itself, in units of the corners squared (shoelace formula). */
export function polygonArea(corners: readonly ColumnRow[]): number {
  let twice = 0;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [x, y] = corners[i];
    const [before, above] = corners[j];
    twice += before * y - x * above;
  }
  return Math.abs(twice) / 2;
}

/** Whether two sides of a polygon cross in a point that is an end of neither. */
export function crossesItself(corners: readonly ColumnRow[]): boolean {
  const count = corners.length;
  const turn = (a: ColumnRow, b: ColumnRow, c: ColumnRow): number =>
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  for (let i = 0; i < count; i++) {
    const [a, b] = [corners[i], corners[(i + 1) % count]];
    for (let j = i + 2; j < count; j++) {
      const [c, d] = [corners[j], corners[(j + 1) % count]];
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true;
    }
  }
  return false;
}

/** Sets 1 in a slice of voxels, shape [y, x], wherever a pixel's centre lies inside a polygon (even-odd rule). */
export function fillPolygon(
  voxels: Uint8Array,
  corners: readonly ColumnRow[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): void {
  for (let row = 0; row < rows; row++) {
    const crossings: number[] = [];
    for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
      const [x, y] = corners[i];
      const [before, above] = corners[j];
      if (y > row !== above > row) crossings.push(x + ((row - y) / (above - y)) * (before - x));
    }
    crossings.sort((a, b) => a - b);
    for (let c = 0; c + 1 < crossings.length; c += 2) {
      const first = Math.max(0, Math.ceil(crossings[c]));
      const last = Math.min(columns - 1, Math.ceil(crossings[c + 1]) - 1);
      for (let column = first; column <= last; column++) voxels[row * columns + column] = 1;
    }
  }
}
