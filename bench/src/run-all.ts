/**
 * `npm run bench`: Etalon beside Debian's pydicom and scipy and beside a C twin, on the same data in one run, with equal
 * answers or not at all. Writes docs/benchmarks.md; takes some minutes.
 */
import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharedDataPath } from "@etalon/testing";
import { type Comparison, compareFolder, compareHeaders, compareScoring, timeProtocol } from "./comparisons.ts";
import { compiler, describeMachine } from "./machine.ts";
import { reportText } from "./report-text.ts";
import { writeStudy } from "./study-folders.ts";

/** CT headers as a scanner writes them; the phantom's are short. */
const REAL_SERIES = "1-calcium/qrm-canon-large-rep1";

const began = performance.now();
const machine = describeMachine();
const root = mkdtempSync(join(tmpdir(), "etalon-bench-"));
try {
  const twin = buildTwin(join(root, "score"));
  say("building the phantoms");
  const [normal, thin] = [await writeStudy(root, 64), await writeStudy(root, 400)];
  const real = linkRealHeaders(join(root, "real"));
  const comparisons: Comparison[] = [];
  const add = async (running: Promise<Comparison>): Promise<void> => {
    const comparison = await running;
    comparisons.push(comparison);
    say(comparison.title);
  };
  await add(compareScoring(normal, "score", { twin }));
  await add(compareScoring(thin, "slabs", { twin }));
  await add(compareScoring(thin, "score", { twin }));
  await add(timeProtocol(normal));
  await add(timeProtocol(thin));
  await add(compareFolder(normal));
  await add(compareFolder(thin));
  await add(compareHeaders(thin.dicom, "400 files of the phantom"));
  if (real !== undefined) await add(compareHeaders(real, "47 files of a Canon scanner"));
  const page = reportText(comparisons, {
    date: new Date().toISOString().slice(0, 10),
    machine,
    seconds: (performance.now() - began) / 1000,
    absent: real === undefined ? [`headers of a real scanner (no shared data ${REAL_SERIES})`] : [],
  });
  writeFileSync(join(import.meta.dirname, "../../docs/benchmarks.md"), page);
  process.stdout.write(page);
} finally {
  rmSync(root, { recursive: true, force: true });
}

function buildTwin(program: string): string {
  const source = join(import.meta.dirname, "peers/score.c");
  const { status } = spawnSync(compiler, ["-O3", "-march=native", "-o", program, source, "-lm"], { stdio: "inherit" });
  if (status !== 0) throw new Error(`${compiler} could not build ${source}`);
  return program;
}

/** A folder of links to the DICOM files of the real series, without the papers that lie beside them. */
function linkRealHeaders(folder: string): string | undefined {
  const series = sharedDataPath(REAL_SERIES);
  if (series === undefined) return undefined;
  mkdirSync(folder);
  for (const entry of readdirSync(series, { withFileTypes: true })) {
    const path = join(series, entry.name);
    if (entry.isFile() && isPart10(path)) symlinkSync(path, join(folder, entry.name));
  }
  return folder;
}

function isPart10(path: string): boolean {
  const file = openSync(path, "r");
  const prefix = Buffer.alloc(4);
  readSync(file, prefix, 0, 4, 128);
  closeSync(file);
  return prefix.toString("latin1") === "DICM";
}

function say(stage: string): void {
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${stage}\n`);
}
