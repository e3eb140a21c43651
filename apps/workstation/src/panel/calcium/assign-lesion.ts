import { type Region, type ResolvedRegion, resolveAnalyticRegion } from "@etalon/measure";
import { type LesionMap, type LesionPart, lpsOfVoxel, sliceAt } from "./lesion-map.ts";
import { boxesOfRuns, shapeOfBox, type VoxelRun } from "./voxel-boxes.ts";

/** Label of a click that says: looked at, no coronary calcium. It takes part in no score, and stays in the marks. */
export const excludedLabel = "excluded";

/** What can be said of a lesion: an artery, that it is none, or nothing again. */
export type LesionLabel = string | typeof excludedLabel | undefined;

/** The regions after a lesion was given to an artery, left out, or given back. */
export function assignLesion(
  regions: readonly Region[],
  map: LesionMap,
  { candidate, label }: { readonly candidate: number; readonly label: LesionLabel },
): readonly Region[] {
  const free = withoutLesions(regions, map, new Set([candidate]));
  if (label === undefined) return free.rest;
  if (label === excludedLabel) return [...free.rest, excludingPoint(free.rest, map, candidate)];
  // What was painted keeps its shape in another artery.
  if (free.own.length > 0) return [...free.rest, ...free.own.map((region) => ({ ...region, label }))];
  return [...free.rest, ...regionsOfLesion(free.rest, map, { candidate, label })];
}

/** The candidates that clicks leave out. */
export function excludedCandidates(regions: readonly Region[], map: LesionMap): ReadonlySet<number> {
  return new Set(regions.flatMap((region) => candidateOfPoint(region, map) ?? []));
}

/**
 * Regions as they stand without some lesions: those that claim none of them (`rest`, with those cut out that claim others,
 * too), and those that claim nothing else (`own`).
 */
export function withoutLesions(
  regions: readonly Region[],
  map: LesionMap,
  lesions: ReadonlySet<number>,
): { readonly rest: readonly Region[]; readonly own: readonly Region[] } {
  const rest: Region[] = [];
  const own: Region[] = [];
  for (const region of regions) {
    if (region.shape.kind === "point") {
      const candidate = candidateOfPoint(region, map);
      if (candidate === undefined || !lesions.has(candidate)) rest.push(region);
      continue;
    }
    const claimed = claimedBy(region, map);
    const others = [...claimed].filter((candidate) => !lesions.has(candidate));
    if (others.length === claimed.size) rest.push(region);
    else if (others.length === 0) own.push(region);
    else {
      for (const candidate of others)
        rest.push(...exactRegions(rest, map, { candidates: [candidate], label: region.label }));
    }
  }
  return { rest, own };
}

/** Regions that hold exactly the voxels of lesions, cut out. */
export function exactRegions(
  regions: readonly Region[],
  map: LesionMap,
  { candidates, label }: { readonly candidates: readonly number[]; readonly label: string },
): readonly Region[] {
  const runs = candidates.flatMap((candidate) => (map.partsOfCandidate.get(candidate) ?? []).flatMap(runsOf(map)));
  return regionsOfRuns(regions, map, { runs, label });
}

/** Regions that hold exactly the voxels of runs, cut out. */
export function regionsOfRuns(
  regions: readonly Region[],
  map: LesionMap,
  { runs, label }: { readonly runs: readonly VoxelRun[]; readonly label: string },
): readonly Region[] {
  const made: Region[] = [];
  for (const box of boxesOfRuns(runs)) {
    const id = freeId([...regions, ...made], label);
    made.push({ id, label, mode: "clip", shape: shapeOfBox(map.located, [box]) });
  }
  return made;
}

/** The runs of a part. */
export function runsOf({ located }: LesionMap): (part: LesionPart) => readonly VoxelRun[] {
  return ({ slice, runs }) =>
    runs.map((run) => ({
      slice,
      row: located.row[run] ?? 0,
      start: located.start[run] ?? 0,
      end: located.end[run] ?? 0,
    }));
}

/** The candidates that a region takes voxels of, or would if they were large enough. */
export function claimedBy(region: Region, map: LesionMap): ReadonlySet<number> {
  const resolved = resolveAnalyticRegion(region);
  if (resolved === undefined) return new Set();
  const holds = region.mode === "assign" ? holdsCentroid(resolved, map) : holdsVoxel(resolved, map);
  const near = map.parts.filter((part) => meets(resolved, boxOf(part, map)));
  return new Set(near.filter(holds).map(({ candidate }) => candidate));
}

type Box = Pick<ResolvedRegion, "minLpsMm" | "maxLpsMm">;

/** Boxes of the parts of maps, which every region is held against, by the runs of the part. */
const boxes = new WeakMap<LesionPart["runs"], Box>();

function boxOf(part: LesionPart, { located }: LesionMap): Box {
  const known = boxes.get(part.runs);
  if (known !== undefined) return known;
  const box = shapeOfBox(located, [part]);
  boxes.set(part.runs, box);
  return box;
}

function meets({ minLpsMm: a, maxLpsMm: b }: Box, { minLpsMm: c, maxLpsMm: d }: Box): boolean {
  return a[0] <= d[0] && c[0] <= b[0] && a[1] <= d[1] && c[1] <= b[1] && a[2] <= d[2] && c[2] <= b[2];
}

function holdsCentroid(resolved: ResolvedRegion, map: LesionMap): (part: LesionPart) => boolean {
  return ({ slice, centroid }) => resolved.holds(lpsOfVoxel(map.located, slice, centroid));
}

function holdsVoxel(resolved: ResolvedRegion, map: LesionMap): (part: LesionPart) => boolean {
  return (part) =>
    runsOf(map)(part).some(({ slice, row, start, end }) => {
      for (let column = start; column <= end; column++) {
        if (resolved.holds(lpsOfVoxel(map.located, slice, [column, row]))) return true;
      }
      return false;
    });
}

/** One box around a lesion where it holds nothing else, else exactly its voxels. */
function regionsOfLesion(
  regions: readonly Region[],
  map: LesionMap,
  { candidate, label }: { readonly candidate: number; readonly label: string },
): readonly Region[] {
  const parts = map.partsOfCandidate.get(candidate) ?? [];
  if (parts.length === 0) return [];
  const shape = shapeOfBox(map.located, parts);
  const whole: Region = { id: freeId(regions, label), label, mode: "assign", shape };
  const claimed = claimedBy(whole, map);
  const others = regions.flatMap((region) => resolveAnalyticRegion(region) ?? []);
  const isFree = !others.some((other) => meets(other, shape));
  if (claimed.size === 1 && isFree && parts.every(holdsCentroidOf(whole, map))) return [whole];
  return exactRegions(regions, map, { candidates: [candidate], label });
}

function holdsCentroidOf(region: Region, map: LesionMap): (part: LesionPart) => boolean {
  const resolved = resolveAnalyticRegion(region);
  return resolved === undefined ? () => false : holdsCentroid(resolved, map);
}

function excludingPoint(regions: readonly Region[], map: LesionMap, candidate: number): Region {
  const [part] = map.partsOfCandidate.get(candidate) ?? [];
  const [run] = part === undefined ? [] : runsOf(map)(part);
  const pointLpsMm =
    run === undefined ? ([0, 0, 0] as const) : lpsOfVoxel(map.located, run.slice, [run.start, run.row]);
  const id = freeId(regions, excludedLabel);
  return { id, label: excludedLabel, mode: "assign", shape: { kind: "point", pointLpsMm: [...pointLpsMm] } };
}

function candidateOfPoint({ label, shape }: Region, map: LesionMap): number | undefined {
  if (shape.kind !== "point" || label !== excludedLabel) return undefined;
  const slice = sliceAt(map.located, shape.pointLpsMm);
  if (slice === undefined) return undefined;
  const near = (map.partsOfSlice.get(slice) ?? []).find((part) =>
    runsOf(map)(part).some(({ row, start }) => {
      const [x, y, z] = lpsOfVoxel(map.located, slice, [start, row]);
      const [px, py, pz] = shape.pointLpsMm;
      return Math.hypot(x - px, y - py, z - pz) < 1e-3;
    }),
  );
  return near?.candidate;
}

/** "LAD-3": the first number that no region of this label has. */
function freeId(regions: readonly Region[], label: string): string {
  const taken = new Set(regions.map(({ id }) => id));
  for (let number = 1; ; number++) if (!taken.has(`${label}-${number}`)) return `${label}-${number}`;
}
