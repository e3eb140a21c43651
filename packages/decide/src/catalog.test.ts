import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalog } from "./catalog.ts";
import { checkPack } from "./engine/check-pack.ts";
import { factsOfRule } from "./engine/evaluate-rule.ts";
import { calciumCategories } from "./packs/calcium-categories/pack.ts";

describe("the catalogue", () => {
  it("lists every pack folder, by its name", () => {
    const folders = readdirSync(join(import.meta.dirname, "packs"));
    expect(folders.length).toBeGreaterThan(0);
    expect(catalog.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
  });

  it.each(catalog.map((pack) => [pack.id, pack] as const))("%s is complete", (_id, pack) => {
    expect(checkPack(pack)).toEqual([]);
  });

  it("reads no fact that a later rule derives", () => {
    const rules = catalog.flatMap(({ rules }) => rules);
    const late = rules.flatMap((rule, at) =>
      rules
        .slice(at + 1)
        .flatMap(({ derives }) => derives ?? [])
        .filter(({ fact }) => factsOfRule(rule).includes(fact))
        .map(({ fact }) => `${rule.id} reads ${fact} too early`),
    );
    expect(late).toEqual([]);
  });
});

describe("what the check refuses", () => {
  const [rule] = calciumCategories.rules;
  const broken = (change: object) => checkPack({ ...calciumCategories, rules: [{ ...rule, ...change }] });

  it.each([
    ["no citation", { source: { ...rule.source, citation: "" } }],
    [
      "neither DOI nor document",
      {
        source: {
          citation: rule.source.citation,
          edition: "2018",
          verification: "primary",
          lastChecked: "2026-11-22",
          isRetracted: false,
        },
      },
    ],
    ["is no DOI", { source: { ...rule.source, doi: "doi.org" } }],
    ["no edition", { source: { ...rule.source, edition: " " } }],
    ["is no day", { source: { ...rule.source, lastChecked: "2026-13-45" } }],
    ["not named", { source: { ...rule.source, confirmedIn: "" } }],
    ["no text in one language", { statement: { en: "x", fr: "" } }],
    ["no class or level", { kind: "expert-opinion", class: "I" }],
    ["is compared in g", { when: { fact: "agatston-score", unit: "g", above: 0 } }],
    ["is never", { when: { fact: "sex", is: "m" } }],
    [
      "a group of their own",
      {
        when: {
          any: [
            { fact: "diabetes", is: true },
            { fact: "ethnicity", is: "white" },
            { fact: "ethnicity", is: "black" },
          ],
        },
      },
    ],
    ["not <pack>/<name>", { id: "elsewhere" }],
    ["has no text", { values: { category: { title: rule.title, codes: {} } } }],
    ["do not ascend", { computation: { ...rule.computation, bands: [{ code: "0", to: 5, includesEdge: true }] } }],
  ])("%s", (message, change) => {
    expect(broken(change).join("\n")).toContain(message);
  });
});
