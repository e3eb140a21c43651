import { expect, test } from "vitest";
import { errorTable, isErrorCode } from "./error-codes.ts";
import type { ErrorRow } from "./error-row.ts";

const rows: readonly (readonly [string, ErrorRow])[] = Object.entries(errorTable);

/** The placeholders of a sentence, each once, in alphabetical order. */
function placeholders(sentence: string): readonly string[] {
  return [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
}

test.each(rows)("%s says the same in French as in English", (_, row) => {
  expect(placeholders(row.fr)).toEqual(placeholders(row.en));
});

test("codes are kebab-case", () => {
  expect(rows.map(([code]) => code).filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
});

test("a code is known exactly when the table has it", () => {
  expect(isErrorCode("not-dicom")).toBe(true);
  expect(isErrorCode("toString")).toBe(false);
});
