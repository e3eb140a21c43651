import type { Runs } from "./runs.ts";

/** Neighbourhood in the plane: 4 shares an edge, 8 an edge or a corner. */
export type PlaneConnectivity = 4 | 8;

/** A partition of runs into connected components, numbered from 0 in scan order of their first run. */
export interface RunLabels {
  readonly count: number;
  /** Component of each run. */
  readonly labels: Int32Array;
}

/**
 * Connected components within each slice. Runs of different regions are never joined.
 *
 * Union-find with path halving over runs; the smaller root wins, so numbering follows scan order.
 */
export function labelRunsInPlane(runs: Runs, connectivity: PlaneConnectivity): RunLabels {
  const parents = identity(runs.count);
  const reach = connectivity === 8 ? 1 : 0;
  for (let z = 0; z + 1 < runs.sliceOffsets.length; z++) {
    joinRows(runs, parents, { from: runs.sliceOffsets[z], to: runs.sliceOffsets[z + 1], reach, groups: runs.region });
  }
  return number(parents);
}

/**
 * 26-connected components across slices. `groups`, when given, names a group per run, and runs of different groups are
 * never joined.
 */
export function labelRunsInSpace(runs: Runs, groups?: Int32Array): RunLabels {
  const parents = identity(runs.count);
  const groupOfRun = groups ?? runs.region;
  const slices = runs.sliceOffsets.length - 1;
  for (let z = 0; z < slices; z++) {
    const from = runs.sliceOffsets[z];
    const to = runs.sliceOffsets[z + 1];
    joinRows(runs, parents, { from, to, reach: 1, groups: groupOfRun });
    if (z > 0) joinSlices(runs, parents, { above: runs.sliceOffsets[z - 1], from, to, groups: groupOfRun });
  }
  return number(parents);
}

/** Runs from `from` to `to` of a slice, and the group of every run: runs of different groups are never joined. */
interface RunWindow {
  readonly from: number;
  readonly to: number;
  readonly groups: Int32Array | Uint16Array;
}

function joinRows(runs: Runs, parents: Int32Array, window: RunWindow & { readonly reach: number }): void {
  const { row, start, end } = runs;
  const { from, to, reach, groups } = window;
  let p = from;
  for (let r = from; r < to; r++) {
    while (p < r && row[p] < row[r] - 1) p++;
    // A run of the row before may reach several runs of this one: rewind is avoided by never passing a run that still can.
    while (p < r && row[p] === row[r] - 1 && end[p] + reach < start[r]) p++;
    for (let q = p; q < r && row[q] === row[r] - 1 && start[q] <= end[r] + reach; q++) {
      if (end[q] + reach < start[r]) continue;
      if (groups[q] === groups[r]) unite(parents, q, r);
    }
    const left = r - 1;
    if (left >= from && row[left] === row[r] && end[left] + 1 === start[r]) {
      if (groups[left] === groups[r]) unite(parents, left, r);
    }
  }
}

function joinSlices(runs: Runs, parents: Int32Array, window: RunWindow & { readonly above: number }): void {
  const { row, start, end } = runs;
  const { groups } = window;
  // One place in each of the rows before, beside and after in the slice above; as runs come in scan order, none goes back.
  const places = new Int32Array(3).fill(window.above);
  for (let r = window.from; r < window.to; r++) {
    for (let shift = 0; shift < 3; shift++) {
      const line = row[r] + shift - 1;
      let p = places[shift];
      while (p < window.from && (row[p] < line || (row[p] === line && end[p] + 1 < start[r]))) p++;
      places[shift] = p;
      for (let q = p; q < window.from && row[q] === line && start[q] <= end[r] + 1; q++) {
        if (groups[q] === groups[r]) unite(parents, q, r);
      }
    }
  }
}

function identity(count: number): Int32Array {
  const parents = new Int32Array(count);
  for (let i = 0; i < count; i++) parents[i] = i;
  return parents;
}

function root(parents: Int32Array, run: number): number {
  let i = run;
  while (parents[i] !== i) {
    parents[i] = parents[parents[i]];
    i = parents[i];
  }
  return i;
}

function unite(parents: Int32Array, a: number, b: number): void {
  const first = root(parents, a);
  const second = root(parents, b);
  if (first < second) parents[second] = first;
  else if (second < first) parents[first] = second;
}

function number(parents: Int32Array): RunLabels {
  const labels = new Int32Array(parents.length);
  let count = 0;
  for (let i = 0; i < parents.length; i++) {
    const top = root(parents, i);
    labels[i] = top === i ? count++ : labels[top];
  }
  return { count, labels };
}
