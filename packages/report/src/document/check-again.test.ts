import { expect, it } from "vitest";
import { checkAgainDay } from "./check-again.ts";

it.each([
  ["2026-11-22", "2027-11-22"],
  // A day that the next year lacks becomes the last of its month.
  ["2028-02-29", "2029-02-28"],
  ["2026-12-31", "2027-12-31"],
])("a source checked on %s is due on %s", (checked, due) => {
  expect(checkAgainDay(checked)).toBe(due);
});
