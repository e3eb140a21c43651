import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { parseFacts } from "../../facts/parse-facts.ts";
import { minocaGuidelines } from "./pack.ts";

const ask = (rule: string, given: Given) => askRule([minocaGuidelines], `minoca-guidelines/${rule}`, given);

const minoca: Given = {
  "coronary-stenosis-max": 30,
  "acute-infarction-criteria": true,
  "obvious-cause": false,
};

describe("cardiac MR in MINOCA", () => {
  it("is class I, level B in both editions, and each says what it stands on", () => {
    const [earlier, later] = [ask("cmr-2020", minoca), ask("cmr-2023", minoca)];
    for (const verdict of [earlier, later]) {
      expect(verdict).toMatchObject({ outcome: "applies", class: "I", level: "B", kind: "guideline" });
    }
    expect(earlier.source).toMatchObject({ edition: "2020", verification: "public-source" });
    expect(earlier.source.supersededBy).toContain(later.source.doi);
    expect(later.source).toMatchObject({ edition: "2023", verification: "not-verified" });
    expect(later.caveats.map(({ en }) => en)).toContain("Not verified against the primary source.");
  });

  it.each(["working-diagnosis", "cmr-2020", "cmr-2023", "algorithm-2020"])(
    "%s needs each of its three facts",
    (rule) => {
      for (const fact of ["coronary-stenosis-max", "acute-infarction-criteria", "obvious-cause"] as const) {
        const without = Object.fromEntries(Object.entries(minoca).filter(([id]) => id !== fact));
        expect(ask(rule, without)).toMatchObject({ outcome: "undetermined", missing: [fact] });
      }
      expect(ask(rule, { ...minoca, "obvious-cause": true }).outcome).toBe("does-not");
      expect(ask(rule, { ...minoca, "acute-infarction-criteria": false }).outcome).toBe("does-not");
    },
  );

  // ESC 2020: no stenosis of 50 % or more.
  it.each([
    [0, "applies"],
    [49.9, "applies"],
    [50, "does-not"],
    [100, "does-not"],
  ])("a stenosis of %d %%: %s", (stenosis, outcome) => {
    expect(ask("working-diagnosis", { ...minoca, "coronary-stenosis-max": stenosis }).outcome).toBe(outcome);
  });

  it("says when the anatomy is known from CT", () => {
    const said = (source: string) => ask("cmr-2020", { ...minoca, "coronary-anatomy-source": source }).caveats.length;
    expect(said("ct-angiography")).toBe(1);
    expect(said("invasive-angiography")).toBe(0);
  });
});

describe("troponin", () => {
  const of = (value: number, unit: string | undefined, more: readonly object[] = []) => ({
    schema: "etalon.facts/1",
    facts: [{ id: "troponin", value, ...(unit === undefined ? {} : { unit }) }, ...more],
  });
  const assay = { id: "troponin-assay", value: "hs-troponin-t" };

  it("is refused without its assay, without a unit, and in the unit that seed 002 writes", () => {
    expect(() => parseFacts(of(52, "ng/L"))).toThrow(expect.objectContaining({ code: "troponin-without-assay" }));
    expect(() => parseFacts(of(52, undefined, [assay]))).toThrow(
      expect.objectContaining({ code: "unknown-fact-unit" }),
    );
    expect(() => parseFacts(of(1000, "ng/mL", [assay]))).toThrow(expect.objectContaining({ code: "out-of-range" }));
    expect(parseFacts(of(1000, "ng/L", [assay])).get("troponin")?.value).toBe(1000);
  });

  it("is given as a multiple of its assay's limit: 1 ng/mL over 14 ng/L is 1000 / 14", () => {
    const facts: Given = { troponin: 1000, "troponin-assay": "hs-troponin-t", "troponin-upper-limit": 14 };
    expect(ask("troponin", facts).value).toEqual({ timesUpperLimit: 1000 / 14, isRaised: true });
    expect(ask("troponin", { ...facts, troponin: 14 }).value).toEqual({ timesUpperLimit: 1, isRaised: false });
    const { "troponin-upper-limit": _limit, ...without } = facts;
    expect(ask("troponin", without)).toMatchObject({ outcome: "undetermined", missing: ["troponin-upper-limit"] });
  });
});
