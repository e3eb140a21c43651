import {
  findBrightRuns,
  findSliceLesions,
  resolveAnalyticRegion,
  type ScoreRules,
  scoreLesions,
} from "@etalon/measure";
import type { Volume } from "@etalon/volume";
import type { SiteScore } from "./site-score.ts";
import type { SphereMark } from "./sphere-marks.ts";

/** The protocol's own defaults (Agatston 1990, doi 10.1016/0735-1097(90)90282-T). */
const RULES: ScoreRules = {
  cutPointsHu: [130, 200, 300, 400],
  minimumAreaMm2: 1,
  minimumPixels: 1,
  peakOf: "slice-lesion",
  normalise: true,
  referenceIncrementMm: 3,
};

/**
 * The scoring task of the benchmark, by the protocol's own functions and without what only the whole protocol does
 * (candidates, heart zone, contrast check, sensitivity): threshold, 8-connected slice-lesions, their size, peak and
 * centroid, sites by centroid, 26-connected lesions, sums per site.
 */
export function scoreInMemory(volume: Volume, spheres: readonly SphereMark[]): SiteScore[] {
  const regions = spheres.flatMap(({ label, centerLpsMm: [x, y, z], radiusMm }, index) => {
    const shape = { kind: "sphere" as const, centerLpsMm: [x, y, z] as [number, number, number], radiusMm };
    return resolveAnalyticRegion({ id: `r${index + 1}`, label, mode: "assign", shape }) ?? [];
  });
  const runs = findBrightRuns(volume, regions, RULES.cutPointsHu[0]);
  const found = findSliceLesions(volume, runs, { regions, connectivity: 8 });
  const siteOfLesion = new Int32Array(found.lesionCount);
  for (let c = 0; c < found.count; c++) siteOfLesion[found.lesion[c]] = found.site[c];
  const totals = found.sites.map((label) => {
    return { label, agatston: 0, volumeMm3: 0, densityVolume: 0, sliceLesions: 0, lesions: 0 };
  });
  for (const [lesion, score] of scoreLesions(volume, found, RULES).entries()) {
    if (siteOfLesion[lesion] === -1 || score.slices === 0) continue;
    const total = totals[siteOfLesion[lesion]];
    total.agatston += score.agatston;
    total.volumeMm3 += score.volumeMm3;
    total.densityVolume += score.densityVolume;
    total.sliceLesions += score.slices;
    total.lesions++;
  }
  return totals;
}
