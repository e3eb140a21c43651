import { expect, test } from "vitest";
import { measuredText, tickText, valueText } from "./value-text.ts";

test("a measured number has three digits, a whole one no decimals", () => {
  const shown = [1264.6, 26.45, 3.456, 0.98765, 4, 0].map((value) => measuredText(value, "fr"));
  expect(shown).toEqual(["1265", "26,5", "3,46", "0,988", "4", "0"]);
});

test("its unit stands behind it as people write it", () => {
  expect(valueText(1264.6, "ms", "en")).toBe("1265\u00a0ms");
  expect(valueText(0.5, "1", "en")).toBe("0.500");
});

test("a number of an axis has the decimals of its steps", () => {
  expect([200, 0.25, -1.5].map((value) => tickText(value, "fr"))).toEqual(["200", "0,25", "-1,5"]);
});
