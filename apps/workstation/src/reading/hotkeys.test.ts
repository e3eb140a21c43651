import { expect, test } from "vitest";
import { actionNames, hotkeyMeaning, hotkeys } from "./hotkeys.ts";
import { presetsOf, rangeOfWindow, windowOfRange } from "./window-presets.ts";

const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

test("no key means two things", () => {
  const keys = actionNames.flatMap((name) => hotkeys[name]);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  [
    { key: "z", ctrlKey: true },
    { kind: "action", name: "undo" },
  ],
  [
    { key: "z", metaKey: true },
    { kind: "action", name: "undo" },
  ],
  [
    { key: "Z", ctrlKey: true, shiftKey: true },
    { kind: "action", name: "redo" },
  ],
  [
    { key: "?", shiftKey: true },
    { kind: "action", name: "help" },
  ],
  [{ key: "ArrowDown" }, { kind: "action", name: "nextImage" }],
  [{ key: "4" }, { kind: "preset", key: "4" }],
  [{ key: "4", ctrlKey: true }, undefined],
  [{ key: "r", ctrlKey: true }, undefined],
  [{ key: "h", altKey: true }, undefined],
])("%j means %j", (pressed, meaning) => {
  expect(hotkeyMeaning({ ...plain, ...pressed })).toEqual(meaning);
});

test("CT has a window under each of the keys 1 to 9", () => {
  expect(presetsOf("CT").map(({ key }) => key)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  expect(new Set(presetsOf("MR").map(({ key }) => key)).size).toBe(presetsOf("MR").length);
});

test("a window and its two values are the same", () => {
  // Lung: −600 ± 750.
  expect(rangeOfWindow({ center: -600, width: 1500 })).toEqual({ lower: -1350, upper: 150 });
  expect(windowOfRange({ lower: -1350, upper: 150 })).toEqual({ center: -600, width: 1500 });
});
