import type { Volume } from "@etalon/volume";
import type { HeartZone } from "./heart-zone.ts";

/** Enhanced blood found in the images. */
export interface BloodPool {
  /** Volume of homogeneous tissue at or above the limit, in front of the spine, after erosion by two blocks, mm³. */
  readonly volumeMm3: number;
  /** Median density of that tissue, HU; absent when there is none. */
  readonly medianHu?: number;
}

/** Side of the square blocks that densities are averaged over, mm: quiets noise by about the number of pixels across. */
const BLOCK_MM = 2.5;
/** Blocks taken off every border (5 mm), so that vessels thinner than 1 cm, ribs and the sternum leave nothing. */
const EROSION_BLOCKS = 2;
/** Denser than any blood, HU: metal and bone. */
const DENSEST_BLOOD_HU = 700;

/**
 * Looks for opacified blood without trusting the header: large homogeneous tissue at or above `limitHu` in front of the
 * spine. Block means ignore padding; a block with any padding counts as not enhanced.
 */
export function measureBloodPool(volume: Volume, zone: HeartZone, limitHu: number): BloodPool {
  const across = Math.max(1, Math.round(BLOCK_MM / volume.columnSpacingMm));
  const down = Math.max(1, Math.round(BLOCK_MM / volume.rowSpacingMm));
  const blockColumns = Math.floor(volume.columns / across);
  const blockRows = Math.floor(volume.rows / down);
  const blockAreaMm2 = across * volume.columnSpacingMm * down * volume.rowSpacingMm;
  const means = new Float64Array(blockColumns * blockRows);
  const found: number[] = [];
  let volumeMm3 = 0;
  for (let z = 0; z < volume.slices; z++) {
    averageBlocks(volume, zone, { z, across, down, blockColumns, blockRows, means });
    for (let by = EROSION_BLOCKS; by < blockRows - EROSION_BLOCKS; by++) {
      for (let bx = EROSION_BLOCKS; bx < blockColumns - EROSION_BLOCKS; bx++) {
        if (!isEnhancedAround(means, by * blockColumns + bx, { blockColumns, limitHu })) continue;
        found.push(means[by * blockColumns + bx]);
        volumeMm3 += blockAreaMm2 * volume.sliceIncrementsMm[z];
      }
    }
  }
  if (found.length === 0) return { volumeMm3 };
  const sorted = Float64Array.from(found).sort();
  return { volumeMm3, medianHu: sorted[Math.floor(sorted.length / 2)] };
}

interface BlockGrid {
  readonly z: number;
  readonly across: number;
  readonly down: number;
  readonly blockColumns: number;
  readonly blockRows: number;
  /** Receives the mean of each block, HU; -Infinity behind the spine's front or where padding is. */
  readonly means: Float64Array;
}

function averageBlocks(volume: Volume, zone: HeartZone, grid: BlockGrid): void {
  const { across, down, blockColumns, blockRows, means } = grid;
  const { values, padding, columns, rows } = volume;
  for (let by = 0; by < blockRows; by++) {
    const isAnterior = zone.isAnterior[grid.z * rows + by * down] === 1;
    for (let bx = 0; bx < blockColumns; bx++) {
      let sum = 0;
      for (let y = by * down; isAnterior && y < (by + 1) * down; y++) {
        const base = (grid.z * rows + y) * columns + bx * across;
        for (let i = base; i < base + across; i++) {
          sum += padding !== undefined && padding[i] !== 0 ? Number.NEGATIVE_INFINITY : values[i];
        }
      }
      means[by * blockColumns + bx] = isAnterior ? sum / (across * down) : Number.NEGATIVE_INFINITY;
    }
  }
}

function isEnhancedAround(
  means: Float64Array,
  center: number,
  search: { readonly blockColumns: number; readonly limitHu: number },
): boolean {
  for (let dy = -EROSION_BLOCKS; dy <= EROSION_BLOCKS; dy++) {
    for (let dx = -EROSION_BLOCKS; dx <= EROSION_BLOCKS; dx++) {
      const mean = means[center + dy * search.blockColumns + dx];
      if (!(mean >= search.limitHu && mean <= DENSEST_BLOOD_HU)) return false;
    }
  }
  return true;
}
