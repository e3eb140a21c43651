import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalog } from "@etalon/decide";
import { describe, expect, it } from "vitest";
import { runJson, runMain } from "../testing/run-main.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const folder = temporaryFolder();

let files = 0;

/** Writes a facts document and answers with its path. */
function factsFile(...facts: readonly Readonly<Record<string, unknown>>[]): string {
  const path = join(folder, `facts-${files++}.json`);
  writeFileSync(path, JSON.stringify({ schema: "etalon.facts/1", facts }));
  return path;
}

const man = [
  { id: "age", value: 60, unit: "a" },
  { id: "sex", value: "male" },
  { id: "agatston-score", value: 100 },
];

describe("decide", () => {
  it("answers with the verdicts of one pack as JSON", async () => {
    const file = factsFile(...man, { id: "ethnicity", value: "white" });
    const { exitCode, answer, err } = await runJson("decide", "--facts", file, "--pack", "mesa-percentile");
    expect({ exitCode, err, schema: answer.schema }).toEqual({ exitCode: 0, err: "", schema: "etalon.verdicts/1" });
    // Reference 02, mesa.pct.male.white.60.100: 68 ± 1.
    expect(answer.verdicts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          rule: "mesa-percentile/by-ethnicity",
          pack: "mesa-percentile",
          outcome: "applies",
          value: { percentile: expect.closeTo(68, 0) },
          source: expect.objectContaining({ doi: "10.1161/CIRCULATIONAHA.105.580696" }),
        }),
      ]),
    );
    expect(JSON.stringify(answer)).not.toMatch(/"white"/);
  });

  it("says which fact is missing", async () => {
    const { answer } = await runJson("decide", "--facts", factsFile(...man), "--pack", "mesa-percentile");
    expect(answer.verdicts).toEqual(
      expect.arrayContaining([expect.objectContaining({ outcome: "undetermined", missing: ["ethnicity"] })]),
    );
  });

  it.each(["en", "fr"] as const)(
    "speaks to people in %s: every pack that the facts open, and nothing unsaid",
    async (language) => {
      const { exitCode, out, err } = await runMain(["decide", "--facts", factsFile(...man), "--lang", language]);
      expect(exitCode).toBe(0);
      for (const { id: pack, rules, opensWith } of catalog) {
        if (opensWith !== undefined) expect(err).toContain(pack);
        for (const { id, title } of opensWith === undefined ? rules : [])
          expect(out).toContain(`${title[language]}  [${id}]`);
      }
      expect(out).not.toMatch(/undefined|NaN|\[object/);
    },
  );

  it("says why a rule does not apply, and not what its source is worth", async () => {
    const file = factsFile(...man, { id: "diabetes", value: true });
    const { out } = await runMain(["decide", "--facts", file, "--lang", "en"]);
    const lineOf = (rule: string) => out.split("\n").find((line) => line.includes(`[${rule}]`)) ?? "";
    expect(lineOf("score2/score2-op")).toMatch(/: asks for Age ≥ 70 years and < 90 years$/);
    expect(lineOf("arterial-age/mesa")).toMatch(/: For people without diabetes/);
    expect(lineOf("calcium-thresholds/abstain")).toMatch(/: asks for Agatston score ≤ 0 AU$/);
  });

  it("does not print the ethnicity, nor what a refuted condition on it would tell", async () => {
    const file = factsFile(...man, { id: "ethnicity", value: "chinese" });
    const { out } = await runMain(["decide", "--facts", file, "--lang", "en"]);
    expect(out).not.toMatch(/Chinese|asks for Ethnicity/);
    expect(out).toMatch(/given again: Ethnicity, as the MESA study asked \(ethnicity\)/);
  });

  it("prints a truth in words", async () => {
    const facts = [
      { id: "ldl-cholesterol", value: 1.5, unit: "g/L" },
      { id: "risk-class", value: "high" },
    ];
    const { out } = await runMain(["decide", "--facts", factsFile(...facts), "--lang", "fr"]);
    expect(out).toContain("À l'objectif : non");
  });

  it.each([
    ["missing-value", 2, ["--pack", "mesa-percentile"]],
    ["unknown-name", 2, ["--facts", factsFile(...man), "--pack", "no-such-pack"]],
    ["unexpected-argument", 2, ["facts.json"]],
    ["file-not-found", 3, ["--facts", "nowhere.json"]],
    ["unknown-fact-unit", 3, ["--facts", factsFile({ id: "age", value: 60 })]],
    ["out-of-range", 3, ["--facts", factsFile({ id: "age", value: 160, unit: "a" })]],
    ["contradictory-facts", 3, ["--facts", factsFile({ id: "sex", value: "male" }, { id: "sex", value: "female" })]],
  ] as const)("refuses with %s, exit %i", async (code, exitCode, argv) => {
    const run = await runJson("decide", ...argv);
    expect(run.exitCode).toBe(exitCode);
    expect(run.answer.code).toBe(code);
  });
});

describe("the MINOCA desk", () => {
  const myocarditis = [
    { id: "coronary-stenosis-max", value: 20, unit: "%" },
    { id: "lge-pattern", value: "subepicardial" },
    { id: "t2-oedema-regional", value: true },
  ];
  const ask = async (facts: readonly Readonly<Record<string, unknown>>[], language = "en") =>
    (await runMain(["decide", "--facts", factsFile(...facts), "--pack", "minoca-desk", "--lang", language])).out;

  it("sets the three diagnoses side by side, with what is missing and on whose authority", async () => {
    const out = await ask(myocarditis);
    const [, after = ""] = out.split("Myocarditis\n");
    const [first = "", second = ""] = after.split("Infarct\n");
    expect(first).toContain("[minoca-desk/myocarditis-lake-louise]");
    expect(second).toContain("[minoca-desk/infarct-non-ischaemic-pattern]");
    expect(out).toContain("[minoca-desk/missing-cine]");
    expect(out).toContain("10.1016/j.jacc.2018.09.072");
    expect(await ask(myocarditis, "fr")).toContain("MINOCA : trois diagnostics comparés");
  });

  it("compares nothing while the anatomy is not known, or an artery is obstructed", async () => {
    const unknown = await ask(myocarditis.slice(1));
    expect(unknown).toMatch(/UNDETERMINED.*coronary-stenosis-max/);
    const obstructed = await ask([{ id: "coronary-stenosis-max", value: 50, unit: "%" }, ...myocarditis.slice(1)]);
    for (const out of [unknown, obstructed]) expect(out).not.toContain("myocarditis-lake-louise");
  });

  it("refuses a troponin without its assay", async () => {
    const file = factsFile({ id: "troponin", value: 52, unit: "ng/L" });
    const { exitCode, answer } = await runJson("decide", "--facts", file, "--pack", "minoca-desk");
    expect([exitCode, answer.code]).toEqual([3, "troponin-without-assay"]);
  });
});

describe("explain", () => {
  it.each(["en", "fr"] as const)("explains every rule in %s with its source", async (language) => {
    for (const { id, rules } of catalog) {
      const { exitCode, out } = await runMain(["explain", id, "--lang", language]);
      expect(exitCode).toBe(0);
      for (const rule of rules) {
        expect(out).toContain(rule.statement[language]);
        expect(out).toContain(rule.source.citation);
        expect(out).toContain(rule.source.lastChecked);
      }
      expect(out).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it("gives one rule as data", async () => {
    const { answer } = await runJson("explain", "calcium-categories/guideline");
    expect(answer).toMatchObject({
      schema: "etalon.rules/1",
      rules: [{ id: "calcium-categories/guideline", computation: { kind: "bands" }, reads: ["agatston-score"] }],
    });
  });

  it.each([
    ["missing-value", []],
    ["unknown-name", ["no/rule"]],
    ["unexpected-argument", ["mesa-percentile", "another"]],
  ] as const)("refuses with %s", async (code, argv) => {
    const { exitCode, answer } = await runJson("explain", ...argv);
    expect([exitCode, answer.code]).toEqual([2, code]);
  });
});
