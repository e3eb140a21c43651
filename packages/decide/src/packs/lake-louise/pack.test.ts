import { readFileSync } from "node:fs";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { lakeLouise } from "./pack.ts";

const ask = (rule: string, given: Given) => askRule([lakeLouise], `lake-louise/${rule}`, given);

/** Each technique read as positive, by the name the reference gives it. */
const positive: Readonly<Record<string, Given>> = {
  t2Mapping: { "t2-mapping-raised": true },
  t2wRegional: { "t2-oedema-regional": true },
  t2wRatio: { "t2-signal-ratio": 2 },
  t1Mapping: { "native-t1-raised": true },
  ecv: { "ecv-raised": true },
  lge: { "lge-pattern": "subepicardial" },
};

const T2: readonly string[] = ["t2Mapping", "t2wRegional", "t2wRatio"];
const T1: readonly string[] = ["t1Mapping", "ecv", "lge"];

const allOf = (names: readonly string[]): Given => Object.assign({}, ...names.map((name) => positive[name]));

const readAsNormal: Given = {
  "t2-mapping-raised": false,
  "t2-oedema-regional": false,
  "native-t1-raised": false,
  "ecv-raised": false,
  "lge-pattern": "none",
};

describe("both criteria", () => {
  it.each(T2.flatMap((t2) => T1.map((t1) => [t2, t1] as const)))("%s and %s: strong evidence", (t2, t1) => {
    const given = { ...positive[t2], ...positive[t1] };
    expect(ask("inflammation", given)).toMatchObject({
      outcome: "applies",
      value: { inflammation: "strong-evidence" },
    });
    expect(ask("one-criterion", given).outcome).toBe("does-not");
    expect(ask("not-met", given).outcome).toBe("does-not");
  });

  it.each([T2, T1])("several techniques of one side, %s %s %s, are one criterion", (...names) => {
    const stacked = allOf(names);
    const verdict = ask("inflammation", stacked);
    const other = names.includes("t2Mapping") ? "t1-criterion" : "t2-criterion";
    expect(verdict).toMatchObject({ outcome: "undetermined", missing: [other] });
    const settled = ask("one-criterion", { ...readAsNormal, ...stacked });
    expect(settled).toMatchObject({ outcome: "applies", value: { inflammation: "one-criterion" } });
    expect(ask("inflammation", { ...readAsNormal, ...stacked }).outcome).toBe("does-not");
  });
});

describe("edges", () => {
  // Lake Louise 2009, table 7: a ratio of 2.0 or more.
  it.each([
    [1.999, "does-not"],
    [2, "applies"],
  ])("a T2 ratio of %d: %s", (ratio, outcome) => {
    const given: Given = { ...readAsNormal, "t2-signal-ratio": ratio };
    expect(ask("t2-criterion", given).outcome).toBe(outcome);
    expect(
      ask("t2-criterion", { "t2-signal-ratio": 2 })
        .caveats.map(({ en }) => en)
        .join(),
    ).toContain("2009");
  });

  it.each([
    ["none", "does-not"],
    ["subendocardial", "does-not"],
    ["transmural", "does-not"],
    ["other", "does-not"],
    ["mid-wall", "applies"],
    ["subepicardial", "applies"],
    ["patchy", "applies"],
  ])("late enhancement %s: the T1-based criterion %s", (pattern, outcome) => {
    expect(ask("t1-criterion", { ...readAsNormal, "lge-pattern": pattern }).outcome).toBe(outcome);
  });

  it("is not found only where a technique of both sides was read as normal", () => {
    expect(ask("not-met", readAsNormal).outcome).toBe("applies");
    expect(ask("not-met", { "t2-mapping-raised": false, "lge-pattern": "none" }).outcome).toBe("applies");
    expect(ask("not-met", { "t2-mapping-raised": false })).toMatchObject({
      outcome: "undetermined",
      missing: ["t1-criterion"],
    });
    expect(ask("not-met", {}).outcome).toBe("undetermined");
  });

  it("takes supportive signs for no criterion", () => {
    const given: Given = { ...readAsNormal, "pericarditis-signs": true, "lv-systolic-dysfunction": true };
    expect(ask("supportive-pericardium", given).outcome).toBe("applies");
    expect(ask("supportive-function", given).outcome).toBe("applies");
    expect(ask("not-met", given).outcome).toBe("applies");
  });
});

const examples = z.object({
  examples: z.array(z.looseObject({ id: z.string(), input: z.unknown(), expected: z.unknown() })),
});
const example = z.object({
  id: z.string(),
  input: z.object({ t2: z.array(z.string()), t1: z.array(z.string()) }),
  expected: z.object({ met: z.boolean(), missing: z.string().optional() }),
});

describeWithSharedData("the reference's examples", "../reference/04a_guidelines_cardiac.json", (path) => {
  const all = examples.parse(JSON.parse(readFileSync(path, "utf8"))).examples;
  const own = all.filter(({ id }) => id.startsWith("ll."));

  it("are there", () => {
    expect(own.map(({ id }) => id)).toEqual(["ll.1", "ll.3"]);
  });

  it.each(own.map((one) => [one.id, one] as const))("%s", (_id, one) => {
    const { input, expected } = example.parse(one);
    const given = allOf([...input.t2, ...input.t1]);
    const verdict = ask("inflammation", given);
    expect(verdict.outcome === "applies").toBe(expected.met);
    if (expected.missing !== undefined) {
      expect(verdict.missing).toEqual([`${expected.missing.toLowerCase()}-criterion`]);
    }
  });
});
