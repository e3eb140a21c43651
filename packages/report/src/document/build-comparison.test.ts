import { type Comparison, catalog } from "@etalon/measure";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../html/render-html.ts";
import { conclusionTexts, reserveTexts } from "../text/comparison-words.ts";
import { buildComparison } from "./build-comparison.ts";

const protocol = catalog.find(({ id }) => id === "cardiac/late-enhancement");

const comparison: Comparison = {
  schema: "etalon.comparison/1",
  protocol: { id: "cardiac/late-enhancement", version: "1.0.0" },
  ...{ earlier: "a".repeat(64), later: "b".repeat(64), digest: "c".repeat(64) },
  ...{ dates: { earlier: "2026-01-31", later: "2026-03-02" }, daysBetween: 30, patient: "same" },
  differentParameters: [],
  outputs: [
    {
      ...{ output: "infarct-percent", unit: "%", earlier: 12, later: 8, change: -4, changePercent: -33.3 },
      ...{ meaning: "burden", conclusion: "regressed" },
      limits: [
        {
          ...{ value: 2.4, condition: "infarct-size", citation: "A study of infarct size", doi: "10.1016/x" },
          circumstances: { en: "consecutive days", fr: "jours consécutifs" },
          readAt: { en: "its abstract", fr: "son résumé" },
        },
      ],
    },
    {
      ...{
        output: "infarct-percent",
        site: "AHA-4",
        unit: "%",
        earlier: 80,
        later: 60,
        change: -20,
        changePercent: -25,
      },
      ...{ meaning: "burden", conclusion: "difference-only", reserve: "by-site", limits: [] },
    },
  ],
  onlyEarlier: ["infarct-mass"],
  onlyLater: [],
};

function page(language: "en" | "fr", changed: Partial<Comparison> = {}): string {
  if (protocol === undefined) throw new Error("the catalogue lacks late enhancement");
  const input = { comparison: { ...comparison, ...changed }, protocol, createdAt: "2026-11-23T09:00:00+01:00" };
  return renderHtml(buildComparison({ ...input, context: "covid" }), language).replace(/\s+/g, " ");
}

describe("buildComparison", () => {
  it.each(["en", "fr"] as const)(
    "says in %s what changed, against which limit, and where that was read",
    (language) => {
      const html = page(language);
      expect(html).toContain(conclusionTexts.regressed[language]);
      expect(html).toMatch(language === "fr" ? /Inférieur basal/ : /Basal inferior/);
      expect(html).toContain(language === "fr" ? "jours consécutifs" : "consecutive days");
      expect(html).toContain("10.1016/x");
      expect(html).toContain("infarct-mass");
      expect(html).toMatch(language === "fr" ? /71 jours/ : /71 days/);
      expect(html).not.toMatch(/undefined|NaN|\[object/);
    },
  );

  it("says that nobody checked the patient, and which parameter differed", () => {
    const html = page("en", {
      patient: "not-checked",
      dates: null,
      daysBetween: null,
      differentParameters: [{ id: "method", earlier: "drawn", later: "fwhm" }],
    });
    expect(html).toContain("NOT CHECKED");
    expect(html).toContain("method: drawn → fwhm");
  });

  it("has words in both languages for everything a comparison can say", () => {
    for (const { en, fr } of [...Object.values(conclusionTexts), ...Object.values(reserveTexts)]) {
      expect([en.length, fr.length].every((length) => length > 2)).toBe(true);
    }
  });
});
