import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { catalog } from "./catalog.ts";
import { decide } from "./engine/decide.ts";
import { type GivenFact, parseFacts } from "./facts/parse-facts.ts";
import { pooledCohortEquations } from "./packs/pce/pce-coefficients.ts";
import { baseTenYear } from "./packs/prevent/base-ten-year.ts";
import { baseThirtyYear } from "./packs/prevent/base-thirty-year.ts";
import { type PreventTable, preventOutcomes, preventTerms } from "./packs/prevent/prevent-table.ts";
import type { CardiovascularEquation } from "./packs/score2/cardiovascular-equation.ts";
import { score2Equation } from "./packs/score2/score2-coefficients.ts";
import { diabetesTerms, score2DiabetesEquation } from "./packs/score2/score2-diabetes-coefficients.ts";
import { score2OpEquation } from "./packs/score2/score2-op-coefficients.ts";

const FILE = "../reference/03_risk_equations.json";

const numbers = z.record(z.string(), z.number());
const reference = z.object({
  items: z.array(z.object({ id: z.string(), value: z.unknown() })),
  examples: z.array(
    z.object({
      id: z.string(),
      input: z.record(z.string(), z.union([z.number(), z.string()])),
      expected: z.record(z.string(), z.union([z.number(), z.string()])),
      tolerance: z.number().optional(),
    }),
  ),
});
const preventReference = z.object({
  tables: z.record(z.string(), z.record(z.string(), z.array(z.union([z.number(), z.string()])))),
});

/** The rule, its key and the factor to percent for each family of examples; half a printed digit where none is stated. */
const FAMILIES = [
  { prefix: "score2.", rule: "score2/score2", within: 0.05 },
  { prefix: "score2op.", rule: "score2/score2-op", within: 0.05 },
  { prefix: "score2dm.", rule: "score2/score2-diabetes", within: 0.05 },
  { prefix: "pce.", rule: "pce/by-ethnicity", within: 0.005 },
  { prefix: "prevent.readme.30", rule: "prevent/thirty-year", within: 0.0006 },
  { prefix: "prevent.calc.", rule: "prevent/ten-year", within: 0.0006 },
] as const;

/** The reference's key, ours, and how many of ours make one of the reference's. */
const KEYS: Readonly<Record<string, readonly [string, number]>> = {
  risk_percent: ["riskPercent", 1],
  total_cvd: ["totalCvdRiskPercent", 100],
  ascvd: ["ascvdRiskPercent", 100],
  heart_failure: ["heartFailureRiskPercent", 100],
  chd: ["coronaryRiskPercent", 100],
  stroke: ["strokeRiskPercent", 100],
};

/** How the reference writes each fact. SCORE2 is in mmol/L, the American equations in mg/dL. */
function factsDocument(input: Readonly<Record<string, number | string>>, cholesterolUnit: string): unknown {
  const numeric = (id: string, key: string, unit: string): GivenFact[] =>
    typeof input[key] === "number" ? [{ id, value: input[key], unit }] : [];
  const flag = (id: string, ...keys: readonly string[]): GivenFact[] =>
    keys.flatMap((key) => (typeof input[key] === "number" ? [{ id, value: input[key] === 1 }] : []));
  const facts: readonly GivenFact[] = [
    { id: "sex", value: String(input["sex"]).startsWith("m") ? "male" : "female" },
    ...numeric("age", "age", "a"),
    ...numeric("systolic-blood-pressure", "sbp", "mm[Hg]"),
    ...numeric("total-cholesterol", "tc", cholesterolUnit),
    ...numeric("hdl-cholesterol", "hdl", cholesterolUnit),
    ...numeric("diabetes-age", "age_diag", "a"),
    ...numeric("hba1c", "hba1c_mmol_mol", "mmol/mol"),
    ...numeric("egfr", "egfr", "mL/min/{1.73_m2}"),
    ...numeric("bmi", "bmi", "kg/m2"),
    ...flag("current-smoker", "smoker", "smoking"),
    ...flag("diabetes", "diabetes", "dm"),
    ...flag("blood-pressure-medication", "bp_treated", "bp_tx"),
    ...flag("statin", "statin"),
    ...("age_diag" in input ? [{ id: "diabetes", value: true }] : []),
    ...("race" in input ? [{ id: "ethnicity", value: String(input["race"]) }] : []),
    ...("region" in input ? [{ id: "risk-region", value: String(input["region"]).replace("_", "-") }] : []),
  ];
  return { schema: "etalon.facts/1", facts };
}

/** An equation of the SCORE2 family as the reference spells it. */
function spelled(equation: CardiovascularEquation, sex: "male" | "female"): Readonly<Record<string, number>> {
  const { age, smoking, systolic, diabetes, total, hdl } = equation[sex];
  return {
    age,
    smk: smoking[0],
    sbp: systolic[0],
    dm: diabetes[0],
    tc: total[0],
    hdl: hdl[0],
    age_smk: smoking[1],
    age_sbp: systolic[1],
    age_dm: diabetes[1],
    age_tc: total[1],
    age_hdl: hdl[1],
  };
}

describeWithSharedData("reference 03, risk equations", FILE, (path) => {
  const { items, examples } = reference.parse(JSON.parse(readFileSync(path, "utf8")));
  const itemOf = (id: string): unknown => items.find((item) => item.id === id)?.value;
  const bySex = (id: string) => z.object({ men: numbers, women: numbers }).parse(itemOf(id));
  const cases = examples.flatMap((example) => {
    const family = FAMILIES.find(({ prefix }) => example.id.startsWith(prefix));
    return family === undefined ? [] : [{ ...example, family }];
  });

  it("has the examples that this test was written for", () => {
    expect(cases.length).toBeGreaterThanOrEqual(27);
    const families = new Set(cases.map(({ family }) => family.prefix));
    expect([...families].toSorted()).toEqual(FAMILIES.map(({ prefix }) => prefix).toSorted());
  });

  it.each(cases.map((example) => [example.id, example] as const))(
    "%s",
    (_id, { input, expected, family, tolerance }) => {
      const facts = parseFacts(factsDocument(input, family.rule.startsWith("score2") ? "mmol/L" : "mg/dL"));
      const verdict = decide(catalog, facts).verdicts.find(({ rule }) => rule === family.rule);
      expect(verdict?.outcome).toBe("applies");
      for (const [key, wanted] of Object.entries(expected)) {
        const [ours, factor] = KEYS[key];
        const value = Number(verdict?.value?.[ours]) / factor;
        expect(Math.abs(value - Number(wanted)), `${key}: ${value}, not ${wanted}`).toBeLessThanOrEqual(
          tolerance ?? family.within,
        );
      }
    },
  );

  it.each([
    ["score2.coefficients", score2Equation, (sex: "male" | "female") => ({ S0: score2Equation[sex].baselineSurvival })],
    [
      "score2op.coefficients",
      score2OpEquation,
      (sex: "male" | "female") => ({
        S0: score2OpEquation[sex].baselineSurvival,
        meanlp: score2OpEquation[sex].meanPredictor,
      }),
    ],
    [
      "score2dm.coefficients",
      score2DiabetesEquation,
      (sex: "male" | "female") => {
        const { diagnosisAge, hba1c, logEgfr, logEgfrSquared } = diabetesTerms[sex];
        return {
          agediab: diagnosisAge,
          a1c: hba1c[0],
          egfr: logEgfr[0],
          egfr2: logEgfrSquared,
          a1c_age: hba1c[1],
          egfr_age: logEgfr[1],
        };
      },
    ],
  ] as const)("%s are the reference's", (id, equation, more) => {
    const { men, women } = bySex(id);
    expect({ ...spelled(equation, "male"), ...more("male") }).toEqual(men);
    expect({ ...spelled(equation, "female"), ...more("female") }).toEqual(women);
  });

  it.each([
    ["score2.scales", score2Equation],
    ["score2op.scales", score2OpEquation],
  ] as const)("%s are the reference's", (id, { male, female }) => {
    const scales = z
      .record(z.string(), z.object({ men: z.array(z.number()), women: z.array(z.number()) }))
      .parse(itemOf(id));
    const regions = Object.keys(male.scales) as (keyof typeof male.scales)[];
    expect(Object.keys(scales).map((region) => region.replace("_", "-"))).toEqual(regions);
    for (const region of regions) {
      expect({ men: male.scales[region], women: female.scales[region] }).toEqual(scales[region.replace("-", "_")]);
    }
  });

  it("pce.coefficients are the reference's", () => {
    const wanted = z.record(z.string(), numbers).parse(itemOf("pce.coefficients"));
    for (const race of ["white", "black"] as const) {
      for (const sex of ["male", "female"] as const) {
        const beta = pooledCohortEquations[race][sex];
        expect({
          ln_age: beta.age,
          ln_age2: beta.ageSquared,
          ln_tc: beta.total,
          age_tc: beta.ageTotal,
          ln_hdl: beta.hdl,
          age_hdl: beta.ageHdl,
          tsbp: beta.treatedSystolic,
          age_tsbp: beta.ageTreatedSystolic,
          usbp: beta.untreatedSystolic,
          age_usbp: beta.ageUntreatedSystolic,
          smk: beta.smoking,
          age_smk: beta.ageSmoking,
          dm: beta.diabetes,
          mean: beta.mean,
          S0: beta.baselineSurvival,
        }).toEqual(wanted[`${race}_${sex}`]);
      }
    }
  });

  describe("03b: the coefficients of PREVENT are the reference's", () => {
    const file = join(dirname(path), "03b_prevent_coefficients.json");
    const { tables } = preventReference.parse(JSON.parse(readFileSync(file, "utf8")));
    const columns = ["total_cvd", "ascvd", "heart_failure", "chd", "stroke"];
    const models: readonly (readonly [string, PreventTable])[] = [
      ["base_10yr", baseTenYear],
      ["base_30yr", baseThirtyYear],
    ];

    it.each(models)("%s, row by row in the paper's order", (name, table) => {
      const wanted = tables[name];
      expect(columns).toHaveLength(preventOutcomes.length);
      for (const sex of ["female", "male"] as const) {
        const rows = preventTerms.flatMap((term) => {
          const row = table[sex][term];
          return row === undefined ? [] : [row];
        });
        expect(rows).toHaveLength(wanted["beta_coefficients"].length);
        expect(rows).toEqual(rows.map((_, at) => columns.map((column) => wanted[`${sex}_${column}`][at])));
      }
    });
  });
});
