/** What the keyboard can do in the reading room; texts stand in room-texts.ts. */
export const actionNames = [
  "previousImage",
  "nextImage",
  "firstImage",
  "lastImage",
  "previousTime",
  "nextTime",
  "previousPoint",
  "nextPoint",
  "previousViewport",
  "nextViewport",
  "previousSeries",
  "nextSeries",
  "windowTool",
  "zoomTool",
  "panTool",
  "scrollTool",
  "lengthTool",
  "angleTool",
  "ellipseTool",
  "rectangleTool",
  "zoomIn",
  "zoomOut",
  "fit",
  "reset",
  "rotateRight",
  "rotateLeft",
  "flipHorizontal",
  "flipVertical",
  "invert",
  "cine",
  "planes",
  "arteryLm",
  "arteryLad",
  "arteryLcx",
  "arteryRca",
  "arteryNone",
  "lesionAssign",
  "lesionBrush",
  "lesionEraser",
  "nextLesion",
  "previousLesion",
  "link",
  "previousStage",
  "nextStage",
  "undo",
  "redo",
  "deleteMark",
  "cancel",
  "help",
] as const;

/** One of {@link actionNames}, or a window preset by its key. */
export type ActionName = (typeof actionNames)[number];

/** What a key means. */
export type HotkeyMeaning =
  | { readonly kind: "action"; readonly name: ActionName }
  | { readonly kind: "preset"; readonly key: string };

/** The keys of each action, as KeyboardEvent.key names them; "Ctrl+" also stands for the Mac's command key. OHIF's where it has one. */
export const hotkeys: Readonly<Record<ActionName, readonly string[]>> = {
  previousImage: ["ArrowUp"],
  nextImage: ["ArrowDown"],
  firstImage: ["Home"],
  lastImage: ["End"],
  previousTime: ["Shift+ArrowLeft"],
  nextTime: ["Shift+ArrowRight"],
  previousPoint: ["Shift+ArrowUp"],
  nextPoint: ["Shift+ArrowDown"],
  previousViewport: ["ArrowLeft"],
  nextViewport: ["ArrowRight"],
  previousSeries: ["PageUp"],
  nextSeries: ["PageDown"],
  windowTool: ["w"],
  zoomTool: ["z"],
  panTool: ["p"],
  scrollTool: ["s"],
  lengthTool: ["m"],
  angleTool: ["a"],
  ellipseTool: ["e"],
  rectangleTool: ["q"],
  zoomIn: ["+"],
  zoomOut: ["-"],
  fit: ["="],
  reset: [" "],
  rotateRight: ["r"],
  rotateLeft: ["l"],
  flipHorizontal: ["h"],
  flipVertical: ["v"],
  invert: ["i"],
  cine: ["c"],
  planes: ["x"],
  arteryLm: ["t"],
  arteryLad: ["d"],
  arteryLcx: ["f"],
  arteryRca: ["g"],
  arteryNone: ["n"],
  lesionAssign: ["k"],
  lesionBrush: ["b"],
  lesionEraser: ["o"],
  nextLesion: ["j"],
  previousLesion: ["Shift+j"],
  link: ["Shift+k"],
  previousStage: [","],
  nextStage: ["."],
  undo: ["Ctrl+z"],
  redo: ["Ctrl+y", "Ctrl+Shift+z"],
  deleteMark: ["Backspace", "Delete"],
  cancel: ["Escape"],
  help: ["?"],
};

const meanings: ReadonlyMap<string, ActionName> = new Map(
  actionNames.flatMap((name) => hotkeys[name].map((key) => [key, name] as const)),
);

/** What was pressed. */
export type PressedKey = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** What a key means; nothing for one that is the browser's or nobody's. */
export function hotkeyMeaning({ key, ctrlKey, metaKey, shiftKey, altKey }: PressedKey): HotkeyMeaning | undefined {
  if (altKey) return undefined;
  const isLetter = /^[a-z]$/i.test(key);
  const plain = isLetter ? key.toLowerCase() : key;
  const isControlled = ctrlKey || metaKey;
  const shift = shiftKey && (isLetter || key.startsWith("Arrow")) ? "Shift+" : "";
  const name = meanings.get(isControlled ? `Ctrl+${shift}${plain}` : `${shift}${plain}`);
  if (name !== undefined) return { kind: "action", name };
  return !isControlled && /^[1-9]$/.test(key) ? { kind: "preset", key } : undefined;
}
