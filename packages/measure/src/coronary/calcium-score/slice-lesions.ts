import { findRuns, labelRunsInPlane, type RunLabels, type Runs } from "@etalon/kernels";
import type { Volume } from "@etalon/volume";
import { type PointLpsMm, type ResolvedRegion, rasteriseClips } from "../../region.ts";
import { remembering } from "../../remembering.ts";
import { firstOfLabel } from "./cut-by-clips.ts";
import { labelLesions } from "./label-lesions.ts";

/**
 * Every connected set of voxels at or above the threshold in one slice, in scan order, and the three-dimensional lesion it
 * belongs to. Flat arrays, one entry per slice-lesion.
 */
export interface SliceLesions {
  readonly runs: Runs;
  readonly count: number;
  /** Slice-lesion of each run. */
  readonly ofRun: Int32Array;
  readonly slice: Int32Array;
  readonly pixels: Int32Array;
  readonly peakHu: Float64Array;
  /** Sum of densities over its pixels, HU. */
  readonly sumHu: Float64Array;
  /** Centroid of its pixel centres, in columns and rows. */
  readonly centroidColumn: Float64Array;
  readonly centroidRow: Float64Array;
  /** Index in `sites`, or -1 when no region takes it. */
  readonly site: Int32Array;
  /** Index of its 26-connected lesion. */
  readonly lesion: Int32Array;
  /** Number of three-dimensional lesions. */
  readonly lesionCount: number;
  /** Labels of the regions, in the order of the marks, each once. */
  readonly sites: readonly string[];
}

/** Bright runs of a volume, split where clip regions of one label begin or end. */
export function findBrightRuns(volume: Volume, regions: readonly ResolvedRegion[], threshold: number): Runs {
  return findRuns(volume.values, {
    columns: volume.columns,
    rows: volume.rows,
    slices: volume.slices,
    threshold,
    excluded: volume.padding,
    regions: clipsByLabel(regions, volume),
  });
}

/** The map of the clip regions, where the regions of one label all have the number of the first: between them nothing is cut. */
function clipsByLabel(regions: readonly ResolvedRegion[], volume: Volume): Uint16Array | undefined {
  const map = rasteriseClips(regions, volume);
  if (map === undefined) return undefined;
  const firstOf = firstOfLabel(regions);
  for (let i = 0; i < map.length; i++) if (map[i] !== 0) map[i] = firstOf[map[i]];
  return map;
}

/**
 * Groups bright runs into slice-lesions (4- or 8-connected), gives each its site, and joins slice-lesions of one site into
 * 26-connected lesions. A slice-lesion of a clip region has that region's site; another has the site of the assign region
 * that holds its centroid.
 */
export function findSliceLesions(
  volume: Volume,
  runs: Runs,
  options: { readonly regions: readonly ResolvedRegion[]; readonly connectivity: 4 | 8 },
): SliceLesions {
  const { planes, measured } = planesOf(runs, { volume, connectivity: options.connectivity });
  const sites = [...new Set(options.regions.map(({ label }) => label))];
  const site = new Int32Array(planes.count);
  for (let c = 0; c < planes.count; c++) {
    const region = regionOf(volume, measured, { c, regions: options.regions });
    site[c] = region === undefined ? -1 : sites.indexOf(region.label);
  }
  const siteOfRun = new Int32Array(runs.count);
  for (let r = 0; r < runs.count; r++) siteOfRun[r] = site[planes.labels[r]];
  const space = labelLesions(runs, siteOfRun);
  const lesion = new Int32Array(planes.count);
  for (let r = 0; r < runs.count; r++) lesion[planes.labels[r]] = space.labels[r];
  return { runs, ofRun: planes.labels, ...measured, site, lesion, lesionCount: space.count, sites };
}

/** Runs are those of one volume. */
const planesOf = remembering(
  (runs: Runs, { volume, connectivity }: { readonly volume: Volume; readonly connectivity: 4 | 8 }) => {
    const planes = labelRunsInPlane(runs, connectivity);
    return { planes, measured: measurePlanes(volume, runs, planes) };
  },
  ({ connectivity }) => connectivity,
);

type Measured = Pick<
  SliceLesions,
  "count" | "slice" | "pixels" | "peakHu" | "sumHu" | "centroidColumn" | "centroidRow"
> & { readonly region: Uint16Array };

function measurePlanes(volume: Volume, runs: Runs, { labels, count }: RunLabels): Measured {
  const slice = new Int32Array(count);
  const pixels = new Int32Array(count);
  const peakHu = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const sumHu = new Float64Array(count);
  const centroidColumn = new Float64Array(count);
  const centroidRow = new Float64Array(count);
  const region = new Uint16Array(count);
  const { values, rows, columns } = volume;
  for (let r = 0; r < runs.count; r++) {
    const c = labels[r];
    const z = runs.slice[r];
    const y = runs.row[r];
    const first = runs.start[r];
    const last = runs.end[r];
    const base = (z * rows + y) * columns;
    let peak = peakHu[c];
    let sum = sumHu[c];
    for (let x = first; x <= last; x++) {
      const value = values[base + x];
      sum += value;
      if (value > peak) peak = value;
    }
    const length = last - first + 1;
    slice[c] = z;
    region[c] = runs.region[r];
    peakHu[c] = peak;
    sumHu[c] = sum;
    pixels[c] += length;
    centroidColumn[c] += (length * (first + last)) / 2;
    centroidRow[c] += length * y;
  }
  for (let c = 0; c < count; c++) {
    centroidColumn[c] /= pixels[c];
    centroidRow[c] /= pixels[c];
  }
  return { count, slice, pixels, peakHu, sumHu, centroidColumn, centroidRow, region };
}

function regionOf(
  volume: Volume,
  measured: Measured,
  at: { readonly c: number; readonly regions: readonly ResolvedRegion[] },
): ResolvedRegion | undefined {
  const clip = measured.region[at.c];
  if (clip > 0) return at.regions[clip - 1];
  if (at.regions.length === 0) return undefined;
  const centroid = worldOf(volume, measured.slice[at.c], [measured.centroidColumn[at.c], measured.centroidRow[at.c]]);
  return at.regions.find((region) => region.mode === "assign" && region.holds(centroid));
}

/** World position of a point of a slice, given in columns and rows. */
export function worldOf(volume: Volume, slice: number, [column, row]: readonly [number, number]): PointLpsMm {
  const { rowDirection: u, columnDirection: v, columnSpacingMm, rowSpacingMm, sliceOriginsLpsMm: o } = volume;
  const across = column * columnSpacingMm;
  const down = row * rowSpacingMm;
  return [
    o[3 * slice] + across * u[0] + down * v[0],
    o[3 * slice + 1] + across * u[1] + down * v[1],
    o[3 * slice + 2] + across * u[2] + down * v[2],
  ];
}
