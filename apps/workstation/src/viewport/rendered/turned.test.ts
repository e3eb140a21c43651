import { expect, test } from "vitest";
import { turned } from "./turned.ts";

const front = { away: [0, -500, 0], up: [0, 0, 1] } as const;

test("a quarter turn to the right shows the right side of what was seen from the front", () => {
  // Seen from the front the patient's right is on the left of the screen, and comes to the middle.
  const { away, up } = turned(front, { rightDeg: 90, downDeg: 0 });
  expect(away.map((value) => Math.round(value) + 0)).toEqual([-500, 0, 0]);
  expect(up).toEqual([0, 0, 1]);
});

test("a quarter turn down shows the top, with the back above", () => {
  const { away, up } = turned(front, { rightDeg: 0, downDeg: 90 });
  expect(away.map((value) => Math.round(value) + 0)).toEqual([0, 0, 500]);
  expect(up.map((value) => Math.round(value) + 0)).toEqual([0, 1, 0]);
});
