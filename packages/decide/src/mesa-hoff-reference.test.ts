import { readFileSync } from "node:fs";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { catalog } from "./catalog.ts";
import { decide } from "./engine/decide.ts";
import { type GivenFact, parseFacts } from "./facts/parse-facts.ts";
import { hoffTable } from "./packs/hoff-percentile/hoff-table.ts";
import { withCalcium, withoutCalcium } from "./packs/mesa-chd-risk/mesa-chd-coefficients.ts";
import { mesaByAgeMen } from "./packs/mesa-percentile/mesa-by-age-men.ts";
import { mesaByAgeWomen } from "./packs/mesa-percentile/mesa-by-age-women.ts";
import { mesaLadder } from "./packs/mesa-percentile/mesa-reference.ts";

const FILE = "../reference/02_mesa_hoff_percentiles_risk.json";

const flag = z.union([z.literal(0), z.literal(1)]).optional();
const input = z.strictObject({
  sex: z.enum(["male", "female"]).optional(),
  age: z.number().optional(),
  race: z.enum(["white", "black", "hispanic", "chinese"]).optional(),
  cac: z.number().optional(),
  sbp: z.number().optional(),
  hdl: z.number().optional(),
  tc: z.number().optional(),
  bp_med: flag,
  lipid_med: flag,
  smoker: flag,
  diabetes: flag,
  fh: flag,
});
const reference = z.object({
  items: z.array(z.object({ id: z.string(), value: z.unknown() })),
  examples: z.array(
    z.object({
      id: z.string(),
      input,
      expected: z.record(z.string(), z.union([z.number(), z.string()])),
      tolerance: z.number().optional(),
    }),
  ),
});

/** Where each expected key of the reference is found, and half a unit of its last printed digit. */
const KEYS: Readonly<Record<string, { readonly pack: string; readonly key: string; readonly within: number }>> = {
  risk_without_cac_percent: { pack: "mesa-chd-risk", key: "riskWithoutCalciumPercent", within: 0.005 },
  risk_with_cac_percent: { pack: "mesa-chd-risk", key: "riskWithCalciumPercent", within: 0.005 },
  arterial_age: { pack: "arterial-age", key: "arterialAgeYears", within: 0.05 },
  percentile: { pack: "mesa-percentile", key: "percentile", within: 1 },
  band: { pack: "hoff-percentile", key: "band", within: 0 },
};

/** The reference's spelling of Hoff's bands. */
const BANDS: Readonly<Record<string, string>> = {
  "below p25": "<p25",
  "p25-50": "p25-p50",
  "p50-75": "p50-p75",
  "p75-90": "p75-p90",
  ">p90": ">p90",
};

function factsDocument(person: z.infer<typeof input>): {
  readonly schema: string;
  readonly facts: readonly GivenFact[];
} {
  const given: readonly (readonly [string, GivenFact["value"] | undefined, string?])[] = [
    ["age", person.age, "a"],
    ["sex", person.sex],
    ["ethnicity", person.race],
    ["agatston-score", person.cac, "[arb'U]"],
    ["systolic-blood-pressure", person.sbp, "mm[Hg]"],
    ["total-cholesterol", person.tc, "mg/dL"],
    ["hdl-cholesterol", person.hdl, "mg/dL"],
    ["blood-pressure-medication", isTrue(person.bp_med)],
    ["lipid-medication", isTrue(person.lipid_med)],
    ["current-smoker", isTrue(person.smoker)],
    ["diabetes", isTrue(person.diabetes)],
    ["family-history-heart-attack", isTrue(person.fh)],
  ];
  const facts = given.flatMap(([id, value, unit]) =>
    value === undefined ? [] : [{ id, value, ...(unit === undefined ? {} : { unit }) }],
  );
  return { schema: "etalon.facts/1", facts };
}

function isTrue(value: 0 | 1 | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 1;
}

function expectExample(
  person: z.infer<typeof input>,
  expected: Readonly<Record<string, number | string>>,
  tolerance?: number,
): void {
  const { verdicts } = decide(catalog, parseFacts(factsDocument(person)));
  for (const [name, printed] of Object.entries(expected)) {
    const { pack, key, within } = KEYS[name];
    const applying = verdicts.filter((verdict) => verdict.pack === pack && verdict.outcome === "applies");
    expect(applying).toHaveLength(1);
    const value = applying[0].value?.[key];
    if (typeof printed === "string") expect(value).toBe(BANDS[printed]);
    else expect(Math.abs(Number(value) - printed)).toBeLessThanOrEqual(tolerance ?? within);
  }
}

describe("published examples", () => {
  const woman = { sex: "female", age: 72, race: "white", sbp: 150, hdl: 60, tc: 240, bp_med: 1, lipid_med: 1 } as const;
  const burdened = { ...woman, smoker: 1, diabetes: 1, fh: 1 } as const;

  it("a test case of the CVrisk package (test-chd_10y_mesa.R) gives 8.61 %", () => {
    const man = { sex: "male", age: 70, race: "hispanic", sbp: 130, hdl: 50, tc: 190 } as const;
    const rest = { bp_med: 1, lipid_med: 0, smoker: 0, diabetes: 0, fh: 0 } as const;
    expectExample({ ...man, ...rest }, { risk_without_cac_percent: 8.61 });
  });

  it("every term at once, above the 30 % that CVrisk clips at (reference 02, mesa.calc.3)", () => {
    expectExample(burdened, { risk_without_cac_percent: 33.65 });
    expectExample({ ...burdened, cac: 100 }, { risk_with_cac_percent: 27.87, risk_without_cac_percent: 33.65 });
    expectExample({ ...burdened, cac: 400 }, { risk_with_cac_percent: 37.93 });
  });

  it("a score of 250 is an arterial age of 79 (README of Radiology-Right-Click)", () => {
    expectExample({ cac: 250 }, { arterial_age: 79.2 });
    expectExample({ cac: 0 }, { arterial_age: 39.1 });
  });

  it("percentiles of MESA (reference 02, mesa.pct)", () => {
    expectExample({ sex: "male", race: "white", age: 60, cac: 100 }, { percentile: 68 });
    expectExample({ sex: "female", race: "hispanic", age: 55, cac: 1 }, { percentile: 81 });
    expectExample({ sex: "male", race: "chinese", age: 80, cac: 1000 }, { percentile: 91 });
  });

  it("a score equal to one of Hoff's quantiles belongs above it (reference 02, hoff.52.male)", () => {
    expectExample({ sex: "male", age: 52, cac: 103 }, { band: "p75-90" });
    expectExample({ sex: "male", age: 52, cac: 102 }, { band: "p50-75" });
  });
});

describeWithSharedData("reference 02", FILE, (path) => {
  const { items, examples } = reference.parse(JSON.parse(readFileSync(path, "utf8")));
  const item = (id: string) => items.find((each) => each.id === id)?.value;

  it("has examples", () => expect(examples.length).toBeGreaterThanOrEqual(28));

  it.each(examples.map((example) => [example.id, example] as const))("%s", (_id, example) => {
    expectExample(example.input, example.expected, example.tolerance);
  });

  it("holds the table by year of age that is used here", () => {
    const rows = z.record(z.string(), z.array(z.array(z.number())));
    const byAge = z
      .object({
        ladder_agatston: z.array(z.number()),
        prob_nonzero_percent: z.record(z.string(), z.array(z.number())),
        percentile_at_ladder: rows,
      })
      .parse(item("mesa.by_age"));
    const strata = [
      ...Object.entries(mesaByAgeMen).map(([ethnicity, table]) => [`male|${ethnicity}`, table] as const),
      ...Object.entries(mesaByAgeWomen).map(([ethnicity, table]) => [`female|${ethnicity}`, table] as const),
    ];
    expect(strata.map(([stratum]) => stratum).toSorted()).toEqual(Object.keys(byAge.percentile_at_ladder).toSorted());
    expect(mesaLadder).toEqual(byAge.ladder_agatston);
    for (const [stratum, table] of strata) {
      expect(table.map(([nonZero]) => nonZero)).toEqual(byAge.prob_nonzero_percent[stratum]);
      expect(table.map(([, ...percentiles]) => percentiles)).toEqual(byAge.percentile_at_ladder[stratum]);
    }
  });

  it("holds Hoff's table", () => {
    const { rows } = z
      .object({ rows: z.record(z.string(), z.object({ male: z.array(z.number()), female: z.array(z.number()) })) })
      .parse(item("hoff.table"));
    expect(Object.values(rows)).toEqual(hoffTable.map(({ male, female }) => ({ male, female })));
    // "<40" and "40-44" end where the next row starts; ">74" is the row before 91.
    const nextStarts = Object.keys(rows).map(
      (label) => Number(/\d+$/.exec(label)?.[0]) + (label.startsWith("<") ? 0 : 1),
    );
    expect(hoffTable.slice(0, -1).map(({ belowAge }) => belowAge)).toEqual(nextStarts.slice(0, -1));
  });

  it.each([
    ["mesa.chd.without_cac", withoutCalcium],
    ["mesa.chd.with_cac", withCalcium],
  ] as const)("holds the coefficients %s", (id, model) => {
    expect({
      S0: model.baselineSurvival,
      age_per_year: model.agePerYear,
      male: model.male,
      chinese: model.ethnicity.chinese,
      black: model.ethnicity.black,
      hispanic: model.ethnicity.hispanic,
      diabetes: model.diabetes,
      current_smoker: model.currentSmoker,
      total_chol_mgdl: model.totalCholesterolPerMgPerDl,
      hdl_mgdl: model.hdlCholesterolPerMgPerDl,
      lipid_med: model.lipidMedication,
      sbp_mmhg: model.systolicBloodPressurePerMmHg,
      bp_med: model.bloodPressureMedication,
      family_history_mi: model.familyHistoryOfHeartAttack,
      ...(model.logAgatstonPlus1 === 0 ? {} : { ln_cac_plus_1: model.logAgatstonPlus1 }),
    }).toEqual(item(id));
    expect(model.ethnicity.white).toBe(0);
  });
});
