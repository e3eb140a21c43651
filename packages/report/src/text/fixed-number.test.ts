import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedNumber } from "./fixed-number.ts";

describe("fixedNumber", () => {
  it.each([
    // French: U+202F between thousands, decimal comma (Le Ramat; Imprimerie nationale).
    [1028.08, 1, "1\u202F028,1", "1,028.1"],
    [0.5, 0, "1", "1"],
    [999.95, 1, "1\u202F000,0", "1,000.0"],
    [20_000, 0, "20\u202F000", "20,000"],
    [1_234_567.891, 2, "1\u202F234\u202F567,89", "1,234,567.89"],
    [-300, 0, "\u2212300", "\u2212300"],
    // What rounds to zero has no sign.
    [-0.04, 1, "0,0", "0.0"],
    [0, 0, "0", "0"],
  ] as const)("of %s with %s decimals is %j and %j", (...[value, digits, fr, en]) => {
    expect(fixedNumber(value, digits, "fr")).toBe(fr);
    expect(fixedNumber(value, digits, "en")).toBe(en);
  });

  it("can be read back within half of its last digit", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 3 }), (value, digits) => {
        const shown = fixedNumber(value, digits, "fr");
        const back = Number(shown.replaceAll("\u202F", "").replace(",", ".").replace("\u2212", "-"));
        expect(Math.abs(back - value)).toBeLessThanOrEqual(0.5 * 10 ** -digits + 1e-6);
      }),
    );
  });
});
