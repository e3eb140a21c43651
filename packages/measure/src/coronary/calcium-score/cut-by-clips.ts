import type { Runs } from "@etalon/kernels";
import type { Volume } from "@etalon/volume";
import { type ResolvedRegion, visitVoxelsInBox } from "../../region.ts";

/**
 * Runs of a volume that no region cuts, split where clip regions of one label begin or end: what `findBrightRuns` finds
 * with these regions, without reading the volume again. Slices without a clip region keep their runs.
 */
export function cutByClips(whole: Runs, regions: readonly ResolvedRegion[], volume: Volume): Runs {
  if (!regions.some(({ mode }) => mode === "clip")) return whole;
  const cuts = new Map<number, CutRuns>();
  let count = whole.count;
  for (const [slice, clips] of clipsBySlice(regions, volume)) {
    const cut = cutSlice(whole, { slice, columns: volume.columns, clips });
    cuts.set(slice, cut);
    count += cut.row.length - (whole.sliceOffsets[slice + 1] - whole.sliceOffsets[slice]);
  }
  const [slice, row, start, end] = [0, 1, 2, 3].map(() => new Int32Array(count));
  const region = new Uint16Array(count);
  const sliceOffsets = new Int32Array(whole.sliceOffsets.length);
  for (let z = 0; z + 1 < sliceOffsets.length; z++) {
    const at = sliceOffsets[z];
    const [from, to] = [whole.sliceOffsets[z], whole.sliceOffsets[z + 1]];
    const cut = cuts.get(z);
    row.set(cut?.row ?? whole.row.subarray(from, to), at);
    start.set(cut?.start ?? whole.start.subarray(from, to), at);
    end.set(cut?.end ?? whole.end.subarray(from, to), at);
    if (cut !== undefined) region.set(cut.region, at);
    sliceOffsets[z + 1] = at + (cut?.row.length ?? to - from);
    slice.fill(z, at, sliceOffsets[z + 1]);
  }
  return { count, slice, row, start, end, region, sliceOffsets };
}

/** The number that stands for each region's number, from 1: that of the first clip region with its label. */
export function firstOfLabel(regions: readonly ResolvedRegion[]): readonly number[] {
  const first = ({ label }: ResolvedRegion): number =>
    1 + regions.findIndex((region) => region.mode === "clip" && region.label === label);
  return [0, ...regions.map(first)];
}

/** By slice that a clip region reaches: the number of its label where it holds a voxel, else 0. Shape [y, x]. */
function clipsBySlice(regions: readonly ResolvedRegion[], volume: Volume): ReadonlyMap<number, Uint16Array> {
  const pixels = volume.rows * volume.columns;
  const firstOf = firstOfLabel(regions);
  const slices = new Map<number, Uint16Array>();
  regions.forEach((region, index) => {
    if (region.mode !== "clip") return;
    visitVoxelsInBox(volume, region.minLpsMm, {
      maxLpsMm: region.maxLpsMm,
      voxel: (voxel, lpsMm) => {
        if (!region.holds(lpsMm)) return true;
        const slice = Math.floor(voxel / pixels);
        const clips = slices.get(slice) ?? new Uint16Array(pixels);
        slices.set(slice, clips);
        clips[voxel - slice * pixels] = firstOf[index + 1];
        return true;
      },
    });
  });
  return slices;
}

type CutRuns = Readonly<Record<"row" | "start" | "end" | "region", readonly number[]>>;

function cutSlice(
  whole: Runs,
  { slice, columns, clips }: { readonly slice: number; readonly columns: number; readonly clips: Uint16Array },
): CutRuns {
  const cut = { row: [] as number[], start: [] as number[], end: [] as number[], region: [] as number[] };
  for (let r = whole.sliceOffsets[slice]; r < whole.sliceOffsets[slice + 1]; r++) {
    const base = whole.row[r] * columns;
    const last = whole.end[r];
    for (let first = whole.start[r]; first <= last; ) {
      const region = clips[base + first];
      let next = first + 1;
      while (next <= last && clips[base + next] === region) next++;
      cut.row.push(whole.row[r]);
      cut.start.push(first);
      cut.end.push(next - 1);
      cut.region.push(region);
      first = next;
    }
  }
  return cut;
}
