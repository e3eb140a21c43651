import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern } from "./matches-criterion.ts";
import { readCriterion } from "./read-criterion.ts";

test("wild cards match as the regular expression of the same meaning", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "é", "𝒞"), maxLength: 10 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "é", "𝒞", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(text, pattern, (letters, asked) => {
      const expression = new RegExp(`^${asked.replaceAll("*", ".*").replaceAll("?", ".")}$`, "u");
      expect(matchesPattern(letters, asked)).toBe(expression.test(letters));
    }),
    { numRuns: 2000 },
  );
});

test("the longest pattern over 20 000 values of 64 letters takes less than a second or two", () => {
  const pattern = `${"*a".repeat(511)}b`;
  const begun = performance.now();
  for (let row = 0; row < 20_000; row++) expect(matchesPattern("a".repeat(64), pattern)).toBe(false);
  // 60 s where every letter was held against every sign.
  expect(performance.now() - begun).toBeLessThan(5000);
});

test("a value longer than any that could match is no query", () => {
  const value = `${"*a".repeat(600)}`;
  expect(() => readCriterion({ field: "StudyDescription", value, vr: "LO" }, { isFuzzy: false })).toThrow(
    expect.objectContaining({ code: "malformed-query" }),
  );
});
