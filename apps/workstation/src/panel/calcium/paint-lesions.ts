import { type Region, resolveAnalyticRegion } from "@etalon/measure";
import type { PixelPoint } from "../../picture/plane.ts";
import { claimedBy, exactRegions, regionsOfRuns, runsOf, withoutLesions } from "./assign-lesion.ts";
import { type LesionMap, type LesionPart, lpsOfVoxel } from "./lesion-map.ts";
import type { VoxelRun } from "./voxel-boxes.ts";

/** A stroke of the brush over one slice. */
export interface Stroke {
  readonly slice: number;
  /** Where the brush went, columns and rows. */
  readonly path: readonly PixelPoint[];
  readonly radiusPx: number;
  /** The artery that is painted; absent for the eraser. */
  readonly label: string | undefined;
}

/**
 * The regions after a stroke: what it covers of the calcium is in the artery that is painted, or in none. The rest of each
 * lesion that it touches stays where it was. The same regions where nothing changes.
 */
export function paintLesions(regions: readonly Region[], map: LesionMap, stroke: Stroke): readonly Region[] {
  const isNear = nearStroke(stroke);
  const parts = (map.partsOfSlice.get(stroke.slice) ?? []).filter(
    (part) => isNear(part) && map.candidates[part.candidate]?.site !== stroke.label,
  );
  const isTouched = (voxel: PixelPoint): boolean => isUnder(stroke, voxel);
  const touched = parts.flatMap((part) => {
    const runs = runsOf(map)(part).flatMap((run) => split(run, isTouched).inside);
    return runs.length === 0 ? [] : [{ candidate: part.candidate, runs }];
  });
  const painted = touched.flatMap(({ runs }) => runs);
  const candidates = new Set(touched.map(({ candidate }) => candidate));
  if (painted.length === 0) return regions;
  let made = [...withoutLesions(regions, map, candidates).rest];
  for (const candidate of candidates) {
    const site = map.candidates[candidate]?.site;
    if (site === undefined) continue;
    const kept = (map.partsOfCandidate.get(candidate) ?? [])
      .flatMap(runsOf(map))
      .flatMap((run) => (run.slice === stroke.slice ? split(run, isTouched).outside : [run]));
    made.push(...regionsOfRuns(made, map, { runs: kept, label: site }));
  }
  const { label } = stroke;
  if (label === undefined) return made;
  made = [...withRoom(made, map, painted)];
  return [...made, ...regionsOfRuns(made, map, { runs: painted, label })];
}

/** Regions around other lesions that reach over these voxels are drawn closer around their own: no voxel is in two regions. */
function withRoom(regions: readonly Region[], map: LesionMap, runs: readonly VoxelRun[]): readonly Region[] {
  const made: Region[] = [];
  for (const region of regions) {
    const resolved = region.mode === "assign" ? resolveAnalyticRegion(region) : undefined;
    const isOver =
      resolved !== undefined &&
      runs.some(({ slice, row, start, end }) => {
        for (let column = start; column <= end; column++) {
          if (resolved.holds(lpsOfVoxel(map.located, slice, [column, row]))) return true;
        }
        return false;
      });
    if (!isOver) made.push(region);
    else made.push(...exactRegions(made, map, { candidates: [...claimedBy(region, map)], label: region.label }));
  }
  return made;
}

/** Whether the brush could have gone over a part: most of a slice is far away from any stroke. */
function nearStroke({ path, radiusPx }: Stroke): (part: Pick<LesionPart, "columns" | "rows">) => boolean {
  const [xs, ys] = [path.map(([x]) => x), path.map(([, y]) => y)];
  const [left, right] = [Math.min(...xs) - radiusPx, Math.max(...xs) + radiusPx];
  const [top, bottom] = [Math.min(...ys) - radiusPx, Math.max(...ys) + radiusPx];
  return ({ columns, rows }) => columns[1] >= left && columns[0] <= right && rows[1] >= top && rows[0] <= bottom;
}

/** Whether the brush went over a voxel: its centre lies no farther than the radius from the path. */
function isUnder({ path, radiusPx }: Stroke, [x, y]: PixelPoint): boolean {
  return path.some(([ax, ay], at) => {
    const [bx, by] = path[at + 1] ?? [ax, ay];
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
    return Math.hypot(x - ax - t * dx, y - ay - t * dy) <= radiusPx;
  });
}

function split(
  { slice, row, start, end }: VoxelRun,
  isInside: (voxel: PixelPoint) => boolean,
): { readonly inside: readonly VoxelRun[]; readonly outside: readonly VoxelRun[] } {
  const sides: { inside: VoxelRun[]; outside: VoxelRun[] } = { inside: [], outside: [] };
  for (let first = start; first <= end; ) {
    const isIn = isInside([first, row]);
    let next = first + 1;
    while (next <= end && isInside([next, row]) === isIn) next++;
    sides[isIn ? "inside" : "outside"].push({ slice, row, start: first, end: next - 1 });
    first = next;
  }
  return sides;
}
