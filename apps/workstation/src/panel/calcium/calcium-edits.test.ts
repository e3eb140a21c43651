import type { Region, Result } from "@etalon/measure";
import { measurePhantom, outputValue } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { assignLesion, excludedCandidates, excludedLabel } from "./assign-lesion.ts";
import { candidateAt, type LesionMap, lesionMapOf, lpsOfVoxel, sliceAt } from "./lesion-map.ts";
import { paintLesions } from "./paint-lesions.ts";
import { beginStroke } from "./stroke-in-progress.ts";

/** Coarse and quick; lesions of several slices. */
const options = { columns: 256, rows: 256 } as const;

async function measured(regions: readonly Region[] | null): Promise<{ result: Result; map: LesionMap }> {
  const marks = regions === null ? null : { schema: "etalon.marks/2" as const, regions: [...regions] };
  const { result, located } = await measurePhantom({ ...options, marks });
  return { result, map: lesionMapOf(located, result.candidates) };
}

let plain: { result: Result; map: LesionMap };
let candidates: readonly number[];

beforeAll(async () => {
  plain = await measured(null);
  candidates = plain.result.candidates.flatMap(({ status }, at) => (status === "candidate" ? [at] : []));
});

/** A box around lesions, 2 mm beyond the middle of each. */
function boxAround(lesions: readonly number[]): Extract<Region["shape"], { kind: "box" }> {
  const middles = lesions.flatMap((at) =>
    (plain.map.partsOfCandidate.get(at) ?? []).map(({ slice, centroid }) =>
      lpsOfVoxel(plain.map.located, slice, centroid),
    ),
  );
  const edge = (axis: 0 | 1 | 2, pick: (...all: number[]) => number): number =>
    pick(...middles.map((point) => point[axis]));
  return {
    kind: "box",
    minLpsMm: [edge(0, Math.min) - 2, edge(1, Math.min) - 2, edge(2, Math.min) - 2],
    maxLpsMm: [edge(0, Math.max) + 2, edge(1, Math.max) + 2, edge(2, Math.max) + 2],
  };
}

const scoreOf = (at: number): number => Number(plain.result.candidates[at]?.measures["agatstonScore"]);

describe("a click on a lesion", () => {
  it("gives each proposed lesion its own score in the artery, all of them the score without marks", async () => {
    let regions: readonly Region[] = [];
    for (const [at, candidate] of candidates.entries()) {
      regions = assignLesion(regions, plain.map, { candidate, label: at % 2 === 0 ? "LAD" : "RCA" });
    }
    const { result } = await measured(regions);
    const even = candidates.filter((_, at) => at % 2 === 0).reduce((sum, at) => sum + scoreOf(at), 0);
    expect(outputValue(result, "agatston-score", { site: "LAD" })).toBeCloseTo(even, 9);
    expect(outputValue(result, "agatston-score")).toBeCloseTo(outputValue(plain.result, "agatston-score") ?? -1, 9);
  });

  it("moves a lesion to another artery, leaves it out, gives it back", () => {
    const [candidate = 0] = candidates;
    const first = assignLesion([], plain.map, { candidate, label: "LAD" });
    const moved = assignLesion(first, plain.map, { candidate, label: "LCX" });
    expect(moved.map(({ label }) => label)).toEqual(first.map(() => "LCX"));
    const left = assignLesion(moved, plain.map, { candidate, label: excludedLabel });
    expect(left).toMatchObject([{ label: excludedLabel, shape: { kind: "point" } }]);
    expect(excludedCandidates(left, plain.map)).toEqual(new Set([candidate]));
    expect(assignLesion(left, plain.map, { candidate, label: undefined })).toEqual([]);
  });

  it("takes one lesion out of a region that somebody drew around several", async () => {
    const all: Region = {
      id: "r1",
      label: "LAD",
      mode: "assign",
      shape: boxAround(candidates),
    };
    const before = await measured([all]);
    // The region cuts nothing: candidates are those of before, in their order.
    const [candidate = 0] = candidates;
    const regions = assignLesion([all], before.map, { candidate, label: "RCA" });
    const { result } = await measured(regions);
    expect(outputValue(result, "agatston-score", { site: "RCA" })).toBeCloseTo(scoreOf(candidate), 9);
    expect(outputValue(result, "agatston-score")).toBeCloseTo(outputValue(before.result, "agatston-score") ?? -1, 6);
  });

  it("finds the lesion under the pointer, and none where there is none", () => {
    const [candidate = 0] = candidates;
    const [part] = plain.map.partsOfCandidate.get(candidate) ?? [];
    if (part === undefined) throw new Error("a lesion without a part");
    expect(candidateAt(plain.map, { slice: part.slice, point: part.centroid, reachPx: 2 })).toBe(candidate);
    expect(candidateAt(plain.map, { slice: part.slice, point: [1, 1], reachPx: 2 })).toBeUndefined();
    expect(sliceAt(plain.map.located, lpsOfVoxel(plain.map.located, part.slice, part.centroid))).toBe(part.slice);
  });
});

describe("brush and eraser", () => {
  it("part a lesion between two arteries: the volumes are those of before", async () => {
    const largest = [...candidates].sort((a, b) => scoreOf(b) - scoreOf(a))[0] ?? 0;
    const parts = plain.map.partsOfCandidate.get(largest) ?? [];
    const part = [...parts].sort((a, b) => b.runs.length - a.runs.length)[0];
    if (part === undefined) throw new Error("a lesion without a part");
    const assigned = await measured(assignLesion([], plain.map, { candidate: largest, label: "LM" }));
    const [x, y] = [part.columns[0], (part.rows[0] + part.rows[1]) / 2];
    const stroke = { slice: part.slice, path: [[x, y - 9] as const, [x, y + 9] as const], radiusPx: 1, label: "LAD" };
    const regions = paintLesions(assigned.result.recipe.marks?.regions ?? [], assigned.map, stroke);
    const painted = await measured(regions);
    const volume = (result: Result, site?: string): number =>
      outputValue(result, "volume-score", site === undefined ? {} : { site }) ?? 0;
    expect(volume(painted.result, "LAD")).toBeGreaterThan(0);
    expect(volume(painted.result, "LM")).toBeGreaterThan(0);
    expect(volume(painted.result)).toBeCloseTo(volume(assigned.result), 6);
    const erased = paintLesions(regions, painted.map, { ...stroke, label: undefined });
    const { result } = await measured(erased);
    expect(volume(result, "LM")).toBeCloseTo(volume(painted.result, "LM"), 6);
    expect(volume(result)).toBeCloseTo(volume(painted.result, "LM"), 6);
  });

  it("give on the way what is painted up to there, and at the end what the whole stroke gives", () => {
    const [candidate = 0] = candidates;
    const [part] = plain.map.partsOfCandidate.get(candidate) ?? [];
    if (part === undefined) throw new Error("a lesion without a part");
    const [x, y] = part.centroid;
    const path = Array.from({ length: 9 }, (_, at) => [x - 8 + 2 * at, y] as const);
    const whole = { slice: part.slice, path, radiusPx: 1.5, label: "RCA" };
    const before = assignLesion([], plain.map, { candidate, label: "LM" });
    const stroke = beginStroke(before, plain.map, "stroke 1");
    expect(stroke.paint({ ...whole, path: path.slice(0, 1) })).toBeUndefined();
    const some = stroke.paint({ ...whole, path: path.slice(0, 5) });
    expect(some?.some(({ label }) => label === "RCA")).toBe(true);
    expect(stroke.paint({ ...whole, path: path.slice(0, 5) })).toBeUndefined();
    expect(stroke.paint(whole) ?? some).toEqual(paintLesions(before, plain.map, whole));
  });

  it("change nothing where there is no calcium", () => {
    const regions: readonly Region[] = [];
    expect(paintLesions(regions, plain.map, { slice: 0, path: [[1, 1]], radiusPx: 3, label: "LAD" })).toBe(regions);
  });
});
