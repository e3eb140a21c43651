import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type ErrorKind, type ErrorRow, errorTable } from "@etalon/base";

/** Where the list of errors stands. */
export const errorDocumentPath: string = resolve(import.meta.dirname, "../docs/guide/errors.md");

/** Exit status of the command line for each kind of error. */
const exitStatus: Readonly<Record<ErrorKind, number>> = { usage: 2, input: 3 };

/** The list of every error code for readers, from the table of `@etalon/base`. */
export function errorDocument(): string {
  const rows: readonly (readonly [string, ErrorRow])[] = Object.entries(errorTable);
  return [
    "<!-- Generated from packages/base/src/error-codes.ts by `npm run docs`. -->",
    "# Errors",
    "",
    "With `--json` an error is one JSON object on standard output with `code`, `field` and `message`; otherwise its",
    "message stands on standard error, in English or French. Words in braces are filled in.",
    "",
    "The command line ends with 2 when it was asked wrongly and with 3 when the input cannot be read or must not be",
    "measured.",
    "",
    "| code | exit | message |",
    "|---|---|---|",
    ...[...rows]
      .sort(([first], [second]) => (first < second ? -1 : 1))
      .map(([code, { kind, en, fr }]) => `| \`${code}\` | ${exitStatus[kind]} | ${cell(en)}<br>${cell(fr)} |`),
    "",
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

if (import.meta.main) {
  writeFileSync(errorDocumentPath, errorDocument());
}
