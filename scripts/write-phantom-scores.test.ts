import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type PhantomScore, type Sums, seeds, slicings } from "./phantom-scores.ts";
import {
  phantomLine,
  phantomScoresMarkdown,
  phantomScoresPage,
  phantomTruth,
  spreadOf,
} from "./write-phantom-scores.ts";

const sums = (agatston: number): Sums => ({ agatston, volumeMm3: 538, massMg: 277.7 });

/** Scores of 600 to 700 AU at every slicing: not what is measured, but easily added up. */
const scores: readonly PhantomScore[] = slicings.flatMap((slicing) =>
  seeds.map((seed) => ({
    ...slicing,
    seed,
    total: sums(575 + 25 * seed),
    arteries: { LM: sums(56.5), LAD: sums(304.7), LCX: sums(100.5), RCA: sums(166.5) },
    lesions: seed === 5 ? 7 : 8,
    quality: [],
    unmarked: { agatston: 600, parts: { coronary: 598, noise: 2 }, missed: ["rca-3: too-small"], turnedAway: [] },
  })),
);

describe("docs/phantom-scores.md", () => {
  it("gives mean and coefficient of variation over the seeds", () => {
    // 2, 4, 6: mean 4, SD of the sample √((4 + 0 + 4) / 2) = 2.
    expect(spreadOf([2, 4, 6])).toEqual({ mean: 4, variation: 0.5 });
    // 600, 625 … 700: mean 650, SD √(2 · (50² + 25²) / 4) = 39.53, 6.08 % of it; the ideal is 200 π = 628.32: 3.45 % more.
    // The ideal volume is 171.25 π = 537.998 mm³.
    const page = phantomScoresMarkdown(scores, phantomTruth());
    expect(page).toContain("| 3 / 3 | 650.0 | 6.1 % | +3.5 % | 538.0 | 0.0 % | +0.0 % |");
  });

  it("says which lesions and proposals went wrong", () => {
    const page = phantomScoresMarkdown(scores, phantomTruth());
    expect(page).toContain("- 16 of 20 phantoms show all 8 lesions.");
    expect(page).toContain("wrongly proposed: noise in 20 (at most 2.0 AU).");
    expect(page).toContain("Coronary, but excluded: rca-3 (`too-small`) in 20.");
    expect(phantomLine(scores[4])).toMatch(
      /^\| 3 \/ 3 \| 5 \| 700\.0 .* \| 7 \| – \| 600\.0 \| noise 2\.0 \| rca-3: too-small \|$/,
    );
  });

  it("on disk is the page of today's text, with a row for every phantom", () => {
    const page = readFileSync(phantomScoresPage, "utf8");
    const written = phantomScoresMarkdown(scores, phantomTruth());
    const textOf = (of: string): string => of.slice(0, of.indexOf("## What it shows"));
    expect(textOf(page)).toBe(textOf(written));
    expect(page.split("\n").length).toBe(written.split("\n").length);
    for (const { thicknessMm, incrementMm, seed } of scores) {
      expect(page).toContain(`\n| ${thicknessMm} / ${incrementMm} | ${seed} | `);
    }
  });
});
