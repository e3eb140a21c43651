import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalog, decide, type GivenFact, parseFacts, type RuleValue } from "@etalon/decide";
import { sharedDataRoot } from "@etalon/testing";

/** Folder of the reference collection, beside the shared data. */
const referenceFolder = join(sharedDataRoot, "../reference");

/** One published number beside ours. */
export interface ExampleRow {
  readonly file: string;
  readonly id: string;
  readonly rule: string;
  readonly quantity: string;
  readonly expected: RuleValue;
  readonly computed: RuleValue | "–";
  /** Absent for codes, which must be equal. */
  readonly tolerance?: number;
  readonly isWithin: boolean;
}

type Input = Readonly<Record<string, number | string>>;

/** An example of the reference collection. */
interface Example {
  readonly id: string;
  readonly input: Input;
  readonly expected: Readonly<Record<string, RuleValue>>;
  readonly tolerance?: number;
}

/** How the examples with one beginning of their id are asked, and where each expected number is found. */
interface Covered {
  readonly file: string;
  readonly prefix: string;
  readonly facts: (input: Input) => readonly (GivenFact | undefined)[];
  /** `rule key` of each expected quantity; `undefined` where it is not one of ours. */
  readonly reads: (quantity: string, example: Example) => readonly [rule: string, key: string] | undefined;
  /** The published form of an expected code, as our rules write it. */
  readonly translate?: (expected: RuleValue) => RuleValue;
}

const number = (id: string, value: number | string | undefined, unit?: string): GivenFact | undefined =>
  value === undefined ? undefined : { id, value: Number(value), ...(unit === undefined ? {} : { unit }) };
const truth = (id: string, value: number | string | boolean | undefined): GivenFact | undefined =>
  value === undefined ? undefined : { id, value: value === true || value === 1 };
const choice = (id: string, value: number | string | undefined): GivenFact | undefined =>
  value === undefined ? undefined : { id, value: String(value) };

const sexOf = (input: Input) => choice("sex", { m: "male", f: "female" }[String(input.sex)] ?? input.sex);
const score = (value: number | string | undefined) => number("agatston-score", value);
const cholesterol = (input: Input, unit: string) => [
  number("total-cholesterol", input.tc, unit),
  number("hdl-cholesterol", input.hdl, unit),
];
const person = (input: Input) => [
  number("age", input.age, "a"),
  sexOf(input),
  choice("ethnicity", input.race),
  number("systolic-blood-pressure", input.sbp, "mm[Hg]"),
  truth("current-smoker", input.smoker ?? input.smoking),
  truth("diabetes", input.diabetes ?? input.dm),
  truth("blood-pressure-medication", input.bp_med ?? input.bp_treated ?? input.bp_tx),
  score(input.cac),
];

const score2Of = (rule: string, prefix: string): Covered => ({
  file: "03_risk_equations",
  prefix,
  facts: (input) => [
    ...person(input),
    ...cholesterol(input, "mmol/L"),
    choice("risk-region", String(input.region).replace("_", "-")),
    truth("diabetes", input.age_diag === undefined ? 0 : 1),
    number("diabetes-age", input.age_diag, "a"),
    number("hba1c", input.hba1c_mmol_mol, "mmol/mol"),
    number("egfr", input.egfr, "mL/min/{1.73_m2}"),
  ],
  reads: () => [rule, "riskPercent"],
});

const preventKeys: Readonly<Record<string, string>> = {
  total_cvd: "totalCvdRiskPercent",
  ascvd: "ascvdRiskPercent",
  heart_failure: "heartFailureRiskPercent",
  chd: "coronaryRiskPercent",
  stroke: "strokeRiskPercent",
};

const sfcSfdKeys: Readonly<Record<string, string>> = {
  class: "riskClass",
  ischaemia_screening: "ischaemiaScreening",
  ldl_g_l: "ldlTargetGPerL",
};

/** Everything of the reference collection that the packs answer. */
const covered: readonly Covered[] = [
  {
    file: "01_coronary_calcium",
    prefix: "cac.cat.",
    facts: ({ cac }) => [score(cac)],
    reads: (quantity) => [`calcium-categories/${quantity}`, "category"],
    // The collection writes ">=400 (400-999)" for the band of the guidelines.
    translate: (expected) => (expected === ">=400 (400-999)" ? "400-999" : expected),
  },
  {
    file: "01_coronary_calcium",
    prefix: "cac.hok.",
    facts: ({ V1, V2 }) => [number("earlier-volume-score", V1, "mm3"), number("volume-score", V2, "mm3")],
    reads: (quantity) => ["calcium-progression/hokanson", quantity === "progressed" ? "progressed" : "changeRootMm3"],
  },
  {
    file: "01_coronary_calcium",
    prefix: "cac.ann.",
    facts: ({ cac1, cac2, years }) => [
      score(cac2),
      number("earlier-agatston-score", cac1),
      number("years-between-scans", years, "a"),
    ],
    reads: () => ["calcium-progression/annual", "annualPercent"],
  },
  {
    file: "01_coronary_calcium",
    prefix: "cac.drs.",
    facts: ({ agatston, vessels }) => [score(agatston), number("vessel-count", vessels)],
    reads: () => ["calcium-categories/cac-drs", "code"],
  },
  {
    file: "01_coronary_calcium",
    prefix: "cac.shemesh.",
    facts: (input) => (["LM", "LAD", "LCx", "RCA"] as const).map((a) => number(`shemesh-${a.toLowerCase()}`, input[a])),
    reads: (quantity) => ["shemesh/total", quantity === "class" ? "category" : quantity],
  },
  {
    file: "02_mesa_hoff_percentiles_risk",
    prefix: "mesa.pct.",
    facts: person,
    reads: () => ["mesa-percentile/by-ethnicity", "percentile"],
  },
  {
    file: "02_mesa_hoff_percentiles_risk",
    prefix: "hoff.",
    facts: person,
    reads: () => ["hoff-percentile/band", "band"],
    // The collection writes "p75-90" and "below p25".
    translate: (expected) =>
      String(expected)
        .replace(/^below /, "<")
        .replace(/-(\d)/, "-p$1"),
  },
  ...["mesa.calc.", "mesa.cvrisk."].map(
    (prefix): Covered => ({
      file: "02_mesa_hoff_percentiles_risk",
      prefix,
      facts: (input) => [
        ...person(input),
        ...cholesterol(input, "mg/dL"),
        truth("lipid-medication", input.lipid_med),
        truth("family-history-heart-attack", input.fh),
      ],
      reads: (quantity) =>
        quantity === "risk_with_cac_percent"
          ? ["mesa-chd-risk/with-calcium", "riskWithCalciumPercent"]
          : ["mesa-chd-risk/without-calcium", "riskWithoutCalciumPercent"],
    }),
  ),
  {
    file: "02_mesa_hoff_percentiles_risk",
    prefix: "artage.",
    facts: ({ cac }) => [score(cac)],
    reads: () => ["arterial-age/mesa", "arterialAgeYears"],
  },
  score2Of("score2/score2", "score2."),
  score2Of("score2/score2-op", "score2op."),
  score2Of("score2/score2-diabetes", "score2dm."),
  {
    file: "03_risk_equations",
    prefix: "pce.",
    facts: (input) => [...person(input), ...cholesterol(input, "mg/dL")],
    reads: () => ["pce/by-ethnicity", "riskPercent"],
  },
  {
    file: "03_risk_equations",
    prefix: "prevent.",
    facts: (input) => [
      ...person(input),
      ...cholesterol(input, "mg/dL"),
      truth("statin", input.statin),
      number("egfr", input.egfr, "mL/min/{1.73_m2}"),
      number("bmi", input.bmi, "kg/m2"),
    ],
    reads: (quantity, { input }) => [
      input.time === "30yr" ? "prevent/thirty-year" : "prevent/ten-year",
      preventKeys[quantity] ?? quantity,
    ],
  },
  {
    file: "03_risk_equations",
    prefix: "ldl.",
    facts: ({ risk }) => [choice("risk-class", risk)],
    reads: (quantity) => ["ldl-ladder/target", quantity === "target_mmol" ? "ldlTargetMmolPerL" : "ldlTargetGPerL"],
  },
  {
    file: "04a_guidelines_cardiac",
    prefix: "sfd.",
    facts: ({ age, a_priori, cac }) => [
      number("age", age, "a"),
      choice("diabetes-a-priori-risk", a_priori),
      score(cac),
    ],
    reads: (quantity) => ["sfc-sfd-2021/under-50", sfcSfdKeys[quantity] ?? quantity],
  },
  {
    file: "04a_guidelines_cardiac",
    prefix: "cacrule.",
    facts: ({ ascvd_risk, cac, smoker }) => [
      number("ten-year-ascvd-risk", ascvd_risk, "%"),
      score(cac),
      truth("current-smoker", smoker),
    ],
    reads: (_quantity, { input }) => [
      input.cac === 0 ? "calcium-thresholds/abstain" : "calcium-thresholds/statin-100",
      "recommendation",
    ],
    // A rule that does not apply gives nothing; the pack's test says that it is refuted and not merely undetermined.
    translate: (expected) => (expected === "favoured (IIa)" ? "statin" : "–"),
  },
];

/** Every example that the packs cover, computed through `parseFacts` and `decide` as a person would ask. */
export function workedExamples(): readonly ExampleRow[] {
  return covered.flatMap((kind) =>
    examplesOf(kind.file)
      .filter(({ id }) => id.startsWith(kind.prefix))
      .flatMap((example) => rowsOf(kind, example)),
  );
}

/** Ids of the examples of the collection's first files that no pack answers. */
export function otherExamples(): readonly string[] {
  const files = ["01_coronary_calcium", "02_mesa_hoff_percentiles_risk", "03_risk_equations", "04a_guidelines_cardiac"];
  return files.flatMap((file) =>
    examplesOf(file)
      .map(({ id }) => id)
      .filter((id) => !covered.some((kind) => kind.file === file && id.startsWith(kind.prefix))),
  );
}

function examplesOf(file: string): readonly Example[] {
  const { examples } = JSON.parse(readFileSync(join(referenceFolder, `${file}.json`), "utf8")) as {
    readonly examples: readonly Example[];
  };
  return examples;
}

function rowsOf(kind: Covered, example: Example): readonly ExampleRow[] {
  const given = kind.facts(example.input).filter((fact) => fact !== undefined);
  const { verdicts } = decide(catalog, parseFacts({ schema: "etalon.facts/1", facts: given }));
  return Object.entries(example.expected).flatMap(([quantity, published]) => {
    const place = kind.reads(quantity, example);
    if (place === undefined) return [];
    const [rule, key] = place;
    const value = verdicts.find((verdict) => verdict.rule === rule)?.value?.[key];
    // The collection gives fractions where our rules give percent.
    const isFraction = key.endsWith("Percent") && !quantity.endsWith("percent") && typeof published === "number";
    const computed = value === undefined ? "–" : isFraction && typeof value === "number" ? value / 100 : value;
    const expected = kind.translate?.(published) ?? published;
    const base = { file: kind.file, id: example.id, rule, quantity, expected, computed };
    if (typeof expected !== "number") return [{ ...base, isWithin: computed === expected }];
    const tolerance = example.tolerance ?? halfOfLastDigit(expected);
    return [
      { ...base, tolerance, isWithin: typeof computed === "number" && Math.abs(computed - expected) <= tolerance },
    ];
  });
}

/** Half of the last digit that was printed: what rounding alone explains. */
function halfOfLastDigit(value: number): number {
  const decimals = String(value).split(".")[1]?.length ?? 0;
  return 0.5 * 10 ** -Math.max(decimals, 1) + 1e-12;
}
