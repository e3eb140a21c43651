import { numberIn, sitesIn } from "./answer.ts";
import type { Comparison } from "./comparisons.ts";
import { medianOf, type Timing } from "./run-interleaved.ts";
import { totalAgatston } from "./site-score.ts";

/** The page of docs/benchmarks.md. */
export function reportText(
  comparisons: readonly Comparison[],
  run: {
    readonly date: string;
    readonly machine: readonly string[];
    readonly seconds: number;
    readonly absent: readonly string[];
  },
): string {
  return `# Benchmarks

Written by \`npm run bench\` (\`bench/src/run-all.ts\`) on ${run.date}, in one run of ${Math.round(run.seconds)} s.

${run.machine.map((fact) => `- ${fact}`).join("\n")}
${run.absent.map((what) => `- not measured: ${what}\n`).join("")}
Contenders take turns, one process of each at a time; times are medians of the rounds. **A comparison counts only with equal
answers**: Agatston score, volume, density and lesions of every artery agree to 1e-9, else the run fails. Aims come from the
project's plan and are reported, met or not.

The study is the thorax phantom (\`packages/phantom\`, 512 × 512, 138 mm, seed 1, noise of 20 HU at 3 mm): 64 slices of
2.16 mm, 400 of 0.345 mm. At 0.345 mm the noise is 59 HU and scatters bright specks over all tissue: as acquired, the 400
slices are a stress test; averaged to 3 mm they are the job.

## Aims

| comparison | aim | measured | range by round | |
| --- | --- | ---: | ---: | --- |
${comparisons.flatMap(aimRows).join("\n")}

## Peak memory

Largest resident set of the process that goes from folder to result (Linux VmHWM), of the last round.

| study | Etalon | pydicom + scipy |
| --- | ---: | ---: |
${comparisons.flatMap(memoryRow).join("\n")}

${comparisons.map(section).join("\n\n")}
`;
}

function aimRows(comparison: Comparison): string[] {
  const [ours, ...others] = comparison.timings;
  return comparison.aims.map(({ against, factor }) => {
    const other = others.find(({ name }) => name === against);
    if (other === undefined) throw new Error(`no contender ${against}`);
    const share = medianOf(ours.seconds) / medianOf(other.seconds);
    const shares = ours.seconds.map((seconds, round) => seconds / other.seconds[round]).sort((a, b) => a - b);
    const [best, worst] = [shares[0], shares[shares.length - 1]];
    const isMet = share <= factor;
    const [aim, measured, range] =
      factor < 1
        ? [
            `≥ ${times(1 / factor)} faster than ${against}`,
            times(1 / share),
            `${times(1 / worst)} – ${times(1 / best)}`,
          ]
        : [`≤ ${times(factor)} the time of ${against}`, times(share), `${times(best)} – ${times(worst)}`];
    return `| ${comparison.title} | ${aim} | ${measured} | ${range} | ${isMet ? "met" : "**not met**"} |`;
  });
}

function memoryRow({ title, timings }: Comparison): string[] {
  if (!title.startsWith("Folder")) return [];
  return [`| ${title} | ${timings.map(({ answer }) => mebibytes(numberIn(answer, "peakBytes"))).join(" | ")} |`];
}

function section({ title, work, timings }: Comparison): string {
  const [ours] = timings;
  const rows = timings.map((timing) => {
    const median = medianOf(timing.seconds);
    const ratio = timing === ours ? "" : times(median / medianOf(ours.seconds));
    const spread = [Math.min(...timing.seconds), Math.max(...timing.seconds)].map(milliseconds);
    return `| ${timing.name} | ${milliseconds(median)} | ${spread.join(" | ")} | ${timing.seconds.length} | ${ratio} | ${answerOf(timing)} |`;
  });
  const isHeaders = title.startsWith("Headers");
  return `## ${title}

${work}

| contender | median, ms | min | max | rounds | time ÷ Etalon's | ${isHeaders ? "headers/s" : "Agatston"} |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}`;
}

function answerOf({ answer, seconds }: Timing): string {
  if (answer["sites"] !== undefined) return totalAgatston(sitesIn(answer)).toFixed(6);
  return String(Math.round(numberIn(answer, "count") / medianOf(seconds)));
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 1).replace(/\.?0+$/, "")}×`;
}

function milliseconds(seconds: number): string {
  return (seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0);
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
