import { collectFacts, decide, factsOfResult, catalog as packs, readFact } from "@etalon/decide";
import { type MeasuredPhantom, measurePhantom } from "@etalon/testing";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { csvCell } from "./csv-cell.ts";
import { resultCsv } from "./result-csv.ts";

describe("a cell", () => {
  it("keeps numbers as they are, negative ones too", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(csvCell(value))).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(csvCell(-12.5)).toBe("-12.5");
  });

  // The examples of OWASP's page on CSV injection, and what begins as they do.
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠1", "'=1", "''-1"])(
    "never begins with what %j begins with",
    (text) => {
      const [[cell]] = parseCsv(`${csvCell(text)}\r\n`);
      expect(cell).toBe(`'${text}`);
    },
  );

  it("leaves other texts as they are", () => {
    for (const text of ["LAD", "L'IVA", "'", "a=b", "1-99", ">=1000", "Éléonore", "2-chambre"])
      expect(csvCell(text)).toBe(text);
  });

  it("gives back what was written, whatever it is", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(...`'=+-@",\r\n\ta `) }));
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const written = rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
        const read = parseCsv(written).map((row) => row.map(withoutApostrophe));
        expect(read).toEqual(rows);
        for (const cell of parseCsv(written).flat()) expect(cell).not.toMatch(/^\s*[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });
});

describe("the table of a result", () => {
  let phantom: MeasuredPhantom;
  beforeAll(async () => {
    phantom = await measurePhantom();
  });

  const verdictsOf = () => {
    const given = [
      { id: "age", value: 62, unit: "a" },
      { id: "sex", value: "female" },
      { id: "ethnicity", value: "hispanic" },
      { id: "symptomatic", value: false },
    ].map(readFact);
    return decide(packs, collectFacts([...given, ...factsOfResult(phantom.result)]));
  };

  it("holds every output, every verdict and every sensitivity row, in order", () => {
    const { result } = phantom;
    const verdicts = verdictsOf();
    const rows = records(resultCsv({ result, verdicts }));
    const outputs = rows.filter(({ kind }) => kind === "output");
    expect(
      outputs.map((row) => [row.id, row.site, row.item, Number(row.value), row.unit, row.code_scheme, row.code_value]),
    ).toEqual(
      result.outputs.map(({ id, site, item, value, unit, code }) => [
        id,
        site ?? "",
        item ?? "",
        value,
        unit,
        code.scheme,
        code.value,
      ]),
    );
    const judged = rows.filter(({ kind }) => kind === "verdict");
    expect([...new Set(judged.map(({ id }) => id))]).toEqual(verdicts.verdicts.map(({ rule }) => rule));
    for (const { rule, outcome, value = {}, missing = [] } of verdicts.verdicts) {
      const own = judged.filter(({ id }) => id === rule);
      expect(own.map((row) => row.outcome)).toEqual(own.map(() => outcome));
      expect(own[0]?.missing).toBe(missing.join(" "));
      for (const [key, one] of Object.entries(value)) {
        expect(own.find(({ item }) => item === key)?.value).toBe(String(one));
      }
    }
    const changed = rows.filter(({ kind }) => kind === "sensitivity");
    expect(changed.map((row) => [row.item, Number(row.value), row.outcome, row.changes_category])).toEqual(
      result.sensitivity.map((row) => [
        `${row.parameter}=${row.choice}`,
        row.value,
        row.category,
        String(row.changesCategory),
      ]),
    );
    expect(changed.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.result_digest))).toEqual(new Set([result.digest]));
  });

  it("is RFC 4180: one header, as many cells in every row, CRLF after each, no byte order mark", () => {
    const csv = resultCsv({ result: phantom.result, verdicts: verdictsOf() });
    expect(csv.startsWith("kind,id,site,item,value,unit,code_scheme,")).toBe(true);
    expect(csv.endsWith("\r\n")).toBe(true);
    expect(csv.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(new Set(parseCsv(csv).map((row) => row.length))).toEqual(new Set([17]));
  });

  it("defuses what a reader called a site, and leaves numbers alone", () => {
    const label = '=HYPERLINK("http://x","LM")';
    const outputs = phantom.result.outputs.map((one) => ({ ...one, site: label, value: -one.value }));
    const [row] = records(resultCsv({ result: { ...phantom.result, outputs }, verdicts: null }));
    expect(row?.site).toBe(`'${label}`);
    expect(row?.value).toBe(String(-(phantom.result.outputs[0]?.value ?? 0)));
  });

  it("says nothing of who it is, nor what is sensitive", () => {
    const csv = resultCsv({ result: phantom.result, verdicts: verdictsOf() });
    const { patient, study } = phantom.context;
    const said = [patient.id, patient.birthDate, "Lef", study.instanceUid, study.date, study.accessionNumber];
    for (const text of said.filter((one) => one !== undefined && one !== "")) expect(csv).not.toContain(text);
    expect(csv).not.toMatch(/hispani/i);
    expect(said.filter((one) => one !== undefined && one !== "").length).toBeGreaterThan(3);
  });
});

/** A reader of RFC 4180, written apart from the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text;
  while (rest !== "") {
    const quoted = /^"((?:[^"]|"")*)"(,|\r\n)/.exec(rest);
    const plain = /^([^",\r\n]*)(,|\r\n)/.exec(rest);
    const match = quoted ?? plain;
    if (match === null) throw new Error(`no cell at ${JSON.stringify(rest.slice(0, 20))}`);
    const [all, content = "", end] = match;
    row.push(quoted === null ? content : content.replaceAll('""', '"'));
    rest = rest.slice(all.length);
    if (end === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  if (row.length > 0) throw new Error("the last row has no end");
  return rows;
}

function records(csv: string): Record<string, string>[] {
  const [header = [], ...rows] = parseCsv(csv);
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""])));
}

/** Takes away the apostrophe that the writer put before a formula. */
function withoutApostrophe(cell: string): string {
  return /^'+\s*[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}
