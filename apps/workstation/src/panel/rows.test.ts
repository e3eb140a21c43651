import { type AnyProtocol, catalog, type Result } from "@etalon/measure";
import { describe, expect, test } from "vitest";
import { outputGroups } from "./output-rows.ts";
import { sensitivityGroups } from "./sensitivity-groups.ts";

/** A result with every output that a protocol declares, of the whole and of one segment. */
function resultOf(protocol: AnyProtocol): Result {
  const outputs = Object.entries(protocol.outputs).flatMap(([id, { unit, code }]) =>
    [{ site: "AHA-8" }, {}].map((site) => ({ id, unit, code, value: 1234.5678, ...site })),
  );
  const hash = "0".repeat(64);
  return {
    schema: "etalon.result/1",
    protocol: { id: protocol.id, version: protocol.version },
    ...{
      outputs,
      provisional: false,
      quality: [],
      candidates: [],
      maps: [],
      curves: [],
      sensitivity: [],
      ledger: null,
    },
    recipe: { inputs: [], numbers: [], roles: [], choices: [], marks: null, parameters: [], hashes: {} },
    digest: hash,
    build: { etalon: "test", engine: "test" },
  };
}

const protocolOf = (id: string): AnyProtocol => {
  const found = catalog.find((protocol) => protocol.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

describe.each(catalog.map((protocol) => [protocol.id, protocol] as const))("every output of %s", (_, protocol) => {
  test.each(["en", "fr"] as const)("has a row that a person reads, in %s", (language) => {
    const groups = outputGroups(resultOf(protocol), protocol, language);
    expect(groups[0]?.title).toBeUndefined();
    const rows = groups.flatMap((group) => group.rows);
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(Object.keys(protocol.outputs)));
    for (const { id, title, text, unit } of rows) {
      expect(title).toMatch(/^\p{Lu}/u);
      expect(title).not.toBe(id);
      // No digits that nobody measured, no UCUM brackets or exponents.
      expect(text).toBe("1235");
      expect(unit).not.toMatch(/[[\]{}]|\w\d$/);
    }
  });
});

test("the whole comes before its sites, a whole number has no decimals", () => {
  const protocol = protocolOf("cardiac/t2star-map");
  const [{ code } = { code: { value: "", scheme: "99ETALON" as const, meaning: "" } }] = resultOf(protocol).outputs;
  const outputs = [
    { id: "t2star-mean", value: 26.449, unit: "ms", site: "SEPTUM", code },
    { id: "iron-category", value: 2, unit: "1", site: "SEPTUM", code },
    { id: "fitted-percent", value: 98.76, unit: "%", code },
  ];
  const shown = outputGroups({ ...resultOf(protocol), outputs }, protocol, "fr");
  expect(shown.map(({ title, rows }) => [title, ...rows.map(({ text, unit }) => `${text} ${unit}`.trim())])).toEqual([
    [undefined, "98,8 %"],
    ["Septum", "26,4 ms", "2"],
  ]);
});

test("other choices are said output by output, with unit, by the name of what was varied", () => {
  const row = { category: "–", changesCategory: false };
  const mbf = [
    { ...row, parameter: "fit-window", choice: "whole", output: "mbf-stress", value: 2.5, changesCategory: true },
    { ...row, parameter: "fit-window", choice: "whole", output: "mbf-rest", value: 0.8 },
  ];
  expect(sensitivityGroups(mbf, protocolOf("cardiac/perfusion-mbf"), "en")).toMatchObject([
    { output: "mbf-stress", lowest: "2.50\u00a0mL/min/g", choices: [{ share: 0.5, changesCategory: true }] },
    { output: "mbf-rest", lowest: "0.800\u00a0mL/min/g" },
  ]);
  const ecv = [0.42, 0.45, 0.48].map((haematocrit, at) => ({
    ...row,
    ...{ parameter: "haematocrit", choice: String(haematocrit), output: "ecv", value: 30 - at },
  }));
  const [group] = sensitivityGroups(ecv, protocolOf("cardiac/ecv"), "fr");
  expect(group?.choices.map(({ title, share }) => [title, share])).toEqual([
    ["Hématocrite, une fraction · 0.42", 1],
    ["Hématocrite, une fraction · 0.45", 0.5],
    ["Hématocrite, une fraction · 0.48", 0],
  ]);
});
