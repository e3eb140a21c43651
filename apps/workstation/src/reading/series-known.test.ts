import { expect, test } from "vitest";
import { areSeriesKnown } from "./series-known.ts";

const summary = { seriesInstanceUid: "1.2.3", modality: "US", number: 1, description: "", instanceCount: 1 };

test.each([
  ["the list of series is on its way", { isLoading: true, series: [], error: null }, false],
  ["metadata are on their way", { isLoading: false, series: [undefined, []], error: null }, false],
  ["all metadata are there", { isLoading: false, series: [[], []], error: null }, true],
  ["metadata never come", { isLoading: false, series: [undefined], error: new Error("404") }, true],
])("%s", (_name, { series, ...open }, isKnown) => {
  const opened = series.map((stacks) => ({ summary, stacks, ledger: undefined }));
  expect(areSeriesKnown({ ...open, series: opened })).toBe(isKnown);
});
