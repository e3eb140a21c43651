/**
 * Measures the workstation's page beside a plain Cornerstone page, both in one Chromium with software rendering and on one server,
 * in turns, and writes docs/benchmarks-workstation.md. `npm run bench:workstation [-- numbers of slices]`.
 */
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join, resolve } from "node:path";
import { buildCtSeries, syntheticUid } from "@etalon/phantom";
import { rolldown } from "rolldown";
import { describeMachine } from "./machine.ts";
import { measureEdits, storeLesions } from "./workstation/measure-edit.ts";
import { type MeasuredSeries, measurePlain, measureWorkstation, type PageTimes } from "./workstation/measure-pages.ts";
import { type OpenWorkstation, openWorkstation } from "./workstation/open-workstation.ts";
import { worklistTransfer } from "./workstation/worklist-transfer.ts";
import { workstationReport } from "./workstation/workstation-report.ts";

const side = 512;
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [64, 400];
/** Rounds that count; one before them warms the server up. */
const rounds = 3;

const load = loadavg();
const station = await openWorkstation({ width: 1280, height: 800 });
try {
  const script = await plainScript();
  const measured = [];
  for (const slices of sizes) {
    const one = await storeSeries(station, slices);
    const etalon: PageTimes[] = [];
    const plain: PageTimes[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const [ours, theirs] = [
        await measureWorkstation(station.browser, station.url, one),
        await measurePlain(station.browser, { url: station.url, script }, one),
      ];
      process.stderr.write(`${slices} slices, round ${round}: ${JSON.stringify({ ours, theirs })}\n`);
      if (round === 0) continue;
      etalon.push(ours);
      plain.push(theirs);
    }
    measured.push({ slices, etalon, plain });
  }
  const lesions = await storeLesions(station);
  const editMs = await measureEdits(station.browser, station.url, lesions);
  process.stderr.write(`edits: ${editMs.map((ms) => ms.toFixed(0)).join(" ")}\n`);
  const transfer = await worklistTransfer(station.browser, station.url);
  const facts = [
    ...describeMachine().slice(0, 1),
    `Chromium ${station.browser.version()}, headless, drawn by SwiftShader: no GPU`,
    `load average at the start: ${load.map((value) => value.toFixed(1)).join(", ")}`,
  ];
  const text = workstationReport({ facts, rounds, measured, transfer, edits: { slices: lesions.slices, editMs } });
  writeFileSync(resolve(import.meta.dirname, "../../docs/benchmarks-workstation.md"), text);
} finally {
  await station.close();
}

async function storeSeries({ store }: OpenWorkstation, slices: number): Promise<MeasuredSeries> {
  const identity = `workstation-bench-${slices}`;
  const series = buildCtSeries({
    identity,
    columns: side,
    rows: side,
    pixelSpacingMm: [0.7, 0.7],
    orientation: [1, 0, 0, 0, 1, 0],
    thicknessMm: 1,
    kvp: 120,
    slices: speckle(slices),
  });
  for (const { bytes } of series) {
    const reason = await store(new Uint8Array(bytes));
    if (reason !== undefined) throw new Error(reason);
  }
  return { study: syntheticUid(`${identity}/study`), series: syntheticUid(`${identity}/series`), slices };
}

/**
 * Slices of speckle, which no network shrinks: the high bits of a congruential generator (Numerical Recipes, 7.1). Below 130 HU
 * everywhere, so that the protocol panel proposes no lesions in noise.
 */
function* speckle(count: number) {
  let state = 1;
  for (let slice = 0; slice < count; slice += 1) {
    const values = new Int16Array(side * side);
    for (let at = 0; at < values.length; at += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      values[at] = (state >>> 24) - 200;
    }
    yield { values, positionLpsMm: [0, 0, slice] as const, instanceNumber: slice + 1 };
  }
}

/** The plain page as one script, minified as ours is. */
async function plainScript(): Promise<string> {
  const bundle = await rolldown({
    input: "\0plain",
    platform: "browser",
    plugins: [
      {
        name: "plain",
        // A module of Node that a part of vtk.js names and no page needs.
        resolveId: (id) => (id === "\0plain" || id === "url" ? `\0${id.replace("\0", "")}` : null),
        load: (id) =>
          id === "\0url"
            ? "export default {};"
            : id === "\0plain"
              ? `import { openPlainPage } from ${JSON.stringify(join(import.meta.dirname, "workstation/plain-page.ts"))}; await openPlainPage();`
              : null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false, minify: true });
  await bundle.close();
  return output[0].code;
}
