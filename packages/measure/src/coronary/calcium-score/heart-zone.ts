import { findRuns, labelRunsInSpace, type RunLabels, type Runs } from "@etalon/kernels";
import type { Volume } from "@etalon/volume";

/** Where in each slice the heart may be: our own rule, used for proposals and for the contrast check, never for marks. */
export interface HeartZone {
  /** First column of the zone in each row of each slice, -1 where the row has none. Shape [z, y]. */
  readonly start: Int32Array;
  /** Last column of the zone, inclusive. Shape [z, y]. */
  readonly end: Int32Array;
  /** Whether a row lies in front of the spine by the clearance at least. Shape [z, y]. */
  readonly isAnterior: Uint8Array;
  readonly tissue: Runs;
  /** Whether each tissue run belongs to the body, its largest connected part. */
  readonly isBody: Uint8Array;
}

/** Limits of the heart zone, from the protocol's parameters. */
export interface HeartZoneLimits {
  readonly tissueHu: number;
  readonly lungWidthMm: number;
  readonly heartWidthMm: number;
  readonly spineClearanceMm: number;
}

/** Bright voxels already labelled as lesions, and how large each is: the largest is taken for the spine with its ribs. */
export interface BrightParts {
  readonly runs: Runs;
  readonly labels: RunLabels;
  readonly volumesMm3: Float64Array;
}

/** Rows of a heart zone must go on for this long; shorter bands are chance gaps at the border of the field, mm. */
const SHORTEST_ZONE_MM = 40;
/** Scanners fill what lies outside the field with values far below air, often without saying so in the header, HU. */
const OUTSIDE_FIELD_HU = -1500;
/** The vertebral body lies within this distance of the body's middle column, mm. */
const SPINE_HALF_WIDTH_MM = 25;

/**
 * The heart zone of an axial stack: rows where air at least `lungWidthMm` wide lies on both sides of the tissue that
 * crosses the body's middle column, that tissue being at most `heartWidthMm` wide, in front of the spine.
 */
export function findHeartZone(volume: Volume, bright: BrightParts, limits: HeartZoneLimits): HeartZone {
  const tissue = findRuns(volume.values, {
    columns: volume.columns,
    rows: volume.rows,
    slices: volume.slices,
    threshold: limits.tissueHu,
    excluded: volume.padding,
  });
  const isBody = largestPart(tissue, labelRunsInSpace(tissue));
  const middle = middleColumn(tissue, isBody);
  const rowsTotal = volume.slices * volume.rows;
  const start = new Int32Array(rowsTotal).fill(-1);
  const end = new Int32Array(rowsTotal).fill(-1);
  let first = 0;
  for (let line = 0; line < rowsTotal; line++) {
    let stop = first;
    while (stop < tissue.count && tissue.slice[stop] * volume.rows + tissue.row[stop] === line) stop++;
    const zone = zoneOfRow(volume, tissue, { first, stop, line, middle, limits });
    if (zone !== undefined) [start[line], end[line]] = zone;
    first = stop;
  }
  dropShortBands(volume, start, end);
  return { start, end, isAnterior: anteriorRows(volume, bright, { tissue, isBody, middle, limits }), tissue, isBody };
}

/** Whether any row of the images looks like a heart between lungs. */
export function hasHeart(zone: HeartZone): boolean {
  return zone.start.some((column) => column !== -1);
}

/** Whether the body reaches the left or right edge of the images, so that its middle and its borders are guesses. */
export function isBodyCut({ tissue, isBody }: HeartZone, columns: number): boolean {
  for (let r = 0; r < tissue.count; r++) {
    if (isBody[r] === 1 && (tissue.start[r] === 0 || tissue.end[r] === columns - 1)) return true;
  }
  return false;
}

function largestPart(runs: Runs, parts: RunLabels): Uint8Array {
  const sizes = new Float64Array(parts.count);
  for (let r = 0; r < runs.count; r++) sizes[parts.labels[r]] += runs.end[r] - runs.start[r] + 1;
  let largest = 0;
  for (let part = 1; part < parts.count; part++) if (sizes[part] > sizes[largest]) largest = part;
  const isLargest = new Uint8Array(runs.count);
  for (let r = 0; r < runs.count; r++) isLargest[r] = parts.labels[r] === largest ? 1 : 0;
  return isLargest;
}

function middleColumn(tissue: Runs, isBody: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let r = 0; r < tissue.count; r++) {
    if (isBody[r] === 0) continue;
    const length = tissue.end[r] - tissue.start[r] + 1;
    sum += (length * (tissue.start[r] + tissue.end[r])) / 2;
    count += length;
  }
  return count === 0 ? 0 : sum / count;
}

interface RowSearch {
  readonly first: number;
  readonly stop: number;
  readonly line: number;
  readonly middle: number;
  readonly limits: HeartZoneLimits;
}

/** The tissue across the middle column, if air wide enough to be lung lies on both its sides. */
function zoneOfRow(volume: Volume, tissue: Runs, search: RowSearch): [number, number] | undefined {
  const { first, stop, line, middle, limits } = search;
  const lungColumns = limits.lungWidthMm / volume.columnSpacingMm;
  const base = line * volume.columns;
  let blockStart = -1;
  let hasAirBefore = false;
  let previousEnd = -1;
  for (let r = first; r <= stop; r++) {
    const next = r < stop ? tissue.start[r] : volume.columns;
    const air = next - previousEnd - 1 < lungColumns ? 0 : measuredColumns(volume, base + previousEnd + 1, base + next);
    if (air >= lungColumns) {
      const isBlock = blockStart !== -1 && blockStart <= middle && previousEnd >= middle;
      if (isBlock && hasAirBefore) {
        const widthMm = (previousEnd - blockStart + 1) * volume.columnSpacingMm;
        return widthMm <= limits.heartWidthMm && widthMm >= limits.lungWidthMm ? [blockStart, previousEnd] : undefined;
      }
      blockStart = next;
      hasAirBefore = true;
    } else if (blockStart === -1) blockStart = next;
    if (r < stop) previousEnd = tissue.end[r];
  }
  return undefined;
}

/** Columns of real air among those between two indexes of the values. */
function measuredColumns(volume: Volume, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    if (volume.values[i] > OUTSIDE_FIELD_HU && (volume.padding === undefined || volume.padding[i] === 0)) count++;
  }
  return count;
}

function dropShortBands(volume: Volume, start: Int32Array, end: Int32Array): void {
  const shortest = SHORTEST_ZONE_MM / volume.rowSpacingMm;
  for (let z = 0; z < volume.slices; z++) {
    let bandStart = 0;
    for (let y = 0; y <= volume.rows; y++) {
      const line = z * volume.rows + y;
      if (y < volume.rows && start[line] !== -1) continue;
      if (y - bandStart < shortest) {
        start.fill(-1, z * volume.rows + bandStart, line);
        end.fill(-1, z * volume.rows + bandStart, line);
      }
      bandStart = y + 1;
    }
  }
}

/** Rows in front of the largest bright part near the middle column, in the back half of the body. */
function anteriorRows(
  volume: Volume,
  bright: BrightParts,
  body: {
    readonly tissue: Runs;
    readonly isBody: Uint8Array;
    readonly middle: number;
    readonly limits: HeartZoneLimits;
  },
): Uint8Array {
  // With the patient supine and the image upright rows run from front to back; a flipped or prone image runs the other way.
  const backIsDown = volume.columnDirection[1] >= 0;
  const toDepth = (row: number) => (backIsDown ? row : volume.rows - 1 - row);
  let [shallowest, deepest] = [volume.rows, 0];
  for (let r = 0; r < body.tissue.count; r++) {
    if (body.isBody[r] === 0) continue;
    const depth = toDepth(body.tissue.row[r]);
    if (depth < shallowest) shallowest = depth;
    if (depth > deepest) deepest = depth;
  }
  const half = (shallowest + deepest) / 2;
  const largest = indexOfLargest(bright.volumesMm3);
  const reach = SPINE_HALF_WIDTH_MM / volume.columnSpacingMm;
  const spineDepth = new Int32Array(volume.slices).fill(volume.rows);
  for (let r = 0; r < bright.runs.count; r++) {
    if (bright.labels.labels[r] !== largest) continue;
    if (bright.runs.end[r] < body.middle - reach || bright.runs.start[r] > body.middle + reach) continue;
    const depth = toDepth(bright.runs.row[r]);
    const z = bright.runs.slice[r];
    if (depth >= half && depth < spineDepth[z]) spineDepth[z] = depth;
  }
  const nearest = Math.min(...spineDepth);
  const clearance = body.limits.spineClearanceMm / volume.rowSpacingMm;
  const isAnterior = new Uint8Array(volume.slices * volume.rows);
  for (let z = 0; z < volume.slices; z++) {
    const limit = spineDepth[z] < volume.rows ? spineDepth[z] : nearest;
    for (let y = 0; y < volume.rows; y++) isAnterior[z * volume.rows + y] = toDepth(y) < limit - clearance ? 1 : 0;
  }
  return isAnterior;
}

function indexOfLargest(sizes: Float64Array): number {
  let largest = -1;
  for (let i = 0; i < sizes.length; i++) if (largest === -1 || sizes[i] > sizes[largest]) largest = i;
  return largest;
}
