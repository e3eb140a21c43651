import { expect, test } from "vitest";
import { shownWindow } from "./shown-window.ts";

const grey = { samplesPerPixel: 1, min: -100, max: 300 } as const;

test("a picture is shown as it asks, else from its least to its largest value", () => {
  expect(shownWindow({ window: { center: 40, width: 400 } }, grey)).toEqual({ center: 40, width: 400 });
  expect(shownWindow({ window: undefined }, grey)).toEqual({ center: 100, width: 400 });
});

test("one value is black: it is the lower end of its window", () => {
  expect(shownWindow({ window: undefined }, { ...grey, max: -100 })).toEqual({ center: -99.5, width: 1 });
});

test("colours are shown whole", () => {
  const window = shownWindow({ window: { center: 1, width: 2 } }, { samplesPerPixel: 3, min: 0, max: 255 });
  expect(window).toEqual({ center: 127.5, width: 255 });
});
