import { catalog } from "@etalon/decide";
import { expect, it } from "vitest";
import { shortCitation } from "./short-citation.ts";

it.each([
  [
    "Mach F, Baigent C, Catapano AL, et al. 2019 ESC/EAS Guidelines. Eur Heart J 41:111-188, 2020",
    "2019",
    "Mach F et al., 2019",
  ],
  [
    "World Health Organization. Obesity: preventing and managing the global epidemic. Geneva, 2000",
    "2000",
    "World Health Organization, 2000",
  ],
  [
    "Hoff JA, Chomka EV, Krainik AJ. Age and gender distributions. Am J Cardiol 87(12):1335-1339, 2001",
    "2001",
    "Hoff JA et al., 2001",
  ],
])("names %s of %s in passing as %s", (citation, edition, short) => {
  expect(shortCitation({ citation, edition })).toBe(short);
});

it("names every source of the catalogue in fewer words than its citation", () => {
  const sources = catalog.flatMap(({ rules }) => rules.map(({ source }) => source));
  expect(sources.length).toBeGreaterThan(10);
  for (const source of sources) {
    expect(shortCitation(source).length).toBeLessThan(source.citation.length);
    expect(shortCitation(source)).not.toMatch(/^[\s,]|undefined/);
  }
});
