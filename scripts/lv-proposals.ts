import { join } from "node:path";
import { defaultProposalRules, proposeBloodPool } from "@etalon/measure";
import { receiveFolder } from "@etalon/testing";
import { buildLedger, loadVolume, type Volume, voxelToLps } from "@etalon/volume";

/** Cases of ACDC with their end-systolic frame; the first two are those that the parameters were chosen on. */
export const proposalCases = [
  { patient: "021", es: "13", isTuned: true },
  { patient: "041", es: "11", isTuned: true },
  { patient: "001", es: "12", isTuned: false },
  { patient: "061", es: "10", isTuned: false },
] as const;

/** What one click gave on one case, beside the experts and a plain threshold. */
export interface ProposalOutcome {
  readonly patient: string;
  readonly isTuned: boolean;
  /** 3-D Dice coefficient of the blood pool: of the click, the worst of clicks moved by 5 mm, of the plain threshold. */
  readonly dice: Readonly<Record<"end-diastole" | "end-systole", readonly [number, number, number]>>;
  readonly ejectionPercent: { readonly proposed: number; readonly expert: number };
}

type Phase = "end-diastole" | "end-systole";
const phases = ["end-diastole", "end-systole"] as const;
const POOL = 3;
const DIRECTIONS = 8;
const MOVED_MM = 5;

/** Clicks on the middle of the experts' pool in its middle slice, and on points 5 mm beside it in eight directions. */
export async function proposeCase(
  folder: string,
  { patient, es, isTuned }: (typeof proposalCases)[number],
): Promise<ProposalOutcome> {
  const study = await receiveFolder(join(folder, `acdc-patient${patient}`), { niftiSpacing: "pixdim" });
  const { stacks } = buildLedger(study.received, new Map());
  const load = (name: string): Promise<Volume> => {
    const stack = stacks.find(({ frames }) => frames[0]?.instance.path.endsWith(name));
    if (stack === undefined) throw new Error(`no ${name}`);
    return loadVolume(stack, { readFrame: study.readFrame, unit: "1" });
  };
  const rows: { proposed: number; expert: number; dice: readonly [number, number, number] }[] = [];
  for (const phase of phases) {
    const frame = phase === "end-diastole" ? "01" : es;
    rows.push(proposePhase(phase, await load(`frame${frame}.nii.gz`), await load(`frame${frame}_gt.nii.gz`)));
  }
  const [diastole, systole] = rows;
  if (diastole === undefined || systole === undefined) throw new Error("two phases");
  return {
    ...{ patient, isTuned },
    dice: { "end-diastole": diastole.dice, "end-systole": systole.dice },
    ejectionPercent: {
      proposed: 100 * (1 - systole.proposed / diastole.proposed),
      expert: 100 * (1 - systole.expert / diastole.expert),
    },
  };
}

function proposePhase(role: Phase, image: Volume, truth: Volume) {
  const click = (moved: readonly [number, number]): Uint8Array => {
    const seed = { role, label: "lv-blood-pool", pointLpsMm: clickOn(truth, moved) };
    return proposeBloodPool(image, seed, defaultProposalRules).voxels;
  };
  const proposed = click([0, 0]);
  let worst = 1;
  for (let d = 0; d < DIRECTIONS; d++) {
    const angle = (2 * Math.PI * d) / DIRECTIONS;
    worst = Math.min(worst, diceOf(click([MOVED_MM * Math.cos(angle), MOVED_MM * Math.sin(angle)]), truth));
  }
  const dice = [diceOf(proposed, truth), worst, diceOf(thresholded(image, truth), truth)] as const;
  return { dice, proposed: proposed.reduce((sum, one) => sum + one, 0), expert: countPool(truth) };
}

function poolSlices({ values, slices, rows, columns }: Volume): number[] {
  const perSlice = rows * columns;
  return Array.from({ length: slices }, (_, k) => k).filter((k) =>
    values.subarray(k * perSlice, (k + 1) * perSlice).includes(POOL),
  );
}

/** Middle of the experts' pool in the middle of its slices, column, row, slice. */
function middleOf(truth: Volume): readonly [number, number, number] {
  const slices = poolSlices(truth);
  const slice = slices[Math.floor(slices.length / 2)] ?? 0;
  const perSlice = truth.rows * truth.columns;
  let [count, column, row] = [0, 0, 0];
  for (let i = 0; i < perSlice; i++) {
    if (truth.values[slice * perSlice + i] !== POOL) continue;
    count++;
    column += i % truth.columns;
    row += Math.floor(i / truth.columns);
  }
  return [column / count, row / count, slice];
}

function clickOn(truth: Volume, [dx, dy]: readonly [number, number]): readonly [number, number, number] {
  const [column, row, slice] = middleOf(truth);
  return voxelToLps(truth, [column + dx / truth.columnSpacingMm, row + dy / truth.rowSpacingMm, slice]);
}

function countPool({ values }: Volume): number {
  let count = 0;
  for (const value of values) if (value === POOL) count++;
  return count;
}

function diceOf(voxels: Uint8Array, truth: Volume): number {
  let [own, common] = [0, 0];
  for (let i = 0; i < voxels.length; i++) {
    own += voxels[i] ?? 0;
    if (voxels[i] === 1 && truth.values[i] === POOL) common++;
  }
  return (2 * common) / (own + countPool(truth));
}

/**
 * What a plain threshold gives: voxels connected with the click, in space by their faces, at or above half of the signal
 * about the click (the mean of 3 × 3 pixels).
 */
function thresholded({ values, columns, rows, slices }: Volume, truth: Volume): Uint8Array {
  const [column, row, slice] = middleOf(truth).map(Math.round) as [number, number, number];
  const at = (i: number, j: number, k: number) => (k * rows + j) * columns + i;
  let signal = 0;
  for (let dj = -1; dj <= 1; dj++)
    for (let di = -1; di <= 1; di++) signal += values[at(column + di, row + dj, slice)] ?? 0;
  const threshold = signal / 18;
  const seen = new Uint8Array(values.length);
  const queue = [at(column, row, slice)];
  const found = new Uint8Array(values.length);
  while (queue.length > 0) {
    const voxel = queue.pop() ?? 0;
    if (seen[voxel] === 1 || (values[voxel] ?? 0) < threshold) continue;
    seen[voxel] = 1;
    found[voxel] = 1;
    const i = voxel % columns;
    const j = Math.floor(voxel / columns) % rows;
    const k = Math.floor(voxel / columns / rows);
    if (i > 0) queue.push(voxel - 1);
    if (i < columns - 1) queue.push(voxel + 1);
    if (j > 0) queue.push(voxel - columns);
    if (j < rows - 1) queue.push(voxel + columns);
    if (k > 0) queue.push(voxel - columns * rows);
    if (k < slices - 1) queue.push(voxel + columns * rows);
  }
  return found;
}
