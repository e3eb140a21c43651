import type { CandidateRuns, Region } from "@etalon/measure";
import { measurePhantom } from "@etalon/testing";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { emptyDraft } from "../../marks/reading-draft.ts";
import { dot } from "../../picture/plane.ts";
import { actionNames } from "../../reading/hotkeys.ts";
import type { PictureStack } from "../../reading/picture-stacks.ts";
import type { Room } from "../../reading/room-context.ts";
import { createRoomStore } from "../../reading/room-store.ts";
import { madeStack } from "../../reading/testing/made-stack.ts";
import type { Reading } from "../reading-context.ts";
import { arteryColour, lesionLabels } from "./arteries.ts";
import { assignLesion, excludedLabel } from "./assign-lesion.ts";
import { isMeasured } from "./is-measured.ts";
import { placeOfLesion, stepLesion } from "./jump-to-lesion.ts";
import { arteryActions, runLesionAction } from "./lesion-actions.ts";
import { type LesionMap, lesionMapOf } from "./lesion-map.ts";
import { lesionRows } from "./lesion-rows.ts";
import { outlineOfPart } from "./outline-of-part.ts";

let map: LesionMap;
let stack: PictureStack;

beforeAll(async () => {
  const { result, located } = await measurePhantom({ columns: 256, rows: 256, marks: null });
  map = lesionMapOf(located, result.candidates);
  const { grid } = located;
  const made = madeStack({ id: "1.2.3", slices: grid.slices, spacingMm: 1 });
  const pictures = made.pictures.map((picture, at) => {
    const o = grid.sliceOriginsLpsMm;
    const originLpsMm = [o[3 * at] ?? 0, o[3 * at + 1] ?? 0, o[3 * at + 2] ?? 0] as const;
    const { rowDirection, columnDirection, rowSpacingMm, columnSpacingMm, rows, columns } = grid;
    const spacingMm = [rowSpacingMm, columnSpacingMm] as const;
    const plane = { ...picture.plane, originLpsMm, rowDirection, columnDirection, spacingMm };
    return { ...picture, header: { ...picture.header, rows, columns }, plane };
  });
  // From the head down, as the room shows axial slices. A place is all that is asked of the ledger's stack here.
  stack = { ...made, pictures: pictures.reverse(), stack: {} as NonNullable<PictureStack["stack"]> };
});

/** A reading in which nothing but the lesions is at work. */
function readingOf(regions: readonly Region[] | null, selected?: number) {
  const lesions = {
    ...{ tool: "off" as const, artery: "LAD", radiusMm: 2, selected },
    ...{ setTool: vi.fn(), setArtery: vi.fn(), setRadiusMm: vi.fn(), select: vi.fn() },
  };
  const roles = [{ chosen: stack }];
  // What is left out here is asked for by no lesion.
  const reading = { draft: { ...emptyDraft, regions }, map, roles, lesions } as unknown as Reading;
  return { reading, lesions };
}

function roomOf(stacks: readonly PictureStack[]): Room {
  const store = createRoomStore();
  return { stacks, store, dispatch: store.dispatch } as unknown as Room;
}

describe("the map of a result after another one", () => {
  const copy = (located: CandidateRuns): CandidateRuns => structuredClone(located);

  test("takes parts over whose voxels and candidate are the same", () => {
    const next = lesionMapOf(copy(map.located), map.candidates, map);
    expect(next.parts).toEqual(map.parts);
    expect(next.parts.every((part, at) => part === map.parts[at])).toBe(true);
  });

  test("is the map made anew where candidates or voxels went elsewhere", () => {
    const renamed = { ...copy(map.located), candidate: map.located.candidate.map((candidate) => candidate + 1) };
    const [, ...others] = map.located.part.keys();
    const run = (values: Int32Array) => Int32Array.from(others, (at) => values[at] ?? 0);
    const { slice, row, start, end, candidate, part } = map.located;
    const fewer = {
      ...{ grid: map.located.grid, slice: run(slice), row: run(row), start: run(start), end: run(end) },
      ...{ candidate: run(candidate), part: run(part) },
    };
    const thinner = { ...map.located, grid: { ...map.located.grid, rowSpacingMm: 0.25 } };
    for (const located of [renamed, fewer, thinner]) {
      expect(lesionMapOf(located, map.candidates, map)).toEqual(lesionMapOf(located, map.candidates));
    }
  });
});

describe("the list of lesions", () => {
  test("has what was proposed from the head down, each with its score", () => {
    const rows = lesionRows(readingOf(null).reading, map);
    expect(rows.map(({ candidate }) => candidate).sort()).toEqual(
      map.candidates.flatMap(({ status }, at) => (status === "excluded" ? [] : [at])).sort(),
    );
    const heights = rows.map(({ centreLpsMm }) => centreLpsMm[2]);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    for (const { score, volumeMm3 } of rows) expect(Math.min(score, volumeMm3)).toBeGreaterThan(0);
  });

  test("leads to the picture whose plane is nearest to the lesion's middle", () => {
    const { reading } = readingOf(null);
    for (const row of lesionRows(reading, map)) {
      const place = placeOfLesion(row, reading, { stacks: [stack] });
      const shown = stack.pictures[place?.index ?? -1];
      expect(place?.stackId).toBe(stack.id);
      // A middle lies in the plane of its slice.
      expect(dot(shown?.plane.originLpsMm ?? [0, 0, 0], [0, 0, 1])).toBeCloseTo(row.centreLpsMm[2], 6);
    }
  });

  test("leads nowhere where the series that was measured is not shown", () => {
    const { reading } = readingOf(null);
    const [row] = lesionRows(reading, map);
    if (row === undefined) throw new Error("a phantom without lesions");
    expect(placeOfLesion(row, reading, { stacks: [] })).toBeUndefined();
    expect(placeOfLesion(row, reading, { stacks: [{ ...stack, stack: undefined }] })).toBeUndefined();
  });
});

describe("going on to the next lesion", () => {
  test("goes through those nobody decided on in a ring, down and up", () => {
    const rows = lesionRows(readingOf(null).reading, map);
    const [first, second] = rows;
    const last = rows.at(-1);
    const chosen = (step: 1 | -1, selected?: number, regions: readonly Region[] | null = null) => {
      const { reading, lesions } = readingOf(regions, selected);
      const room = roomOf([stack]);
      stepLesion(step, reading, room);
      expect(room.store.now().cells[0]?.stackId).toBe(stack.id);
      return lesions.select.mock.calls[0]?.[0];
    };
    expect(chosen(1)).toBe(first?.candidate);
    expect(chosen(1, first?.candidate)).toBe(second?.candidate);
    expect(chosen(1, last?.candidate)).toBe(first?.candidate);
    expect(chosen(-1, first?.candidate)).toBe(last?.candidate);
    expect(chosen(-1, second?.candidate)).toBe(first?.candidate);
    const decided = assignLesion([], map, { candidate: second?.candidate ?? -1, label: excludedLabel });
    expect(chosen(1, first?.candidate, decided)).toBe(rows[2]?.candidate);
  });

  test("goes through all where all are decided", () => {
    const rows = lesionRows(readingOf(null).reading, map);
    const all = rows.reduce<readonly Region[]>(
      (regions, { candidate }) => assignLesion(regions, map, { candidate, label: excludedLabel }),
      [],
    );
    const { reading, lesions } = readingOf(all, rows[0]?.candidate);
    stepLesion(1, reading, roomOf([stack]));
    expect(lesions.select).toHaveBeenCalledWith(rows[1]?.candidate);
  });

  test("goes nowhere before anything was measured", () => {
    const room = roomOf([stack]);
    stepLesion(1, undefined, room);
    stepLesion(1, { ...readingOf(null).reading, map: undefined }, room);
    expect(room.store.now().cells[0]?.stackId).toBeUndefined();
  });
});

describe("keys of lesions", () => {
  test("choose labels and tools, and go on; other keys are not theirs", () => {
    const { reading, lesions } = readingOf(null);
    const jump = vi.fn();
    const theirs = actionNames.filter((name) => runLesionAction(name, reading, jump));
    expect(theirs).toHaveLength(lesionLabels.length + 3 + 2);
    expect(lesions.setArtery.mock.calls.flat()).toEqual(["LM", "LAD", "LCX", "RCA", excludedLabel]);
    expect(lesions.setTool.mock.calls.flat()).toEqual(["assign", "brush", "eraser"]);
    expect(jump.mock.calls.flat()).toEqual([1, -1]);
  });

  test("are nobody's before anything was measured", () => {
    const { reading } = readingOf(null);
    for (const name of Object.values(arteryActions)) {
      expect(runLesionAction(name, { ...reading, map: undefined }, () => {})).toBe(false);
      expect(runLesionAction(name, undefined, () => {})).toBe(false);
    }
  });

  test("each label has a colour of its own, and so have others and none", () => {
    const colours = [...lesionLabels, "somebody-else", undefined].map(arteryColour);
    expect(new Set(colours).size).toBe(colours.length);
  });
});

test("lesions are drawn on the pictures of the measured grid, and on no others", () => {
  const { reading } = readingOf(null);
  const [picture] = stack.pictures;
  if (picture === undefined) throw new Error("a stack without a picture");
  expect(isMeasured(picture, reading)).toBe(true);
  const { plane, header } = picture;
  for (const other of [
    { ...picture, header: { ...header, seriesInstanceUid: "9" } },
    { ...picture, header: { ...header, rows: header.rows + 1 } },
    { ...picture, plane: { ...plane, rowDirection: [0, 1, 0] as const } },
    { ...picture, plane: { ...plane, spacingMm: [plane.spacingMm[0] * 2, plane.spacingMm[1]] as const } },
  ]) {
    expect(isMeasured(other, reading)).toBe(false);
  }
  expect(isMeasured(picture, { ...reading, map: undefined })).toBe(false);
});

describe("the outline of a part", () => {
  /** The unit edges of a path of h and v strokes, each by its ends. */
  function edgesOf(path: string): readonly string[] {
    return [...path.matchAll(/M([-\d.]+) ([-\d.]+)([hv])([\d.]+)/g)].flatMap(([, x, y, way, length]) =>
      Array.from({ length: Number(length) }, (_, at) => {
        const [left, top] = [Number(x) + (way === "h" ? at : 0), Number(y) + (way === "v" ? at : 0)];
        return `${left} ${top} ${way}`;
      }),
    );
  }

  /** The edges between a pixel that belongs and one that does not. */
  function borderOf(pixels: ReadonlySet<string>): readonly string[] {
    const edges: string[] = [];
    for (const pixel of pixels) {
      const [x = 0, y = 0] = pixel.split(" ").map(Number);
      if (!pixels.has(`${x - 1} ${y}`)) edges.push(`${x - 0.5} ${y - 0.5} v`);
      if (!pixels.has(`${x + 1} ${y}`)) edges.push(`${x + 0.5} ${y - 0.5} v`);
      if (!pixels.has(`${x} ${y - 1}`)) edges.push(`${x - 0.5} ${y - 0.5} h`);
      if (!pixels.has(`${x} ${y + 1}`)) edges.push(`${x - 0.5} ${y + 0.5} h`);
    }
    return edges;
  }

  test("is every edge between a pixel of it and another, once", () => {
    const size = 7;
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: size * size, maxLength: size * size }), (field) => {
        const [row, start, end]: [number[], number[], number[]] = [[], [], []];
        const pixels = new Set<string>();
        for (const [index, isIn] of field.entries()) {
          if (!isIn) continue;
          const [x, y] = [index % size, Math.floor(index / size)];
          pixels.add(`${x} ${y}`);
          if (x > 0 && field[index - 1] === true) end[end.length - 1] = x;
          else {
            row.push(y);
            start.push(x);
            end.push(x);
          }
        }
        // An outline asks for no more than where runs lie.
        const located = { row, start, end } as unknown as CandidateRuns;
        const part = { candidate: 0, slice: 0, runs: [...row.keys()], centroid: [0, 0] as const };
        const path = outlineOfPart(located, { ...part, columns: [0, size], rows: [0, size] });
        expect([...edgesOf(path)].sort()).toEqual([...borderOf(pixels)].sort());
      }),
    );
  });
});
