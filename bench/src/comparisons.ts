import { join } from "node:path";
import { sitesIn } from "./answer.ts";
import { type ContenderProcess, runToEnd, startContender } from "./contender-process.ts";
import { debianPython } from "./machine.ts";
import { type Contender, runInterleaved, type Timing } from "./run-interleaved.ts";
import { requireEqualScores } from "./site-score.ts";
import type { StudyFolder } from "./study-folders.ts";

/** A comparison that ended with equal answers. */
export interface Comparison {
  readonly title: string;
  /** What every contender does, and what one does besides. */
  readonly work: string;
  readonly timings: readonly Timing[];
  /** Aims by the other contender's name: ours takes at most this share of its time. */
  readonly aims: readonly Aim[];
}

/** Ours, the first contender, must take at most `factor` times another's time. */
export interface Aim {
  readonly against: string;
  readonly factor: number;
}

/** Where the contenders' programs are. */
export interface Programs {
  /** The compiled twin. */
  readonly twin: string;
}

/** Slices thinner than this are averaged to 3 mm, as the protocol's default says. */
const THIN_MM = 2;

const here = import.meta.dirname;
const peer = (name: string): string => join(here, "peers", name);

/** Scores voxels in memory: `score` as they are, `slabs` after averaging to 3 mm. */
export async function compareScoring(
  study: StudyFolder,
  task: "score" | "slabs",
  { twin }: Programs,
): Promise<Comparison> {
  const isThin = study.incrementMm < THIN_MM;
  const voxels = [study.volumeText, study.volumeRaw];
  const ours = startContender(process.execPath, [join(here, "score-worker.ts"), study.dicom, study.marks]);
  const c = startContender(twin, voxels);
  const scipy = startContender(debianPython, [peer("score_worker.py"), ...voxels]);
  const contenders = [
    asking("Etalon, kernels", ours, task),
    asking("C -O3", c, task),
    asking("scipy", scipy, task),
    ...(task === "score" ? [asking("scipy, tuned", scipy, "score-tuned")] : []),
  ];
  const timings = await runInterleaved(contenders, { warmUp: 2, counted: study.slices > 100 ? 5 : 9 });
  for (const process of [ours, c, scipy]) process.end();
  requireSameScores(timings);
  return {
    title: `Scoring in memory, 512 × 512 × ${study.slices}${task === "slabs" ? ", averaged to 3 mm first" : isThin ? ", as acquired" : ""}`,
    work: task === "slabs" ? `Average to slabs (double sums, single results), then: ${scoringWork}` : scoringWork,
    timings,
    aims: [
      { against: "scipy", factor: 1 / 5 },
      { against: "C -O3", factor: 3 },
    ],
  };
}

/** The protocol's own functions on the scoring task alone. */
const scoringWork =
  "threshold 130 HU, 8-connected components slice by slice, area ≥ 1 mm², weight of the peak, artery of the sphere that " +
  "holds the centroid, 26-connected lesions, sums by artery. Etalon: the protocol's own functions. " +
  "C: the same method, `cc -O3 -march=native`. scipy: `ndimage.label`, `sum`, " +
  "`maximum` and `center_of_mass` on each slice; tuned: `label`, then `bincount` on the bright voxels alone.";

/** The whole protocol on voxels in memory: what it costs beyond the scoring task. */
export async function timeProtocol(study: StudyFolder): Promise<Comparison> {
  const ours = startContender(process.execPath, [join(here, "score-worker.ts"), study.dicom, study.marks]);
  const timings = await runInterleaved(
    [
      asking("Etalon, protocol", ours, "protocol"),
      asking("Etalon, kernels", ours, study.slices > 100 ? "slabs" : "score"),
    ],
    { warmUp: 2, counted: 5 },
  );
  ours.end();
  requireSameScores(timings);
  return {
    title: `The whole protocol in memory, 512 × 512 × ${study.slices}`,
    work: "`coronary/calcium-score`: the scoring task, and the heart zone, the check for contrast agent in the blood, candidates with their reasons, overlapping marks, and the score again under every published choice.",
    timings,
    aims: [],
  };
}

/** From a folder of files to the score, in a process of its own, start-up included. */
export async function compareFolder(study: StudyFolder): Promise<Comparison> {
  const toEnd = (name: string, program: string, script: string): Contender => ({
    name,
    needsWarmUp: true,
    run: () => runToEnd(program, [script, study.dicom, study.marks]),
  });
  const timings = await runInterleaved(
    [
      toEnd("Etalon, analyze", process.execPath, join(here, "folder-worker.ts")),
      toEnd("pydicom + scipy", debianPython, peer("folder_worker.py")),
    ],
    { warmUp: 1, counted: study.slices > 100 ? 5 : 7 },
  );
  requireSameScores(timings);
  return {
    title: `Folder to result, ${study.slices} slices`,
    work: `One process from start to end: read the files, sort them, rescale, ${study.incrementMm < THIN_MM ? "average to 3 mm slabs, " : ""}score. Etalon besides: SHA-256 of every file twice (as received, and without group 0002), the ledger with its geometry checks, all of the protocol (above), the result's schema and digest.`,
    timings,
    aims: [{ against: "pydicom + scipy", factor: 1 / 3 }],
  };
}

/** Headers of a folder, up to the pixel data. */
export async function compareHeaders(folder: string, title: string): Promise<Comparison> {
  const ours = startContender(process.execPath, [join(here, "header-worker.ts"), folder]);
  const pydicom = startContender(debianPython, [peer("header_worker.py"), folder]);
  const timings = await runInterleaved(
    [
      asking("Etalon", ours, "headers"),
      asking("pydicom, undecoded", pydicom, "plain"),
      asking("pydicom, decoded", pydicom, "attributes"),
    ],
    { warmUp: 2, counted: 15 },
  );
  for (const process of [ours, pydicom]) process.end();
  requireSameHeaders(timings);
  return {
    title: `Headers, ${title}`,
    work: "Open each file and read up to the pixel data. Etalon decodes every element and projects them on its instance header. pydicom's `stop_before_pixels=True` leaves most values undecoded; in the third row the 35 attributes of that header are asked for, which is the same work.",
    timings,
    aims: [{ against: "pydicom, undecoded", factor: 1 / 3 }],
  };
}

function asking(name: string, process: ContenderProcess, command: string): Contender {
  return {
    name,
    // scipy's code is compiled and its voxels are in memory: there is nothing to warm up, and a round of it takes long.
    needsWarmUp: !name.startsWith("scipy"),
    run: async () => {
      const answer = await process.ask(command);
      return { seconds: Number(answer["seconds"]), answer };
    },
  };
}

function requireSameScores(timings: readonly Timing[]): void {
  const [first, ...others] = timings.map(({ name, answer }) => ({ name, sites: sitesIn(answer) }));
  for (const other of others) requireEqualScores(first, other);
}

function requireSameHeaders([ours, undecoded, decoded]: readonly Timing[]): void {
  const isSame =
    ours.answer["count"] === undecoded.answer["count"] &&
    ours.answer["uidsSha256"] === decoded.answer["uidsSha256"] &&
    Math.abs(Number(ours.answer["distanceSumMm"]) / Number(decoded.answer["distanceSumMm"]) - 1) < 1e-9;
  if (!isSame) throw new Error("the headers read differ");
}
