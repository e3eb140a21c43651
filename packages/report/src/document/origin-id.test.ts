import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Origin } from "./document.ts";
import { originId } from "./origin-id.ts";

const name = fc.string({ minLength: 1, maxLength: 6 });
const origins: fc.Arbitrary<Origin> = fc.oneof(
  fc.record(
    { kind: fc.constant("result" as const), output: name, site: name, item: name },
    { requiredKeys: ["kind", "output"] },
  ),
  fc.record({ kind: fc.constant("verdict" as const), rule: name, key: name }),
  fc.record({ kind: fc.constant("fact" as const), fact: name }),
  fc.record({ kind: fc.constant("sensitivity" as const), parameter: name, choice: name, output: name }),
);

describe("originId", () => {
  it.each([
    [{ kind: "result", output: "agatston-score" }, "result.agatston-score"],
    [{ kind: "result", output: "agatston-score", site: "LAD", item: "L3" }, "result.agatston-score.LAD.L3"],
    // An item of no site is told from a site.
    [{ kind: "result", output: "agatston-score", item: "L3" }, "result.agatston-score..L3"],
    [{ kind: "result", output: "volume-score", site: "IVA 1.é" }, "result.volume-score.IVA%201%2E%C3%A9"],
    [
      { kind: "verdict", rule: "mesa-percentile/by-ethnicity", key: "percentile" },
      "verdict.mesa-percentile/by-ethnicity.percentile",
    ],
    [{ kind: "record", path: "quality.0.details.coverageMm" }, "record.quality.0.details.coverageMm"],
  ] as const)("of %o is %s", (origin, id) => {
    expect(originId(origin)).toBe(id);
  });

  it("is another for another origin, whatever labels a reader writes", () => {
    fc.assert(
      fc.property(origins, origins, (a, b) => {
        expect(originId(a) === originId(b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
      }),
      { numRuns: 2000 },
    );
  });

  it("is an HTML id: no white space, nothing that the suffix of a repeated number could be", () => {
    fc.assert(
      fc.property(origins, (origin) => {
        expect(originId(origin)).toMatch(/^[A-Za-z0-9_/.%-]+$/);
      }),
    );
  });
});

function sorted(origin: Origin): readonly (readonly [string, string])[] {
  return Object.entries(origin).sort(([a], [b]) => (a < b ? -1 : 1));
}
