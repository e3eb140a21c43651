import type { Verdict } from "@etalon/decide";
import type { Result } from "@etalon/measure";
import { ruleOf } from "../document/rule-of.ts";
import type { ReportInput } from "../report-input.ts";
import { type CsvValue, csvCell } from "./csv-cell.ts";

/** The columns, in order. */
const columns = [
  /** `output`, `verdict` or `sensitivity`. */
  "kind",
  /** Output, or rule `<pack>/<rule>`. */
  "id",
  /** Site of an output, as the marks label it. */
  "site",
  /** Item (lesion) of an output; key of a verdict's value; `<parameter>=<choice>` of a sensitivity row. */
  "item",
  /** Unrounded number, code, `true` or `false`. */
  "value",
  /** UCUM unit of a number. */
  "unit",
  "code_scheme",
  "code_value",
  "code_meaning",
  /** Of a verdict `applies`, `does-not`, `undetermined`; of a sensitivity row its category. */
  "outcome",
  /** Whether a sensitivity row's category is another than the result's: `true` or `false`. */
  "changes_category",
  /** Facts that an undetermined verdict needs, separated by spaces. */
  "missing",
  /** Class and level as the document prints them; empty where it gives none. */
  "class",
  "level",
  /** DOI of the rule's document, else its name. */
  "source",
  /** Whether a reader's marks are still needed before the numbers count: `true` or `false`. */
  "provisional",
  "result_digest",
] as const;

type Row = Partial<Record<(typeof columns)[number], CsvValue>>;

/**
 * A result and its verdicts as one flat table, a row for each number: outputs in the result's order, each key of each
 * verdict (one row for a verdict without value), the sensitivity rows. The same in every language: it holds codes, not words.
 *
 * RFC 4180: commas, CRLF after every row, a header row; UTF-8 without byte order mark. It is made for programs: a French
 * Excel that opens it by a double click takes `1.5` for a text or a day, which no byte order mark would repair; import it as
 * UTF-8 with commas and points (Data, From Text/CSV).
 *
 * It holds nothing of the patient's identity, no date and no DICOM UID: only `result_digest`, and what readers wrote as labels.
 */
export function resultCsv({ result, verdicts }: Pick<ReportInput, "result" | "verdicts">): string {
  const rows: readonly Row[] = [
    ...result.outputs.map(outputRow),
    ...(verdicts?.verdicts ?? []).flatMap(verdictRows),
    ...result.sensitivity.map((row) => sensitivityRow(result, row)),
  ];
  const same: Row = { provisional: String(result.provisional), result_digest: result.digest };
  const lines = rows.map((row) => {
    const whole: Row = { ...row, ...same };
    return columns.map((column) => csvCell(whole[column])).join(",");
  });
  return [columns.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

function outputRow({ id, site, item, value, unit, code }: Result["outputs"][number]): Row {
  return {
    kind: "output",
    id,
    site,
    item,
    value,
    unit,
    code_scheme: code.scheme,
    code_value: code.value,
    code_meaning: code.meaning,
  };
}

function verdictRows(verdict: Verdict): readonly Row[] {
  const { rule, outcome, value = {}, missing = [], source } = verdict;
  const common: Row = {
    kind: "verdict",
    id: rule,
    outcome,
    missing: missing.join(" "),
    class: verdict.class === "none" ? undefined : verdict.class,
    level: verdict.level === "none" ? undefined : verdict.level,
    source: source.doi ?? source.document ?? source.citation,
  };
  const declarations = ruleOf(verdict)?.values ?? {};
  const rows = Object.entries(value).map(([key, one]) => ({
    ...common,
    item: key,
    value: typeof one === "boolean" ? String(one) : one,
    unit: typeof one === "number" ? (declarations[key]?.unit ?? "1") : undefined,
  }));
  return rows.length === 0 ? [common] : rows;
}

function sensitivityRow(result: Result, row: Result["sensitivity"][number]): Row {
  return {
    kind: "sensitivity",
    id: row.output,
    item: `${row.parameter}=${row.choice}`,
    value: row.value,
    unit: result.outputs.find(({ id }) => id === row.output)?.unit,
    outcome: row.category,
    changes_category: String(row.changesCategory),
  };
}
