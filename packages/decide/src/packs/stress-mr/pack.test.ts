import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { stressMr } from "./pack.ts";

const ask = (rule: string, given: Given) => askRule([stressMr], `stress-mr/${rule}`, given);

describe("an infarct that nobody knew of", () => {
  it.each(["subendocardial", "transmural"])("%s: managed as a known one, with the study's two ratios", (pattern) => {
    // Reference 05a, antiochos.numbers: 2.15 and 2.45, confirmed in the abstract.
    expect(ask("unrecognised-infarct", { "lge-pattern": pattern, "known-infarction": false }).value).toEqual({
      management: "as-recognised",
      hazardRatioUnrecognised: 2.15,
      hazardRatioRecognised: 2.45,
    });
  });

  it("is none where one was known or the enhancement is not that of an infarct", () => {
    expect(ask("unrecognised-infarct", { "lge-pattern": "transmural", "known-infarction": true }).outcome).toBe(
      "does-not",
    );
    expect(ask("unrecognised-infarct", { "lge-pattern": "patchy", "known-infarction": false }).outcome).toBe(
      "does-not",
    );
    expect(ask("unrecognised-infarct", { "lge-pattern": "transmural" })).toMatchObject({
      outcome: "undetermined",
      missing: ["known-infarction"],
    });
  });
});

describe("figures of SPINS", () => {
  it("say fewer than 1 % a year only without ischaemia and without scar", () => {
    const none: Given = { "inducible-ischaemia": false, "lge-pattern": "none" };
    expect(ask("no-ischaemia-no-scar", none).value).toEqual({ ratePercentBelow: 1 });
    expect(ask("no-ischaemia-no-scar", { ...none, "inducible-ischaemia": true }).outcome).toBe("does-not");
    expect(ask("no-ischaemia-no-scar", { ...none, "lge-pattern": "subendocardial" }).outcome).toBe("does-not");
    expect(ask("no-ischaemia-no-scar", { "inducible-ischaemia": false }).outcome).toBe("undetermined");
  });

  it("lie where the recalled ratio puts stress MR: between no imaging and angiography", () => {
    const costs = ask("costs", { "inducible-ischaemia": true }).value;
    expect(costs).toEqual({
      noImagingUsd: 16936,
      noImagingQaly: 12.7205,
      angiographyUsd: 20929,
      angiographyQaly: 12.76535,
    });
    // Reference 06, icer.1: angiography against no imaging, 89,030 US$ per year.
    expect((20929 - 16936) / (12.76535 - 12.7205)).toBeCloseTo(89030.1, 0);
    const ratio = ask("cost-per-year", { "inducible-ischaemia": true });
    expect(ratio).toMatchObject({ value: { usdPerQaly: 52000 }, source: { verification: "not-verified" } });
  });
});
