/**
 * Extent along the normal that each slice stands for, mm: half the distance to each neighbour; at the ends, the one
 * neighbour's whole distance; of a single slice, its thickness.
 *
 * @param positionsMm positions along the normal, ascending, at least one
 */
export function sliceIncrements(positionsMm: readonly number[], thicknessMm: number): Float64Array {
  const last = positionsMm.length - 1;
  if (last === 0) return Float64Array.of(thicknessMm);
  return Float64Array.from(positionsMm, (position, k) => {
    const below = k === 0 ? positionsMm[1] - position : position - positionsMm[k - 1];
    const above = k === last ? below : positionsMm[k + 1] - position;
    return (below + above) / 2;
  });
}
