import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { stressPerfusion } from "./pack.ts";

const names = ["regional", "global", "normal", "between", "low-everywhere"] as const;
const ask = (rule: (typeof names)[number], given: Given) =>
  askRule([stressPerfusion], `stress-perfusion/${rule}`, given);

/** Facts of one heart: flows of the lowest and highest territory and of the whole, reserve, largest stenosis. */
function heart(
  [lowest, highest, global]: readonly [number, number, number],
  rest: { readonly reserve?: number; readonly stenosis?: number } = {},
) {
  return {
    "lowest-territory-stress-mbf": lowest,
    "highest-territory-stress-mbf": highest,
    "global-stress-mbf": global,
    ...(rest.reserve === undefined ? {} : { "global-perfusion-reserve": rest.reserve }),
    ...(rest.stenosis === undefined ? {} : { "coronary-stenosis-max": rest.stenosis }),
  } satisfies Given;
}

/** The rules that apply. */
const applying = (given: Given) => names.filter((name) => ask(name, given).outcome === "applies");

describe("microvascular against obstructive", () => {
  // Cut-offs: ../shared/reference/05a, perf.mbf_cutoffs (recalled, not verified): 1.82, 1.94, 2.25; reserve 2.0 to 2.5.
  it.each([
    ["one territory below 1.82", heart([1.2, 2.6, 2.2]), "regional"],
    ["one territory just below 1.82", heart([1.8199, 3, 2.6], { reserve: 2.8 }), "regional"],
    ["all below 1.82, an artery narrowed", heart([1.1, 1.7, 1.4], { stenosis: 70 }), "regional"],
    ["no defect, the whole below 2.25, reserve low", heart([1.95, 2.1, 2], { reserve: 1.6, stenosis: 20 }), "global"],
    ["on 1.82 is no defect", heart([1.82, 2.2, 2.0], { reserve: 2.5 }), "global"],
    ["all below 1.82, no artery narrowed", heart([1.4, 1.7, 1.5], { reserve: 1.5, stenosis: 0 }), "global"],
    ["on every edge of normal", heart([1.94, 2.5, 2.25], { reserve: 2 }), "normal"],
    ["a territory between 1.82 and 1.94, the whole preserved", heart([1.9, 3, 2.4]), "between"],
    ["low flow, high reserve", heart([1.95, 2.2, 2.1], { reserve: 2.6 }), "between"],
    ["flow preserved, reserve low", heart([2.4, 3, 2.7], { reserve: 1.9 }), "between"],
    ["low everywhere, anatomy not known", heart([1.1, 1.7, 1.4], { reserve: 1.4 }), "low-everywhere"],
  ] as const)("%s", (...[, given, rule]) => {
    expect(applying(given)).toEqual([rule]);
    expect(ask(rule, given).source.verification).toBe("not-verified");
  });

  it("says what is missing", () => {
    expect(ask("global", heart([1.95, 2.1, 2]))).toMatchObject({
      outcome: "undetermined",
      missing: ["global-perfusion-reserve"],
    });
    expect(ask("normal", heart([2.5, 3, 2.7]))).toMatchObject({
      outcome: "undetermined",
      missing: ["global-perfusion-reserve"],
    });
    expect(ask("regional", { "global-stress-mbf": 1.5, "global-perfusion-reserve": 1.3 }).missing).toContain(
      "lowest-territory-stress-mbf",
    );
    expect(ask("regional", heart([1.1, 1.7, 1.4])).missing).toEqual(["coronary-stenosis-max"]);
  });

  it("is no microvascular dysfunction where an artery is narrowed by half", () => {
    expect(applying(heart([1.95, 2.1, 2], { reserve: 1.6, stenosis: 50 }))).toEqual(["between"]);
  });

  it("says what speaks against it", () => {
    const open = ask("global", heart([1.85, 2.1, 2], { reserve: 1.6 }));
    expect(open.caveats.map(({ en }) => en).join(" ")).toMatch(/1\.94.*Coronary anatomy is not known/);
    const clear = ask("regional", heart([1.2, 2.6, 2.2], { stenosis: 10 }));
    expect(clear.caveats[0]?.fr).toContain("cicatrice");
  });

  it("gives one answer, whatever the numbers, where all are known", () => {
    const value = fc.double({ min: 0, max: 6, noNaN: true });
    const known = fc.record({
      flows: fc.tuple(value, value, value),
      reserve: value,
      stenosis: fc.constantFrom(0, 49.9, 50, 90),
    });
    fc.assert(
      fc.property(known, ({ flows, ...rest }) => {
        const [lowest = 0, global = 0, highest = 0] = flows.toSorted((x, y) => x - y);
        expect(applying(heart([lowest, highest, global], rest))).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });
});
