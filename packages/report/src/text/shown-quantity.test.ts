import { describe, expect, test } from "vitest";
import { shownDay } from "./shown-day.ts";
import { shownQuantity } from "./shown-quantity.ts";

describe("a quantity as a document prints it", () => {
  test.each([
    [{ value: 1234.56, unit: "mm3", digits: 1 }, "1,234.6\u00a0mm³", "1\u202f234,6\u00a0mm³"],
    [{ value: 1234567, unit: "[arb'U]", digits: 0 }, "1,234,567\u00a0AU", "1\u202f234\u202f567\u00a0UA"],
    [{ value: 999, unit: "1", digits: 0 }, "999", "999"],
    [{ value: 7.25, unit: "%", digits: 2 }, "7.25%", "7,25\u00a0%"],
    [{ value: -1234, unit: "[hnsf'U]", digits: 0 }, "\u22121,234\u00a0HU", "\u22121\u202f234\u00a0UH"],
    // What rounds to nothing has no sign.
    [{ value: -0.04, unit: "1", digits: 1 }, "0.0", "0,0"],
    [{ value: 3, unit: "{lesions}", digits: 0 }, "3", "3"],
  ])("%o", (quantity, en, fr) => {
    expect(shownQuantity(quantity, "en")).toBe(en);
    expect(shownQuantity(quantity, "fr")).toBe(fr);
  });
});

describe("a day as a document prints it", () => {
  test.each([
    ["2026-03-04", "4\u00a0March\u00a02026", "4\u00a0mars\u00a02026"],
    ["2026-08-01", "1\u00a0August\u00a02026", "1er\u00a0août\u00a02026"],
    ["2026-13-01", "2026-13-01", "2026-13-01"],
    ["in March", "in March", "in March"],
  ])("%s", (day, en, fr) => {
    expect(shownDay(day, "en")).toBe(en);
    expect(shownDay(day, "fr")).toBe(fr);
  });
});
