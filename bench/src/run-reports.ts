/**
 * `npm run bench:reports`: every document of one result, and every pack for a cohort of made-up people. Writes
 * docs/benchmarks-reports.md; takes about two minutes.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { catalog } from "@etalon/decide";
import { z } from "zod";
import { medianOf } from "./run-interleaved.ts";
import { writeStudy } from "./study-folders.ts";
import { timeCohort } from "./time-cohort.ts";

const PEOPLE = 100_000;
const WORKERS = 2;
const COHORT_AIM_S = 60;
const DOCUMENTS_AIM_S = 1.5;
const COLD_PROCESSES = 3;

const answerSchema = z.object({
  rounds: z.array(z.number()),
  bytes: z.number(),
  files: z.number(),
  lesions: z.number(),
});

const load = loadavg();
const root = mkdtempSync(join(tmpdir(), "etalon-bench-"));
try {
  const study = await writeStudy(root, 64);
  const processes = Array.from({ length: COLD_PROCESSES }, () => timeDocuments(study.dicom, study.marks));
  const cohort = await timeCohort(PEOPLE, WORKERS);
  const [first] = processes;
  const cold = medianOf(processes.map(({ rounds }) => rounds[0] ?? Number.NaN));
  const warm = medianOf(processes.flatMap(({ rounds }) => rounds.slice(1)));
  const rules = catalog.reduce((sum, pack) => sum + pack.rules.length, 0);
  const page = `# Benchmarks: documents and verdicts

Written by \`npm run bench:reports\` (\`bench/src/run-reports.ts\`) on ${new Date().toISOString().slice(0, 10)}. ${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, Node ${process.versions.node}, load average at the start ${load.map((value) => value.toFixed(1)).join(", ")}.

| what | aim | measured | |
| --- | --- | ---: | --- |
| result → all formats, warm | < ${DOCUMENTS_AIM_S} s | ${warm.toFixed(2)} s | ${met(warm < DOCUMENTS_AIM_S)} |
| result → all formats, the first in a process | < ${DOCUMENTS_AIM_S} s | ${cold.toFixed(2)} s | ${met(cold < DOCUMENTS_AIM_S)} |
| all packs for ${PEOPLE.toLocaleString("en")} people, ${WORKERS} workers | < ${COHORT_AIM_S} s | ${cohort.seconds.toFixed(1)} s | ${met(cohort.seconds < COHORT_AIM_S)} |

**Documents.** The thorax phantom of 64 slices, ${first?.lesions ?? 0} lesions, the facts of the demo, French: pictures of the lesions drawn,
facts gathered, all packs decided, and ${first?.files ?? 0} files made (HTML and PDF for physician and patient, SR, SEG, key images, encapsulated
PDF, FHIR, CSV, JSON; ${((first?.bytes ?? 0) / 1e6).toFixed(1)} MB), not written to disk. Medians over ${COLD_PROCESSES} processes; the first round of a process loads the
renderers and compiles Typst's WebAssembly.

**Cohort.** ${catalog.length} packs, ${rules} rules, with traces. People are made up from a seeded generator, one fact in twenty unknown:
${Object.entries(cohort.outcomes)
  .map(([outcome, count]) => `${((100 * count) / (cohort.people * rules)).toFixed(0)} % ${outcome}`)
  .join(", ")}. ${((cohort.seconds * cohort.workers * 1e6) / cohort.people).toFixed(0)} µs a person on one worker.
`;
  writeFileSync(join(import.meta.dirname, "../../docs/benchmarks-reports.md"), page);
  process.stdout.write(page);
} finally {
  rmSync(root, { recursive: true, force: true });
}

function timeDocuments(dicom: string, marks: string): z.infer<typeof answerSchema> {
  const worker = join(import.meta.dirname, "documents-worker.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [worker, dicom, marks], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return answerSchema.parse(JSON.parse(stdout));
}

function met(isMet: boolean): string {
  return isMet ? "met" : "**not met**";
}
