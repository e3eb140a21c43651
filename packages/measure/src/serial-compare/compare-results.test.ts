import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalog } from "../catalog.ts";
import { publishedSchemas } from "../json-schemas.ts";
import type { Result } from "../result.ts";
import { type CompareOptions, compareResults } from "./compare-results.ts";
import { comparedOutputs, limitsOf } from "./limits.ts";

interface Given {
  readonly protocol?: string;
  readonly version?: string;
  readonly values: Readonly<Record<string, number>>;
  readonly unit?: string;
  readonly parameters?: Readonly<Record<string, number | string>>;
  readonly image?: string;
  readonly provisional?: boolean;
}

const sha = (letter: string) => letter.repeat(64);

/** A result with the outputs that a test names, "id" or "id site". */
function result(given: Given): Result {
  const { protocol = "cardiac/late-enhancement", version = "1.0.0", values, unit = "%", image = "a" } = given;
  const { parameters = { method: "drawn" }, provisional = false } = given;
  return {
    schema: "etalon.result/1",
    protocol: { id: protocol, version },
    outputs: Object.entries(values).map(([name, value]) => {
      const [id = "", site] = name.split(" ");
      return {
        ...{ id, value, unit },
        ...(site === undefined ? {} : { site }),
        code: { value: id, scheme: "99ETALON", meaning: id },
      };
    }),
    provisional,
    ...{ quality: [], candidates: [], maps: [], curves: [], sensitivity: [], ledger: null },
    recipe: {
      inputs: [
        { kind: "nifti", role: "late-enhancement", dataSetSha256: sha(image), uid: `2.25.${image.charCodeAt(0)}` },
      ],
      ...{ numbers: [], roles: [], choices: [], marks: null },
      parameters: Object.entries(parameters).map(([id, value]) => ({ id, value, source: "default" as const })),
      hashes: {},
    },
    digest: sha(image),
    build: { etalon: "test", engine: "test" },
  };
}

function compare(earlier: Omit<Given, "image">, later: Omit<Given, "image">, options?: CompareOptions) {
  return compareResults(result({ ...earlier, image: "a" }), result({ ...later, image: "b" }), options);
}

const concluded = (protocol: string, output: string, [earlier, later]: readonly [number, number]) =>
  compare({ protocol, values: { [output]: earlier } }, { protocol, values: { [output]: later } }).outputs[0]
    ?.conclusion;

describe("against published limits", () => {
  // Infarct size: limits of agreement 2.4 %LV for all, 3.2 for acute infarcts (J Am Coll Cardiol 2006;47:1641, abstract).
  it.each([
    [[12, 9.7], "persists"],
    [[12, 9.6], "persists"],
    [[12, 9.5], "undecided"],
    [[12, 8.7], "regressed"],
    [[12, 15.3], "progressed"],
    [[12, 0], "disappeared"],
    [[0, 4], "appeared"],
    [[0, 0], "absent"],
    [[0, 2], "persists"],
  ] as const)("infarct of %j %%: %s", (values, conclusion) => {
    expect(concluded("cardiac/late-enhancement", "infarct-percent", values)).toBe(conclusion);
  });

  // Ejection fraction: coefficients of repeatability 5.5 and 10.0 points (Gandy, two abstracts).
  it.each([
    [[40, 45.5], "stable"],
    [[40, 46], "undecided"],
    [[40, 50.1], "improved"],
    [[60, 49], "worsened"],
  ] as const)("ejection fraction of %j %%: %s", (values, conclusion) => {
    expect(concluded("cardiac/lv-function", "lv-ejection-fraction", values)).toBe(conclusion);
  });

  // Sevrukov 2005, abstract: ±4.930·√earlier, so ±49.3 at 100; above 11.6 where there was none.
  it.each([
    [[100, 149.3], "persists"],
    [[100, 149.4], "progressed"],
    [[0, 11.6], "persists"],
    [[0, 11.7], "appeared"],
  ] as const)("Agatston score of %j: %s", (values, conclusion) => {
    expect(concluded("coronary/calcium-score", "agatston-score", values)).toBe(conclusion);
  });

  it("takes 1.96·√2 of the coefficient of variability for volumes: 13.58 % of their mean at 4.9 %", () => {
    const { limits } = limitsOf({ protocol: "cardiac/lv-function", output: "lv-edv" }, 100, 100);
    expect(limits[0]?.value).toBeCloseTo(13.58, 2);
    expect(concluded("cardiac/lv-function", "lv-edv", [100, 115])).toBe("increased");
    expect(concluded("cardiac/lv-function", "lv-edv", [100, 112])).toBe("stable");
  });

  it("gives the difference alone where none was read, by segment, and of an unknown output", () => {
    const { outputs } = compare(
      { values: { "infarct-mass": 20, "infarct-percent AHA-4": 80, "something-new": 1 } },
      { values: { "infarct-mass": 5, "infarct-percent AHA-4": 10, "something-new": 9 } },
    );
    expect(outputs.map(({ conclusion, reserve }) => [conclusion, reserve])).toEqual([
      ["difference-only", "no-limit"],
      ["difference-only", "by-site"],
      ["difference-only", "no-limit"],
    ]);
    expect(outputs.map(({ change }) => change)).toEqual([-15, -70, 8]);
  });

  it("has a source that was read for every limit, and rows for outputs that exist", () => {
    const known = new Set(
      catalog.flatMap(({ id, outputs }) => Object.keys(outputs).map((output) => `${id} ${output}`)),
    );
    for (const name of comparedOutputs) {
      expect(known).toContain(name);
      const [protocol = "", output = ""] = name.split(" ");
      for (const { citation, readAt, value } of limitsOf({ protocol, output }, 10, 12).limits) {
        expect(citation.length).toBeGreaterThan(40);
        expect([readAt.en, readAt.fr].join()).toMatch(/abstract.*résumé/);
        expect(value).toBeGreaterThan(0);
      }
    }
  });
});

describe("properties", () => {
  const number = fc.double({ min: 0, max: 100, noNaN: true });

  it("reverses change and conclusion with the dates, where the limit does not depend on which came first", () => {
    const opposite: Readonly<Record<string, string>> = {
      ...{ regressed: "progressed", progressed: "regressed", appeared: "disappeared", disappeared: "appeared" },
    };
    fc.assert(
      fc.property(number, number, (a, b) => {
        const forth = concluded("cardiac/late-enhancement", "infarct-percent", [a, b]) ?? "";
        const back = concluded("cardiac/late-enhancement", "infarct-percent", [b, a]);
        expect(back).toBe(opposite[forth] ?? forth);
      }),
    );
  });

  it("never concludes on a provisional result or under other parameters", () => {
    fc.assert(
      fc.property(number, number, fc.boolean(), (a, b, isProvisional) => {
        const values = (value: number) => ({ "infarct-percent": value });
        const comparison = isProvisional
          ? compare({ values: values(a), provisional: true }, { values: values(b) })
          : compare(
              { values: values(a) },
              { values: values(b), parameters: { method: "fwhm" } },
              { accepted: ["method"] },
            );
        expect(comparison.outputs[0]?.conclusion).toBe("difference-only");
        expect(comparison.outputs[0]?.change).toBe(b - a);
      }),
    );
  });

  it("gives the same digest for the same question, and another for another", () => {
    const one = compare({ values: { "infarct-percent": 10 } }, { values: { "infarct-percent": 5 } });
    expect(compare({ values: { "infarct-percent": 10 } }, { values: { "infarct-percent": 5 } })).toEqual(one);
    expect(compare({ values: { "infarct-percent": 10 } }, { values: { "infarct-percent": 6 } }).digest).not.toBe(
      one.digest,
    );
  });
});

describe("refusals", () => {
  const values = { "infarct-percent": 10 };
  it.each([
    ["protocols-differ", { values, protocol: "cardiac/oedema" }, undefined],
    ["protocol-versions-differ", { values, version: "2.0.0" }, undefined],
    ["units-differ", { values, unit: "g" }, undefined],
    ["parameters-differ", { values, parameters: { method: "fwhm" } }, undefined],
    ["parameters-differ", { values, parameters: { method: "fwhm" } }, { accepted: ["sd-count"] }],
    ["dates-out-of-order", { values }, { dates: { earlier: "2026-02-01", later: "2026-01-31" } }],
    ["wrong-type", { values }, { dates: { earlier: "2026-02-01", later: "1.3.2026" } }],
    ["patients-differ", { values }, { patients: { earlier: { id: "A" }, later: { id: "B" } } }],
    [
      "patients-differ",
      { values },
      { patients: { earlier: { id: "A", birthDate: "19610314" }, later: { id: "A", birthDate: "19610315" } } },
    ],
  ] as const)("%s", (code, later, options) => {
    expect(() => compare({ values }, later, options)).toThrow(expect.objectContaining({ code }));
  });

  it("one image in both: what differs is the reading", () => {
    const one = result({ values });
    expect(() => compareResults(one, result({ values: { "infarct-percent": 12 } }))).toThrow(
      expect.objectContaining({ code: "same-examination" }),
    );
  });

  it("says which parameter differed, with both values, and no patient's identity", () => {
    const differing = () => compare({ values }, { values, parameters: { method: "fwhm" } });
    expect(differing).toThrow(
      expect.objectContaining({
        field: "method",
        received: "drawn",
        details: expect.objectContaining({ expected: "fwhm" }),
      }),
    );
    try {
      compare({ values }, { values }, { patients: { earlier: { id: "SECRET" }, later: { id: "OTHER" } } });
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify(error)).not.toMatch(/SECRET|OTHER/);
    }
  });
});

it("says who was compared and when", () => {
  const values = { "infarct-percent": 10 };
  const dates = { earlier: "2026-01-31", later: "2026-03-02" };
  // January has 31 days and February 28: 1 + 28 + 1.
  expect(compare({ values }, { values }, { dates })).toMatchObject({ daysBetween: 30, patient: "not-checked" });
  const same = compare({ values }, { values }, { patients: { earlier: { id: "A " }, later: { id: "A" } } });
  expect(same).toMatchObject({ patient: "same", dates: null, daysBetween: null });
  const issuers = { earlier: { id: "A", issuerOfId: "X" }, later: { id: "B", issuerOfId: "Y" } };
  expect(compare({ values }, { values }, { patients: issuers }).patient).toBe("not-checked");
});

it("lists what only one result has, and leaves lesions out", () => {
  const comparison = compare(
    { values: { "infarct-percent": 1, "infarct-mass": 2 } },
    { values: { "infarct-percent": 1, "no-reflow-percent": 3 } },
  );
  expect([comparison.onlyEarlier, comparison.onlyLater]).toEqual([["infarct-mass"], ["no-reflow-percent"]]);
});

describe("the published schema", () => {
  const validate = new Ajv2020({ strict: false }).compile(
    publishedSchemas()["etalon.comparison.1.schema.json"] as object,
  );
  const values = { "infarct-percent": 12, "infarct-mass": 20, "infarct-percent AHA-1": 3 };

  it("takes comparisons with limits, sites, dates, persons and parameters that differ", () => {
    const dates = { earlier: "2026-01-05", later: "2026-07-05" };
    const patients = { earlier: { id: "1" }, later: { id: "1" } };
    const judged = compare({ values }, { values: { ...values, "infarct-percent": 0 } }, { dates, patients });
    expect(judged.outputs.map(({ conclusion, reserve }) => reserve ?? conclusion)).toContain("by-site");
    const other = { values: { "infarct-percent": 8 }, parameters: { method: "fwhm" }, provisional: true };
    const accepted = compare({ values }, other, { accepted: ["method"] });
    expect(accepted.onlyEarlier.length).toBeGreaterThan(0);
    for (const comparison of [judged, accepted]) {
      expect(validate(JSON.parse(JSON.stringify(comparison))), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  it("takes nothing that no comparison says", () => {
    const comparison = compare({ values }, { values });
    const [output] = comparison.outputs;
    expect(validate({ ...comparison, digest: "1" })).toBe(false);
    expect(validate({ ...comparison, patient: "Dupont" })).toBe(false);
    expect(validate({ ...comparison, outputs: [{ ...output, conclusion: "cured" }] })).toBe(false);
    expect(validate({ ...comparison, outputs: [{ ...output, colour: "red" }] })).toBe(false);
  });
});
