import type { PageTimes } from "./measure-pages.ts";

/** What was measured of one series in all rounds. */
interface MeasuredSize {
  readonly slices: number;
  readonly etalon: readonly PageTimes[];
  readonly plain: readonly PageTimes[];
}

/** What a measure is, and what it must reach: our time against the plain page's. */
const measures = [
  { key: "firstMs", name: "first image", least: 1.5 },
  { key: "allMs", name: "all slices", least: 1 },
  { key: "scrollMs", name: "scroll, ms a frame", least: 1 },
  { key: "planesMs", name: "three planes drawn", least: 1 },
  { key: "memoryMib", name: "memory, MiB", least: undefined },
] as const;

/** The most that a new score may take, ms. */
const mostEditMs = 100;

/** The most that the worklist may fetch, bytes. */
const mostTransfer = 1.5e6;

/** docs/benchmarks-workstation.md. */
export function workstationReport({
  facts,
  rounds,
  measured,
  transfer,
  edits,
}: {
  readonly facts: readonly string[];
  readonly rounds: number;
  readonly measured: readonly MeasuredSize[];
  readonly transfer: number;
  readonly edits: { readonly slices: number; readonly editMs: readonly number[] };
}): string {
  const rows = measured.flatMap(({ slices, etalon, plain }) =>
    measures.map(({ key, name, least }) => {
      const [ours, theirs] = [median(etalon.map((times) => times[key])), median(plain.map((times) => times[key]))];
      const ratio = theirs / ours;
      const verdict = least === undefined ? "" : ratio >= least ? "met" : "**not met**";
      const aim = least === undefined ? "" : least === 1 ? "not slower" : `≥ ${least}× faster`;
      return `| 512 × 512 × ${slices}: ${name} | ${aim} | ${shown(ours)} | ${shown(theirs)} | ${ratio.toFixed(2)}× | ${verdict} |`;
    }),
  );
  const editMs = median(edits.editMs);
  const editVerdict = editMs < mostEditMs ? "met" : "**not met**";
  const verdict = transfer <= mostTransfer ? "met" : "**not met**";
  return `# Benchmarks: the workstation

Written by \`npm run bench:workstation\` (\`bench/src/run-workstation.ts\`).

${facts.map((fact) => `- ${fact}`).join("\n")}

Both pages run in this Chromium on the same server, in turns, each time in a fresh context whose cache is empty: one round that
does not count, then ${rounds}, of which the median is given, in milliseconds. Times count from the navigation, those of the planes
from the key, with all slices loaded; of an edit from the choice of an artery in the list of lesions to the new score in the
page. Ours has the first image on the screen before React has started. The page that the browser itself opens for its address bar is
switched off: it starts with the first of both and takes half a second of a processor.

The plain page is of the kind of Cornerstone's examples: it reads the metadata of the series, and a loader fetches each image by WADO-RS (\`bench/src/workstation/plain-page.ts\`). \`@cornerstonejs/dicom-image-loader\`
is not installed here; the loader stands in for it, on slices that need no decompression, and without its workers. It draws the
picture and nothing else: no overlay, no list of series, no measurements. Memory is what the page's processes and the one that draws
hold, once the planes are drawn.

| measure | aim | Etalon | plain Cornerstone | ratio | |
|---|---|---:|---:|---:|---|
${rows.join("\n")}
| 512 × 512 × ${edits.slices}: an edit of a lesion to its new score, median of ${edits.editMs.length} | < 100 ms | ${shown(editMs)} | | | ${editVerdict} |
| worklist, from nothing, over the network | ≤ 1.5 MB | ${(transfer / 1e6).toFixed(2)} MB | | | ${verdict} |
`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
