import { findRuns, labelRunsInPlane, labelRunsInSpace, type RunLabels, type Runs } from "@etalon/kernels";
import type { Volume } from "@etalon/volume";
import type { SiteScore } from "./site-score.ts";
import type { SphereMark } from "./sphere-marks.ts";

/** Agatston 1990 (doi 10.1016/0735-1097(90)90282-T): lower bounds of the weights 1 to 4, HU; the first is the threshold. */
const CUT_POINTS_HU = [130, 200, 300, 400] as const;
/** The smallest slice-lesion that counts, mm²: the protocol's own default. */
const MINIMUM_AREA_MM2 = 1;
/** The increment that the score is normalised to, mm: the protocol's own default. */
const REFERENCE_INCREMENT_MM = 3;

/** Sums over the pixels of each slice-lesion, one entry per slice-lesion. */
interface PlaneSums {
  readonly slice: Int32Array;
  readonly pixels: Int32Array;
  readonly peakHu: Float64Array;
  readonly sumHu: Float64Array;
  readonly columnSum: Float64Array;
  readonly rowSum: Float64Array;
}

/**
 * The scoring task of the benchmark on the kernels of `@etalon/kernels`, put together as `coronary/calcium-score` puts
 * them together and without what only the protocol does (candidates, heart zone, contrast check, sensitivity): threshold,
 * 8-connected slice-lesions, their size, peak and centroid, sites by centroid, 26-connected lesions, sums per site.
 */
export function scoreInMemory(volume: Volume, spheres: readonly SphereMark[]): SiteScore[] {
  const { columns, rows, slices, padding } = volume;
  const runs = findRuns(volume.values, { columns, rows, slices, threshold: CUT_POINTS_HU[0], excluded: padding });
  const planes = labelRunsInPlane(runs, 8);
  const sums = sumPlanes(volume, runs, planes);
  const sites = [...new Set(spheres.map(({ label }) => label))];
  const site = new Int32Array(planes.count);
  for (let c = 0; c < planes.count; c++) site[c] = siteOf(volume, spheres, { sites, sums, c });
  const siteOfRun = new Int32Array(runs.count);
  for (let r = 0; r < runs.count; r++) siteOfRun[r] = site[planes.labels[r]];
  const space = labelRunsInSpace(runs, siteOfRun);
  const lesion = new Int32Array(planes.count);
  for (let r = 0; r < runs.count; r++) lesion[planes.labels[r]] = space.labels[r];
  return addUp(volume, sums, { sites, site, lesion, lesionCount: space.count });
}

function sumPlanes(volume: Volume, runs: Runs, { labels, count }: RunLabels): PlaneSums {
  const slice = new Int32Array(count);
  const pixels = new Int32Array(count);
  const peakHu = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const sumHu = new Float64Array(count);
  const columnSum = new Float64Array(count);
  const rowSum = new Float64Array(count);
  const { values, rows, columns } = volume;
  for (let r = 0; r < runs.count; r++) {
    const c = labels[r];
    const base = (runs.slice[r] * rows + runs.row[r]) * columns;
    const first = runs.start[r];
    const last = runs.end[r];
    let peak = peakHu[c];
    let sum = sumHu[c];
    for (let x = first; x <= last; x++) {
      const value = values[base + x];
      sum += value;
      if (value > peak) peak = value;
    }
    const length = last - first + 1;
    slice[c] = runs.slice[r];
    peakHu[c] = peak;
    sumHu[c] = sum;
    pixels[c] += length;
    columnSum[c] += (length * (first + last)) / 2;
    rowSum[c] += length * runs.row[r];
  }
  return { slice, pixels, peakHu, sumHu, columnSum, rowSum };
}

function siteOf(
  volume: Volume,
  spheres: readonly SphereMark[],
  at: { readonly sites: readonly string[]; readonly sums: PlaneSums; readonly c: number },
): number {
  const { sums, c } = at;
  const across = (sums.columnSum[c] / sums.pixels[c]) * volume.columnSpacingMm;
  const down = (sums.rowSum[c] / sums.pixels[c]) * volume.rowSpacingMm;
  const { rowDirection: u, columnDirection: v, sliceOriginsLpsMm: origins } = volume;
  const o = 3 * sums.slice[c];
  const x = origins[o] + across * u[0] + down * v[0];
  const y = origins[o + 1] + across * u[1] + down * v[1];
  const z = origins[o + 2] + across * u[2] + down * v[2];
  const sphere = spheres.find(({ centerLpsMm: [cx, cy, cz], radiusMm }) => {
    return (x - cx) * (x - cx) + (y - cy) * (y - cy) + (z - cz) * (z - cz) <= radiusMm * radiusMm;
  });
  return sphere === undefined ? -1 : at.sites.indexOf(sphere.label);
}

function addUp(
  volume: Volume,
  sums: PlaneSums,
  groups: {
    readonly sites: readonly string[];
    readonly site: Int32Array;
    readonly lesion: Int32Array;
    readonly lesionCount: number;
  },
): SiteScore[] {
  const pixelAreaMm2 = volume.rowSpacingMm * volume.columnSpacingMm;
  const isCounted = new Uint8Array(groups.lesionCount);
  const totals = groups.sites.map((label) => {
    return { label, agatston: 0, volumeMm3: 0, densityVolume: 0, sliceLesions: 0, lesions: 0 };
  });
  for (let c = 0; c < sums.pixels.length; c++) {
    const areaMm2 = sums.pixels[c] * pixelAreaMm2;
    if (areaMm2 < MINIMUM_AREA_MM2 || groups.site[c] === -1) continue;
    const incrementMm = volume.sliceIncrementsMm[sums.slice[c]];
    const total = totals[groups.site[c]];
    const weight = CUT_POINTS_HU.filter((cut) => sums.peakHu[c] >= cut).length;
    total.agatston += (areaMm2 * weight * incrementMm) / REFERENCE_INCREMENT_MM;
    total.volumeMm3 += areaMm2 * incrementMm;
    total.densityVolume += sums.sumHu[c] * pixelAreaMm2 * incrementMm;
    total.sliceLesions++;
    if (isCounted[groups.lesion[c]] === 0) total.lesions++;
    isCounted[groups.lesion[c]] = 1;
  }
  return totals;
}
