import { loadedPicture } from "../viewport/picture-store.ts";
import type { ActionName } from "./hotkeys.ts";
import type { Room } from "./room-context.ts";
import { cellCount, inStack, type Tool } from "./room-state.ts";
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

/** How much nearer one press of a key is. */
const zoomStep = 1.2;

/** Does what a key or a button asks for; whether it was ours to do. "help" is the page's. */
export function runAction(name: ActionName, room: Room): boolean {
  const tool = toolActions[name];
  if (tool !== undefined) room.dispatch({ kind: "tool", tool });
  return tool !== undefined || runMove(name, room) || runView(name, room) || runMarks(name, room);
}

function runMove(name: ActionName, { state, dispatch, stackOf, stacks }: Room): boolean {
  const { active, cells, layout } = state;
  const stack = stackOf(active);
  const index = cells[active]?.index ?? 0;
  const toImage = (to: number): void => {
    if (stack !== undefined) dispatch({ kind: "index", cell: active, index: inStack(stack, to) });
  };
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
    previousImage: () => toImage(index - 1),
    nextImage: () => toImage(index + 1),
    firstImage: () => toImage(0),
    lastImage: () => toImage(Number.MAX_SAFE_INTEGER),
    previousViewport: () => toCell(-1),
    nextViewport: () => toCell(1),
    previousSeries: () => toSeries(-1),
    nextSeries: () => toSeries(1),
    cine: () => dispatch({ kind: "cine" }),
    planes: () => dispatch({ kind: "planes" }),
  };
  return call(moves[name]);
}

function runView(name: ActionName, { state, views }: Room): boolean {
  const view = views.get(state.active);
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
export function runPreset(key: string, { state, stackOf, views }: Room): boolean {
  const stack = stackOf(state.active);
  const picture = stack?.pictures[state.cells[state.active]?.index ?? 0];
  const preset = presetsOf(stack?.modality ?? "").find((one) => one.key === key);
  if (preset === undefined || picture === undefined) return false;
  const values = loadedPicture(picture);
  const full = values === undefined ? undefined : { lower: values.min, upper: values.max };
  const own = picture.window === undefined ? full : rangeOfWindow(picture.window);
  const range = preset.window !== undefined ? rangeOfWindow(preset.window) : preset.name === "own" ? own : full;
  if (range !== undefined) views.get(state.active)?.setRange(range);
  return true;
}
