import { expect, test, vi } from "vitest";
import { apply, emptyLog } from "../marks/marks-log.ts";
import type { Picture } from "../picture/picture.ts";
import type { StackView } from "../viewport/view.ts";
import { type ActionName, actionNames } from "./hotkeys.ts";
import type { PictureStack } from "./picture-stacks.ts";
import type { Room } from "./room-context.ts";
import { createRoomStore } from "./room-store.ts";
import { runAction, runPreset } from "./run-action.ts";
import { madeStack } from "./testing/made-stack.ts";

vi.mock("../viewport/picture-store.ts", () => ({
  loadedPicture: ({ id }: Picture) => (id === "1.1.0/1" ? { min: -1024, max: 3071 } : undefined),
}));

const phases = { name: "temporalPositionIndex", unit: "1", coordinates: [1, 2, 3] } as const;
const echoes = { name: "echoTimeMs", unit: "ms", coordinates: [2.5, 5] } as const;
const plain = madeStack({ id: "1.1", slices: 4, spacingMm: 5 });
const cine = madeStack({ id: "1.3", slices: 2, spacingMm: 8, modality: "MR", axes: [phases, echoes] });

/** A room that does what it is asked, and notes what it asks of views and marks. */
function madeRoom(stacks: readonly PictureStack[]): { readonly room: Room; readonly asked: string[] } {
  const store = createRoomStore();
  const asked: string[] = [];
  const note =
    (name: string) =>
    (...given: unknown[]): void => {
      asked.push([name, ...given.map((one) => JSON.stringify(one) ?? "nothing")].join(" "));
    };
  const view: StackView = {
    state: () => undefined,
    goTo: async () => {},
    ...{ setRange: note("setRange"), panBy: note("panBy"), zoomBy: note("zoomBy"), fit: note("fit") },
    ...{ resize: note("resize"), destroy: note("destroy"), turn: note("turn"), flip: note("flip") },
    ...{ invert: note("invert"), reset: note("reset") },
  };
  const mark = { id: "m", kind: "length", pictureId: "1.1.0/1", seriesInstanceUid: "1.1", points: [] } as const;
  const study = { studyInstanceUid: "1.2" } as NonNullable<Room["open"]["study"]>;
  const room: Room = {
    open: { study, series: [], isLoading: false, error: undefined },
    stacks,
    store,
    dispatch: store.dispatch,
    marks: {
      log: apply(emptyLog, { kind: "add", mark }),
      selected: "m",
      ...{ select: note("select"), run: note("run"), undo: note("undo"), redo: note("redo") },
      ...{ remove: ({ id }) => note("remove")(id), load: note("load") },
    },
    goTo: (cell, index) => store.dispatch({ kind: "indexes", indexes: new Map([[cell, index]]) }),
    prior: { others: [], chosen: undefined, choose: () => {}, open: undefined },
    views: new Map([[0, view]]),
    hasShown: true,
    tellShown: () => {},
    stackOf: (cell) => stacks.find(({ id }) => id === store.now().cells[cell]?.stackId),
  };
  const [first] = stacks;
  if (first !== undefined) store.dispatch({ kind: "show", cell: 0, stackId: first.id });
  return { room, asked };
}

/** The index of the active viewport after each of some actions. */
function indexesAfter(room: Room, names: readonly ActionName[]): readonly (number | undefined)[] {
  return names.map((name) => {
    expect(runAction(name, room)).toBe(true);
    return room.store.now().cells[room.store.now().active]?.index;
  });
}

test("scrolling stops at the first and at the last slice", () => {
  const { room } = madeRoom([plain]);
  expect(indexesAfter(room, ["nextImage", "lastImage", "nextImage", "previousImage", "firstImage"])).toEqual([
    1, 3, 3, 2, 0,
  ]);
});

test("time is the axis that a cine plays along, the other one the point", () => {
  const { room } = madeRoom([cine]);
  // The last axis is the fastest: one phase is two echoes further, one slice six pictures.
  expect(indexesAfter(room, ["nextTime", "nextPoint", "nextImage", "previousTime", "previousPoint"])).toEqual([
    2, 3, 9, 7, 6,
  ]);
});

test("of a stack without the axis asked for nothing moves", () => {
  const { room } = madeRoom([plain]);
  expect(indexesAfter(room, ["nextTime", "nextPoint"])).toEqual([0, 0]);
});

test("an empty viewport takes what moves images, and shows none", () => {
  const { room } = madeRoom([]);
  expect(indexesAfter(room, ["nextImage", "nextTime", "nextSeries"])).toEqual([0, 0, 0]);
  expect(room.store.now().cells[0]?.stackId).toBeUndefined();
});

test("viewports are gone through in a ring", () => {
  const { room } = madeRoom([plain]);
  room.dispatch({ kind: "layout", layout: "2x1" });
  const active = (["nextViewport", "nextViewport", "previousViewport"] as const).map((name) => {
    runAction(name, room);
    return room.store.now().active;
  });
  expect(active).toEqual([1, 0, 1]);
});

test("series follow each other and end at the first and the last", () => {
  const { room } = madeRoom([plain, cine]);
  const shown = (["nextSeries", "nextSeries", "previousSeries", "previousSeries"] as const).map((name) => {
    runAction(name, room);
    return room.store.now().cells[0]?.stackId;
  });
  expect(shown).toEqual(["1.3", "1.3", "1.1", "1.1"]);
});

test("the ways to hang a study follow each other in a ring; from none of them the first is next", () => {
  // Of two stacks: the larger alone, then both beside each other.
  const { room } = madeRoom([madeStack({ id: "1.9", slices: 2, spacingMm: 1 }), plain]);
  const shown = (["nextStage", "nextStage", "nextStage", "previousStage"] as const).map((name) => {
    runAction(name, room);
    const { layout, cells } = room.store.now();
    return [layout, cells[0]?.stackId];
  });
  expect(shown).toEqual([
    ["1x1", "1.1"],
    ["2x1", "1.1"],
    ["1x1", "1.1"],
    ["2x1", "1.1"],
  ]);
});

test("tools, cine, planes and links change the room", () => {
  const { room } = madeRoom([plain]);
  for (const name of ["angleTool", "cine", "link"] as const) expect(runAction(name, room)).toBe(true);
  expect(room.store.now()).toMatchObject({ tool: "angle", isPlaying: true, linkedAt: Array(9).fill(0) });
  runAction("planes", room);
  expect(room.store.now()).toMatchObject({ hasPlanes: true, isPlaying: false });
});

test("what changes the picture is asked of the active view; zooming in and out leads back", () => {
  const { room, asked } = madeRoom([plain]);
  const names = ["fit", "reset", "rotateRight", "rotateLeft", "flipHorizontal", "flipVertical", "invert"] as const;
  for (const name of names) runAction(name, room);
  expect(asked).toEqual(["fit", "reset", "turn 90", "turn -90", 'flip "horizontal"', 'flip "vertical"', "invert"]);
  asked.length = 0;
  runAction("zoomIn", room);
  runAction("zoomOut", room);
  const [into = Number.NaN, out = Number.NaN] = asked.map((one) => Number(one.split(" ")[1]));
  expect(into).toBeGreaterThan(1);
  expect(into * out).toBeCloseTo(1, 12);
});

test("a viewport without a view takes the key and does nothing", () => {
  const { room, asked } = madeRoom([plain]);
  room.dispatch({ kind: "layout", layout: "2x1" });
  room.dispatch({ kind: "activate", cell: 1 });
  expect(runAction("fit", room)).toBe(true);
  expect(asked).toEqual([]);
});

test("marks are taken back, done again, removed where one is chosen, and let go", () => {
  const { room, asked } = madeRoom([plain]);
  for (const name of ["undo", "redo", "deleteMark", "cancel"] as const) expect(runAction(name, room)).toBe(true);
  expect(asked).toEqual(["undo", "redo", 'remove "m"', "select nothing"]);
  asked.length = 0;
  runAction("deleteMark", { ...room, marks: { ...room.marks, selected: undefined } });
  expect(asked).toEqual([]);
});

test("each key of the room does something here, but for the page's help and what is done to lesions", () => {
  const others = actionNames.filter((name) => !runAction(name, madeRoom([plain]).room));
  const lesions = others.filter((name) => /^artery|[lL]esion/.test(name));
  expect(others.filter((name) => !lesions.includes(name))).toEqual(["help"]);
});

test("a preset of CT is drawn as its centre ± half its width, HU", () => {
  const { room, asked } = madeRoom([plain]);
  // 40 ± 400 / 2.
  expect(runPreset("1", room)).toBe(true);
  expect(asked).toEqual(['setRange {"lower":-160,"upper":240}']);
});

test("a picture's own window is what it says, where it says none all its values", () => {
  const { room, asked } = madeRoom([plain]);
  runPreset("9", room);
  expect(asked).toEqual(['setRange {"lower":-1024,"upper":3071}']);
  const said = { ...plain, pictures: plain.pictures.map((one) => ({ ...one, window: { center: 10, width: 4 } })) };
  const other = madeRoom([said]);
  runPreset("9", other.room);
  expect(other.asked).toEqual(['setRange {"lower":8,"upper":12}']);
});

test("other modalities have the whole range under the second key, once their values are there", () => {
  const { room, asked } = madeRoom([{ ...plain, modality: "MR" }]);
  expect(runPreset("2", room)).toBe(true);
  room.goTo(0, 1);
  expect(runPreset("2", room)).toBe(true);
  expect(asked).toEqual(['setRange {"lower":-1024,"upper":3071}']);
});

test("there is no preset of an unknown key, nor of an empty viewport", () => {
  expect(runPreset("3", madeRoom([{ ...plain, modality: "MR" }]).room)).toBe(false);
  expect(runPreset("1", madeRoom([]).room)).toBe(false);
});
