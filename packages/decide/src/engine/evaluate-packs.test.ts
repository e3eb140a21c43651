import { describe, expect, it } from "vitest";
import { collectFacts, type GivenFact, readFact } from "../facts/parse-facts.ts";
import { calciumCategories } from "../packs/calcium-categories/pack.ts";
import { decide } from "./decide.ts";
import { evaluatePacks } from "./evaluate-packs.ts";
import { evaluateRule } from "./evaluate-rule.ts";
import type { Pack, Rule } from "./rule.ts";

const facts = (...given: readonly GivenFact[]) => collectFacts(given.map(readFact));
const base: Rule = calciumCategories.rules[0];
const score = (value: number): GivenFact => ({ id: "agatston-score", value });
const smoker = (value: boolean): GivenFact => ({ id: "current-smoker", value });

describe("a rule", () => {
  it("is undetermined without the facts of its condition or of its value, and names both", () => {
    const rule: Rule = {
      ...base,
      when: { fact: "current-smoker", is: true },
      computation: {
        kind: "equation",
        needs: ["agatston-score"],
        compute: (known) => ({ x: known.number("agatston-score") }),
      },
    };
    expect(evaluateRule(rule, facts())).toMatchObject({
      outcome: "undetermined",
      missing: ["current-smoker", "agatston-score"],
    });
    expect(evaluateRule(rule, facts(smoker(true)))).toMatchObject({
      outcome: "undetermined",
      missing: ["agatston-score"],
    });
    expect(evaluateRule(rule, facts(smoker(false)))).toMatchObject({ outcome: "does-not" });
    expect(evaluateRule(rule, facts(smoker(true), score(7.25)))).toMatchObject({
      outcome: "applies",
      value: { x: 7.25 },
    });
  });

  it("says what it takes for granted while that is unknown, and stops when it is known to be broken", () => {
    const note = { en: "Taken for granted: no smoking.", fr: "Supposé : pas de tabac." };
    const rule: Rule = { ...base, presumes: [{ that: { fact: "current-smoker", is: false }, note }] };
    expect(evaluateRule(rule, facts(score(1)))).toMatchObject({ outcome: "applies", caveats: [note] });
    expect(evaluateRule(rule, facts(score(1), smoker(false))).caveats).toEqual([]);
    expect(evaluateRule(rule, facts(score(1), smoker(true)))).toMatchObject({ outcome: "does-not", caveats: [note] });
  });

  it("says that its source was not verified, or was retracted", () => {
    const verdict = evaluateRule(
      { ...base, source: { ...base.source, verification: "not-verified", isRetracted: true } },
      facts(score(1)),
    );
    expect(verdict.caveats.map(({ en }) => en)).toEqual([
      "The source has been retracted.",
      "Not verified against the primary source.",
    ]);
  });

  it("may not read a fact that it does not need: that is a mistake in the rule", () => {
    const rule: Rule = {
      ...base,
      computation: { kind: "equation", needs: ["age"], compute: (known) => ({ x: known.number("agatston-score") }) },
    };
    expect(() => evaluateRule(rule, facts(score(1), { id: "age", value: 60, unit: "a" }))).toThrow(/without needing/);
  });
});

describe("packs", () => {
  const first: Pack = {
    ...calciumCategories,
    id: "first",
    rules: [
      {
        ...base,
        id: "first/class",
        computation: { kind: "constant", values: { class: "top" } },
        derives: [{ fact: "risk-class", from: "class", codes: { top: "very-high" } }],
      },
    ],
  };
  const second: Pack = {
    ...calciumCategories,
    id: "second",
    rules: [{ ...base, id: "second/ladder", when: { fact: "risk-class", is: "very-high" } }],
  };

  it("hand derived facts on, and a given fact wins", () => {
    const derived = evaluatePacks([first, second], facts(score(1)));
    expect(derived.verdicts.map(({ outcome }) => outcome)).toEqual(["applies", "applies"]);
    expect(derived.facts.get("risk-class")).toEqual({
      id: "risk-class",
      value: "very-high",
      source: "rule first/class",
    });
    const given = evaluatePacks([first, second], facts(score(1), { id: "risk-class", value: "low" }));
    expect(given.verdicts.map(({ outcome }) => outcome)).toEqual(["applies", "does-not"]);
  });

  it("hand on what follows from a given fact by its meaning", () => {
    const pack: Pack = { ...first, rules: [{ ...base, id: "first/x", when: { fact: "diabetes", is: true } }] };
    const { verdicts, facts: known } = evaluatePacks([pack], facts({ id: "diabetes-type", value: "type-2" }, score(1)));
    expect(verdicts[0]?.outcome).toBe("applies");
    expect(known.get("diabetes")).toEqual({ id: "diabetes", value: true, source: "fact diabetes-type" });
  });

  it("are asked for by name, though all are evaluated", () => {
    const verdicts = decide([first, second], facts(score(1)), ["second"]);
    expect(verdicts.verdicts.map(({ rule, outcome }) => [rule, outcome])).toEqual([["second/ladder", "applies"]]);
    expect(verdicts.packs).toEqual([{ id: "second", version: calciumCategories.version }]);
  });

  it("leave sensitive facts out of what is said, and say what must be given again", () => {
    const pack: Pack = { ...first, rules: [{ ...base, id: "first/x", when: { fact: "ethnicity", is: "chinese" } }] };
    const document = decide([pack], facts(score(1), { id: "ethnicity", value: "chinese" }));
    expect(document.verdicts[0]).toMatchObject({ outcome: "applies", needsAgain: ["ethnicity"] });
    expect(JSON.stringify(document)).not.toContain("chinese");
  });

  it("say what must be given again of a rule that reads it through a derived fact, and of no other", () => {
    const chain: readonly Pack[] = [
      { ...first, rules: [{ ...first.rules[0], when: { fact: "ethnicity", is: "chinese" } }] },
      {
        ...second,
        rules: [
          {
            ...second.rules[0],
            computation: { kind: "constant", values: { target: 0.55 } },
            derives: [{ fact: "ldl-target", from: "target" }],
          },
          { ...base, id: "second/distance", when: { fact: "ldl-target", unit: "g/L", below: 1 } },
          { ...base, id: "second/other" },
        ],
      },
    ];
    const again = (...given: readonly GivenFact[]) =>
      decide(chain, facts(score(1), ...given)).verdicts.map(({ needsAgain }) => needsAgain);
    const origin: GivenFact = { id: "ethnicity", value: "chinese" };
    expect(again(origin)).toEqual([["ethnicity"], ["ethnicity"], ["ethnicity"], undefined]);
    // A fact given from outside is not derived.
    const given: GivenFact = { id: "risk-class", value: "very-high" };
    expect(again(origin, given)).toEqual([["ethnicity"], undefined, undefined, undefined]);
  });

  it("have a digest that follows facts and outcomes, and nothing else", () => {
    const digest = (...given: readonly GivenFact[]) => decide([calciumCategories], facts(...given)).digest;
    expect(digest(score(1))).toBe(digest({ ...score(1), source: "elsewhere", date: "2026-01-01" }));
    expect(digest(score(1))).not.toBe(digest(score(2)));
  });
});
