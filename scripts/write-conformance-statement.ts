import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { conformanceStatementTables } from "./conformance-statement-tables.ts";

/** Where the DICOM Conformance Statement stands. */
export const conformanceStatementPath: string = resolve(import.meta.dirname, "../docs/dicom-conformance-statement.md");

/** What stands between the markers of a table: `<!-- table: services -->` and `<!-- end -->`. */
const marked = /<!-- table: ([a-z-]+) -->\n[\s\S]*?<!-- end -->/g;

/**
 * The statement with each of its tables as the code has it now; all else is kept.
 *
 * @throws Error for a marker that names no table, or a table that no marker names
 */
export async function conformanceStatement(written: string): Promise<string> {
  const tables = await conformanceStatementTables();
  const used = new Set<string>();
  const statement = written.replaceAll(marked, (_all, name: string) => {
    const lines = tables.get(name);
    if (lines === undefined) throw new Error(`no table ${name}`);
    used.add(name);
    return [`<!-- table: ${name} -->`, "", ...lines, "", "<!-- end -->"].join("\n");
  });
  const absent = [...tables.keys()].filter((name) => !used.has(name));
  if (absent.length > 0) throw new Error(`tables without a place: ${absent.join(", ")}`);
  return statement;
}

if (import.meta.main) {
  writeFileSync(conformanceStatementPath, await conformanceStatement(readFileSync(conformanceStatementPath, "utf8")));
}
