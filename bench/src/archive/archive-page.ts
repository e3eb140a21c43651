import { medianOf } from "../run-interleaved.ts";
import type { ArchiveMeasure } from "./archive-measure.ts";
import type { UploadMemory } from "./measure-upload.ts";

/** Growth of memory that counts as flat, bytes. */
const flatBytes = 150 * 2 ** 20;

/** The page of docs/benchmarks-archive.md. */
export function archivePage(
  measures: readonly ArchiveMeasure[],
  uploads: readonly UploadMemory[],
  run: {
    readonly date: string;
    readonly machine: readonly string[];
    readonly seconds: number;
    readonly studies: number;
  },
): string {
  return `# Benchmarks: the archive

Written by \`npm run bench:archive\` (\`bench/src/archive/run-archive.ts\`) on ${run.date}, in one run of ${Math.round(run.seconds)} s.

${run.machine.map((fact) => `- ${fact}`).join("\n")}

Both archives run on this machine at once and take turns, one request at a time; each is emptied through its own interface before
each round of storing. One round that does not count warms both up; times are medians of the rounds that do. \`TCP_NODELAY=1\`
for both and for the sender. Both keep what they were given before they answer: Etalon syncs file, folder and database commit;
Orthanc runs with its default settings, which sync the file (\`SyncStorageArea\`), not its folder, and commit to SQLite in WAL mode
without a sync (\`synchronous = NORMAL\`). The slices are CT images of 512 × 512 pixels of 16 bits, explicit VR little endian.
Ratios are against the fastest of Orthanc's ways to the same end.

| measure | aim | Etalon | Orthanc | ratio | |
| --- | --- | ---: | ---: | ---: | --- |
${[...measures.map(aimRow), ...uploads.filter(isOurs).map(memoryRow)].join("\n")}

${[...measures.map(section), ...(uploads.length === 0 ? [] : [uploadSection(uploads)])].join("\n\n")}
`;
}

function aimRow({ title, aim, aimSeconds, timings }: ArchiveMeasure): string {
  const [ours = Number.NaN, ...others] = timings.map(({ seconds }) => medianOf(seconds));
  const theirs = Math.min(...others);
  const ratio = theirs / ours;
  const isMet = ratio >= aim && ours < (aimSeconds ?? Number.POSITIVE_INFINITY);
  const aimText = [
    aim === 1 ? "below Orthanc's" : `≥ ${aim}× faster`,
    ...(aimSeconds === undefined ? [] : [`< ${aimSeconds * 1000} ms`]),
  ].join(", ");
  return `| ${title} | ${aimText} | ${milliseconds(ours)} | ${milliseconds(theirs)} | ${ratio.toFixed(2)}× | ${isMet ? "met" : "**not met**"} |`;
}

function isOurs({ name }: UploadMemory): boolean {
  return name.startsWith("Etalon");
}

function memoryRow({ name, beforeBytes, peakBytes, uploadedBytes }: UploadMemory): string {
  const grown = peakBytes - beforeBytes;
  const what = name.replace("Etalon, ", "");
  return `| Memory while ${mebibytes(uploadedBytes)} come by STOW-RS as ${what} | flat: < ${mebibytes(flatBytes)} more | ${mebibytes(beforeBytes)} → ${mebibytes(peakBytes)} at most | | | ${grown < flatBytes ? "met" : "**not met**"} |`;
}

function section({ title, work, timings, bytes, details = [] }: ArchiveMeasure): string {
  const rows = timings.map(({ name, seconds }) => {
    const median = medianOf(seconds);
    const spread = [Math.min(...seconds), Math.max(...seconds)].map(milliseconds);
    const rate = bytes === undefined ? "" : (bytes / median / 1e6).toFixed(0);
    return `| ${name} | ${milliseconds(median)} | ${spread.join(" | ")} | ${seconds.length} | ${rate} |`;
  });
  const detailRows = details.map(
    ({ query, seconds }) => `| \`${query}\` | ${seconds.map((each) => milliseconds(medianOf(each))).join(" | ")} |`,
  );
  return `## ${title}

${work}

| contender | median | min | max | times | MB/s |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}${detailRows.length === 0 ? "" : `\n\n| search | Etalon | Orthanc |\n| --- | ---: | ---: |\n${detailRows.join("\n")}`}`;
}

function uploadSection(uploads: readonly UploadMemory[]): string {
  const rows = uploads.map(
    ({ name, uploadedBytes, beforeBytes, peakBytes, seconds }) =>
      `| ${name} | ${[uploadedBytes, beforeBytes, peakBytes].map(mebibytes).join(" | ")} | ${seconds.toFixed(1)} s |`,
  );
  return `## Memory during an upload

Resident memory of the process that takes the request (Linux VmRSS before, VmHWM of the upload itself).

| upload | size | before | peak | time |
| --- | ---: | ---: | ---: | ---: |
${rows.join("\n")}`;
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(seconds < 0.02 ? 2 : seconds < 0.2 ? 1 : 0)} ms`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
