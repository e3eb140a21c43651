import { labelRunsInSpace, type RunLabels, type Runs } from "@etalon/kernels";
import { remembering } from "../../remembering.ts";

/** 26-connected components of runs, whoever takes them. */
const wholesOf = remembering(
  (runs: Runs) => labelRunsInSpace(runs, new Int32Array(runs.count)),
  () => "",
);

/**
 * 26-connected components of runs of one site, numbered in scan order: what `labelRunsInSpace(runs, siteOfRun)` gives. Only
 * components that hold several sites are labelled anew; the others are those of every mark.
 *
 * @param siteOfRun a number for each run
 */
export function labelLesions(runs: Runs, siteOfRun: Int32Array): RunLabels {
  const wholes = wholesOf(runs, undefined);
  const isMixed = mixedWholes(wholes, siteOfRun);
  if (isMixed === undefined) return wholes;
  const mixed: number[] = [];
  for (let r = 0; r < runs.count; r++) if (isMixed[wholes.labels[r]] === 1) mixed.push(r);
  const split = labelRunsInSpace(
    runsAt(runs, mixed),
    Int32Array.from(mixed, (r) => siteOfRun[r]),
  );
  const numbers = new Int32Array(wholes.count + split.count).fill(-1);
  const labels = new Int32Array(runs.count);
  let count = 0;
  for (let r = 0, m = 0; r < runs.count; r++) {
    const whole = wholes.labels[r];
    const at = isMixed[whole] === 1 ? wholes.count + split.labels[m++] : whole;
    if (numbers[at] === -1) numbers[at] = count++;
    labels[r] = numbers[at];
  }
  return { count, labels };
}

/** Marks the components that hold several sites; nothing where none does. */
function mixedWholes({ count, labels }: RunLabels, siteOfRun: Int32Array): Uint8Array | undefined {
  const isSeen = new Uint8Array(count);
  const isMixed = new Uint8Array(count);
  const sites = new Int32Array(count);
  let hasMixed = false;
  for (let r = 0; r < labels.length; r++) {
    const whole = labels[r];
    if (isSeen[whole] === 0) {
      isSeen[whole] = 1;
      sites[whole] = siteOfRun[r];
    } else if (sites[whole] !== siteOfRun[r]) {
      isMixed[whole] = 1;
      hasMixed = true;
    }
  }
  return hasMixed ? isMixed : undefined;
}

/** Some of the runs, in their order. */
function runsAt(runs: Runs, at: readonly number[]): Runs {
  const sliceOffsets = new Int32Array(runs.sliceOffsets.length);
  for (const r of at) sliceOffsets[runs.slice[r] + 1]++;
  for (let z = 1; z < sliceOffsets.length; z++) sliceOffsets[z] += sliceOffsets[z - 1];
  const column = (of: Int32Array): Int32Array => Int32Array.from(at, (r) => of[r]);
  return {
    count: at.length,
    slice: column(runs.slice),
    row: column(runs.row),
    start: column(runs.start),
    end: column(runs.end),
    region: Uint16Array.from(at, (r) => runs.region[r]),
    sliceOffsets,
  };
}
