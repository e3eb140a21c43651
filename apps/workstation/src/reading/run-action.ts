import { loadedPicture } from "../viewport/picture-store.ts";
import { hangingStages } from "./hanging.ts";
import type { ActionName } from "./hotkeys.ts";
import type { Room } from "./room-context.ts";
import { cellCount, type Tool } from "./room-state.ts";
import { movedAlong, scrolledBy } from "./stack-place.ts";
import { timeAxisOf } from "./time-axis.ts";
import { presetsOf, rangeOfWindow } from "./window-presets.ts";

const toolActions: Readonly<Partial<Record<ActionName, Tool>>> = {
  windowTool: "window",
  zoomTool: "zoom",
  panTool: "pan",
  scrollTool: "scroll",
  lengthTool: "length",
  angleTool: "angle",
  ellipseTool: "ellipse",
  rectangleTool: "rectangle",
};

/** More steps than any stack has. */
const everything = 1_000_000;

/** How much nearer one press of a key is. */
const zoomStep = 1.2;

/** Does what a key or a button asks for; whether it was ours to do. "help" is the page's. */
export function runAction(name: ActionName, room: Room): boolean {
  const tool = toolActions[name];
  if (tool !== undefined) room.dispatch({ kind: "tool", tool });
  return tool !== undefined || runMove(name, room) || runView(name, room) || runMarks(name, room);
}

function runMove(name: ActionName, room: Room): boolean {
  const { store, dispatch, goTo, stackOf, stacks } = room;
  const { active, cells, layout } = store.now();
  const stack = stackOf(active);
  const index = cells[active]?.index ?? 0;
  const scroll = (steps: number): void => {
    if (stack !== undefined) goTo(active, scrolledBy(stack, index, steps));
  };
  const along = (axis: number, steps: number): void => {
    if (stack?.axes[axis] !== undefined) goTo(active, movedAlong(stack, index, { axis, steps }));
  };
  const time = stack === undefined ? 0 : (timeAxisOf(stack) ?? 0);
  const other = time === 0 ? 1 : 0;
  const toCell = (step: number): void => {
    const count = cellCount(layout);
    dispatch({ kind: "activate", cell: (active + step + count) % count });
  };
  const toSeries = (step: number): void => {
    const at = stacks.findIndex(({ id }) => id === stack?.id);
    const next = stacks[at + step];
    if (next !== undefined) dispatch({ kind: "show", cell: active, stackId: next.id });
  };
  const moves: Readonly<Partial<Record<ActionName, () => void>>> = {
    previousImage: () => scroll(-1),
    nextImage: () => scroll(1),
    firstImage: () => scroll(-everything),
    lastImage: () => scroll(everything),
    previousTime: () => along(time, -1),
    nextTime: () => along(time, 1),
    previousPoint: () => along(other, -1),
    nextPoint: () => along(other, 1),
    previousViewport: () => toCell(-1),
    nextViewport: () => toCell(1),
    previousSeries: () => toSeries(-1),
    nextSeries: () => toSeries(1),
    cine: () => dispatch({ kind: "cine" }),
    planes: () => dispatch({ kind: "planes" }),
    link: () => dispatch({ kind: "link" }),
    previousStage: () => hang(room, -1),
    nextStage: () => hang(room, 1),
  };
  return call(moves[name]);
}

/** Shows the next or the previous of the ways to hang this study. */
function hang({ store, dispatch, stacks, open }: Room, step: number): void {
  const shown = store.now();
  const stages = hangingStages(stacks, open.study?.studyInstanceUid ?? "");
  const at = stages.findIndex(
    ({ layout, stackIds }) =>
      layout === shown.layout && stackIds.every((id, cell) => shown.cells[cell]?.stackId === id),
  );
  const next = stages[at < 0 ? 0 : (at + step + stages.length) % stages.length];
  if (next !== undefined) dispatch({ kind: "hang", ...next });
}

function runView(name: ActionName, { store, views }: Room): boolean {
  const view = views.get(store.now().active);
  const actions: Readonly<Partial<Record<ActionName, () => void>>> = {
    zoomIn: () => view?.zoomBy(zoomStep),
    zoomOut: () => view?.zoomBy(1 / zoomStep),
    fit: () => view?.fit(),
    reset: () => view?.reset(),
    rotateRight: () => view?.turn(90),
    rotateLeft: () => view?.turn(-90),
    flipHorizontal: () => view?.flip("horizontal"),
    flipVertical: () => view?.flip("vertical"),
    invert: () => view?.invert(),
  };
  return call(actions[name]);
}

function runMarks(name: ActionName, { marks }: Room): boolean {
  const chosen = marks.log.marks.find(({ id }) => id === marks.selected);
  const actions: Readonly<Partial<Record<ActionName, () => void>>> = {
    undo: marks.undo,
    redo: marks.redo,
    deleteMark: () => chosen && marks.remove(chosen),
    cancel: () => marks.select(undefined),
  };
  return call(actions[name]);
}

function call(action: (() => void) | undefined): boolean {
  action?.();
  return action !== undefined;
}

/** Draws the active picture with the preset of a key; whether there is one. */
export function runPreset(key: string, { store, stackOf, views }: Room): boolean {
  const { active, cells } = store.now();
  const stack = stackOf(active);
  const picture = stack?.pictures[cells[active]?.index ?? 0];
  const preset = presetsOf(stack?.modality ?? "").find((one) => one.key === key);
  if (preset === undefined || picture === undefined) return false;
  const values = loadedPicture(picture);
  const full = values === undefined ? undefined : { lower: values.min, upper: values.max };
  const own = picture.window === undefined ? full : rangeOfWindow(picture.window);
  const range = preset.window !== undefined ? rangeOfWindow(preset.window) : preset.name === "own" ? own : full;
  if (range !== undefined) views.get(active)?.setRange(range);
  return true;
}
