/**
 * `npm run bench:cmr`: maps of cardiac MR beside other programs on the same data, with equal answers or not at all. Writes
 * docs/benchmarks-cmr.md; takes about two minutes.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeMachine } from "../machine.ts";
import { compareMolli } from "./compare-molli.ts";
import { timeFlowMap } from "./time-flow-map.ts";

/** Each part answers with its section of the page. */
const sections: readonly ((folder: string) => Promise<string>)[] = [compareMolli, () => timeFlowMap()];

const machine = describeMachine();
const folder = mkdtempSync(join(tmpdir(), "etalon-bench-"));
try {
  const parts: string[] = [];
  for (const section of sections) parts.push(await section(folder));
  const page = `# Benchmarks: maps of cardiac MR

Written by \`npm run bench:cmr\` (\`bench/src/cmr/run-cmr.ts\`) on ${new Date().toISOString().slice(0, 10)}.

${machine.map((line) => `- ${line}`).join("\n")}

${parts.join("\n")}`;
  writeFileSync(join(import.meta.dirname, "../../../docs/benchmarks-cmr.md"), page);
  process.stdout.write(page);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
