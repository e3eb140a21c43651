import type { Runs } from "@etalon/kernels";
import type { Volume } from "@etalon/volume";
import type { HeartZone } from "./heart-zone.ts";
import type { LesionScore } from "./score.ts";
import type { SliceLesions } from "./slice-lesions.ts";

/** Why a lesion does not count. */
export type ExclusionReason = "too-small" | "bone" | "table" | "outside-heart";

/** What becomes of one lesion. */
export type LesionStatus =
  | { readonly status: "assigned"; readonly site: string }
  | { readonly status: "candidate" }
  | { readonly status: "excluded"; readonly reason: ExclusionReason; readonly site?: string };

/** Size of each lesion in voxels of every slice-lesion, counted or not, mm³. */
export function lesionVolumesMm3(volume: Volume, found: SliceLesions): Float64Array {
  const pixelAreaMm2 = volume.rowSpacingMm * volume.columnSpacingMm;
  const volumes = new Float64Array(found.lesionCount);
  for (let c = 0; c < found.count; c++) {
    volumes[found.lesion[c]] += found.pixels[c] * pixelAreaMm2 * volume.sliceIncrementsMm[found.slice[c]];
  }
  return volumes;
}

/**
 * Status of every lesion. A lesion with no slice-lesion of the minimum size is too small; one in a region of the marks is
 * assigned; of the others, one larger than `boneVolumeMm3` is bone, one outside the body is the table, one outside the
 * heart zone is excluded, and the rest are candidates. Without a zone the last two are not asked.
 */
export function classifyLesions(
  volume: Volume,
  found: SliceLesions,
  options: {
    readonly scores: readonly LesionScore[];
    readonly boneVolumeMm3: number;
    readonly zone: HeartZone | undefined;
  },
): LesionStatus[] {
  const sizes = lesionVolumesMm3(volume, found);
  const anchors = largestSliceLesions(found);
  const isInBody = options.zone === undefined ? undefined : bodyOfLesions(found, options.zone);
  return Array.from({ length: found.lesionCount }, (_, lesion): LesionStatus => {
    const anchor = anchors[lesion];
    const site = found.site[anchor] === -1 ? undefined : found.sites[found.site[anchor]];
    if (options.scores[lesion].slices === 0) {
      return { status: "excluded", reason: "too-small", ...(site === undefined ? {} : { site }) };
    }
    if (site !== undefined) return { status: "assigned", site };
    if (sizes[lesion] > options.boneVolumeMm3) return { status: "excluded", reason: "bone" };
    if (options.zone === undefined || isInBody === undefined) return { status: "candidate" };
    if (isInBody[lesion] === 0) return { status: "excluded", reason: "table" };
    return isInZone(volume, options.zone, { found, anchor })
      ? { status: "candidate" }
      : { status: "excluded", reason: "outside-heart" };
  });
}

/** For each lesion its slice-lesion with most pixels, the first of equals. */
export function largestSliceLesions(found: SliceLesions): Int32Array {
  const anchors = new Int32Array(found.lesionCount).fill(-1);
  for (let c = 0; c < found.count; c++) {
    const anchor = anchors[found.lesion[c]];
    if (anchor === -1 || found.pixels[c] > found.pixels[anchor]) anchors[found.lesion[c]] = c;
  }
  return anchors;
}

function isInZone(
  volume: Volume,
  zone: HeartZone,
  at: { readonly found: SliceLesions; readonly anchor: number },
): boolean {
  const column = at.found.centroidColumn[at.anchor];
  const line = at.found.slice[at.anchor] * volume.rows + Math.round(at.found.centroidRow[at.anchor]);
  return (
    zone.isAnterior[line] === 1 && zone.start[line] !== -1 && zone.start[line] <= column && zone.end[line] >= column
  );
}

/** Whether the first run of each lesion lies in the body: both lists are in scan order, so one walk finds the tissue run that holds it. */
function bodyOfLesions(found: SliceLesions, zone: HeartZone): Uint8Array {
  const { runs } = found;
  const { tissue } = zone;
  const isInBody = new Uint8Array(found.lesionCount);
  const isSeen = new Uint8Array(found.lesionCount);
  let t = 0;
  for (let r = 0; r < runs.count; r++) {
    const lesion = found.lesion[found.ofRun[r]];
    if (isSeen[lesion] === 1) continue;
    isSeen[lesion] = 1;
    while (t < tissue.count && endsBefore(tissue, t, { runs, r })) t++;
    isInBody[lesion] = t < tissue.count ? zone.isBody[t] : 0;
  }
  return isInBody;
}

function endsBefore(tissue: Runs, t: number, at: { readonly runs: Runs; readonly r: number }): boolean {
  const slices = tissue.slice[t] - at.runs.slice[at.r];
  if (slices !== 0) return slices < 0;
  const rows = tissue.row[t] - at.runs.row[at.r];
  if (rows !== 0) return rows < 0;
  return tissue.end[t] < at.runs.start[at.r];
}
