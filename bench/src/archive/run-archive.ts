/**
 * `npm run bench:archive`: the archive beside Debian's Orthanc, on the same machine in one run. Writes
 * docs/benchmarks-archive.md; takes some minutes. `--quick` takes fewer rounds, slices and studies and writes nothing.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { describeArchiveMachine } from "./archive-machine.ts";
import type { ArchiveMeasure } from "./archive-measure.ts";
import { archivePage } from "./archive-page.ts";
import { measureFrames, measureMetadata } from "./measure-retrieving.ts";
import { measureSearches } from "./measure-searches.ts";
import { measureCStore, measureStow, stow } from "./measure-storing.ts";
import { measureUpload, type UploadMemory } from "./measure-upload.ts";
import { writeSlices } from "./slices.ts";
import { startEtalon } from "./start-etalon.ts";
import { startOrthanc } from "./start-orthanc.ts";

const isQuick = process.argv.includes("--quick");
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice("--only=".length);
const size = isQuick
  ? { rounds: 3, slices: 100, studies: 20_000, uploadMebibytes: 256 }
  : { rounds: 5, slices: 500, studies: 300_000, uploadMebibytes: 2048 };

const began = performance.now();
const load = loadavg();
const root = mkdtempSync(join(tmpdir(), "etalon-bench-"));
const measures: ArchiveMeasure[] = [];
const uploads: UploadMemory[] = [];
const wants = (name: string): boolean => only === undefined || only.split(",").includes(name);
const add = async (name: string, measure: () => Promise<ArchiveMeasure>): Promise<void> => {
  if (!wants(name)) return;
  measures.push(await measure());
  say(name);
};
try {
  const slices = await writeSlices(root, size.slices);
  const etalon = await startEtalon(join(root, "etalon"));
  const orthanc = await startOrthanc(join(root, "orthanc"));
  try {
    const storing = { etalon, orthanc, slices, rounds: size.rounds };
    await add("stow", () => measureStow(storing));
    await add("cstore", () => measureCStore(storing));
    for (const peer of [etalon, orthanc]) {
      await peer.empty();
      await stow(peer, slices);
    }
    await add("metadata", () => measureMetadata(storing));
    await add("frames", () => measureFrames(storing));
    if (wants("upload")) {
      for (const peer of [etalon, orthanc]) {
        await peer.empty();
        uploads.push(...(await measureUpload(peer, size.uploadMebibytes)));
      }
      say("upload");
    }
  } finally {
    await Promise.all([etalon.stop(), orthanc.stop()]);
  }
  await add("search", () => measureSearches(root, { studies: size.studies, rounds: size.rounds * 3 }));
  const page = archivePage(measures, uploads, {
    date: new Date().toISOString().slice(0, 10),
    machine: describeArchiveMachine(load),
    seconds: (performance.now() - began) / 1000,
    studies: size.studies,
  });
  if (!isQuick && only === undefined) {
    writeFileSync(join(import.meta.dirname, "../../../docs/benchmarks-archive.md"), page);
  }
  process.stdout.write(page);
} finally {
  rmSync(root, { recursive: true, force: true });
}

function say(stage: string): void {
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${stage}\n`);
}
