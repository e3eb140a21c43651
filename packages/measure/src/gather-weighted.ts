import { RefusalError } from "@etalon/base";
import { type FrameReader, type Ledger, loadVolume, type Stack, type StackFrame } from "@etalon/volume";
import { weightingKeyword } from "./mapping/weighting-keyword.ts";
import type { Role, WeightedImage, WeightedInput, WeightedRole, Weighting } from "./protocol.ts";
import { requireDecided } from "./select-series.ts";

/** A weighted input whose images are loaded, with the stacks that they came from. */
export interface GatheredWeighted {
  readonly input: WeightedInput & { readonly stacks: readonly Stack[] };
  readonly chosenBy: "rule" | "user";
}

/** Whether an input is one of several images that are weighted differently. */
export function isWeighted(role: Role): role is WeightedRole {
  return role.kind === "series" && "weightedBy" in role;
}

/**
 * Gathers the images of a weighted input: one stack that holds several weightings, or the stacks of one geometry that hold
 * one each. Of several such sets the user chooses, by naming any of its series.
 *
 * @throws {RefusalError} `no-images`, `no-series-for-role`, `weighting-missing`, `too-few-weightings`, `ambiguous-series`,
 *   `unknown-choice`, `overlapping-frames`, `incomplete-stack`, `ambiguous-version`
 */
export async function gatherWeighted(
  { id, role }: { readonly id: string; readonly role: WeightedRole },
  from: { readonly ledger: Ledger; readonly readFrame: FrameReader; readonly choice: string | undefined },
): Promise<GatheredWeighted> {
  const { choice, readFrame } = from;
  const set = chooseSet({ id, role }, setsOf(from.ledger, { id, role, choice }), choice);
  const weighting = weightingOf(set, role);
  const attribute = role.weightedBy.map((name) => weightingKeyword[name]).join(", ");
  if (weighting === undefined) throw new RefusalError("weighting-missing", { field: id, details: { attribute } });
  const distinct = distinctWeightings(set, weighting);
  if (distinct < role.minimumWeightings) {
    const details = { expected: role.minimumWeightings, attribute: weightingKeyword[weighting] };
    throw new RefusalError("too-few-weightings", { field: id, received: distinct, details });
  }
  for (const stack of set) requireDecided(stack);
  const slices = sortSlices(set, weighting);
  const images: WeightedImage[] = [];
  const [first] = set;
  for (let image = 0; image < slices[0].length; image++) {
    const frames = slices.map((frames) => frames[image]);
    const stack = { ...first, frames, axes: [], hasUnresolvedDuplicates: false };
    images.push({
      volume: await loadVolume(stack, { readFrame, unit: role.unit }),
      weightings: Float64Array.from(frames, ({ header }) => header.axes[weighting] ?? Number.NaN),
      timesMs: Float64Array.from(frames, ({ header }) => timeMsOf(header)),
      repetitionTimesMs: Float64Array.from(frames, ({ header }) => header.repetitionTimeMs ?? Number.NaN),
    });
  }
  const stack = { ...first, frames: slices.flat(), axes: [], hasUnresolvedDuplicates: false };
  const input = { volume: images[0].volume, stack, notes: [], weighting, images, stacks: set };
  return { input, chosenBy: choice === undefined ? "rule" : "user" };
}

/** When a frame was taken, ms: of a research file from its first volume, else from midnight; NaN where it is not said. */
function timeMsOf({ volumeTimeMs, axes }: StackFrame["header"]): number {
  if (volumeTimeMs !== undefined) return volumeTimeMs;
  const said = /^\d{8}(\d{2})(\d{2})(\d{2}(\.\d+)?)/.exec(axes.acquisitionDateTime ?? "");
  if (said === null) return Number.NaN;
  const [, hours, minutes, seconds] = said;
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
}

/** Stacks whose images are fitted together. */
type StackSet = readonly [Stack, ...Stack[]];

interface Wanted {
  readonly id: string;
  readonly role: WeightedRole;
}

/** The sets that can play a role, those with enough weightings first. */
function setsOf(ledger: Ledger, { id, role, choice }: Wanted & { readonly choice: string | undefined }): StackSet[] {
  if (ledger.stacks.length === 0) throw new RefusalError("no-images", { field: id, details: { reasons: "0" } });
  const reasons: string[] = [];
  const fitting = ledger.stacks.filter((stack) => {
    const answer = role.match(stack);
    if (answer.fits || (choice !== undefined && answer.mayBeChosen === true)) return true;
    reasons.push(`${stack.id}: ${answer.reason}`);
    return false;
  });
  if (fitting.length === 0) {
    throw new RefusalError("no-series-for-role", { field: id, details: { reasons: reasons.join("; ") } });
  }
  const isWhole = (stack: Stack): boolean => {
    const weighting = weightingOf([stack], role);
    return weighting !== undefined && distinctWeightings([stack], weighting) > 1;
  };
  const parts = Map.groupBy(
    fitting.filter((stack) => !isWhole(stack)),
    placeOf,
  );
  const together = [...parts.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others] as const],
  );
  return [...fitting.filter(isWhole).map((stack) => [stack] as const), ...together];
}

function chooseSet({ id, role }: Wanted, sets: readonly StackSet[], choice: string | undefined): StackSet {
  if (choice !== undefined) {
    const chosen = sets.filter((set) =>
      set.some(({ id: own, seriesInstanceUid }) => [own, seriesInstanceUid].includes(choice)),
    );
    if (chosen.length === 0) throw new RefusalError("unknown-choice", { field: id, received: choice });
    return onlyOne(id, chosen);
  }
  const distinct = (set: StackSet): number => {
    const weighting = weightingOf(set, role);
    return weighting === undefined ? 0 : distinctWeightings(set, weighting);
  };
  const enough = sets.filter((set) => distinct(set) >= role.minimumWeightings);
  if (enough.length > 0) return onlyOne(id, enough);
  return sets.reduce((most, set) => (distinct(set) > distinct(most) ? set : most));
}

function onlyOne(id: string, sets: readonly StackSet[]): StackSet {
  if (sets.length === 1) return sets[0];
  throw new RefusalError("ambiguous-series", { field: id, received: sets.map(([first]) => first.id).join(", ") });
}

/** What stacks that are fitted together share: patient position, matrix, planes and places. */
function placeOf({
  rows,
  columns,
  pixelSpacingMm,
  rowDirection,
  columnDirection,
  slicePositionsMm,
  frames,
}: Stack): string {
  const round = (values: readonly number[], digits: number): string =>
    values.map((value) => value.toFixed(digits)).join();
  const header = frames.at(0)?.instance.header;
  return [
    header?.studyInstanceUid,
    `${columns} × ${rows}`,
    round(pixelSpacingMm, 3),
    round([...rowDirection, ...columnDirection], 2),
    round(slicePositionsMm, 0),
  ].join(" ");
}

/** The first attribute that every image says and that differs among them; of one that never differs, that. */
function weightingOf(set: readonly Stack[], { weightedBy }: WeightedRole): Weighting | undefined {
  const frames = set.flatMap((stack) => stack.frames);
  const said = weightedBy.filter((name) => frames.every(({ header }) => header.axes[name] !== undefined));
  return said.find((name) => distinctWeightings(set, name) > 1) ?? said.at(0);
}

function distinctWeightings(set: readonly Stack[], weighting: Weighting): number {
  const frames = set.flatMap((stack) => stack.frames);
  const bySlice = Map.groupBy(frames, ({ alongNormalMm }) => Math.round(alongNormalMm));
  const counts = [...bySlice.values()].map((own) => new Set(own.map(({ header }) => header.axes[weighting])).size);
  return counts.length === 0 ? 0 : Math.min(...counts);
}

/** Positions of slices of several series that are the same differ by no more, mm. */
const placeToleranceMm = 0.1;

/** The frames of each slice in the order of their weightings; as many in each. */
function sortSlices(set: StackSet, weighting: Weighting): (readonly StackFrame[])[] {
  const [{ slicePositionsMm, id }] = set;
  const frames = set.flatMap((stack) => stack.frames);
  const slices = slicePositionsMm.map((mm) =>
    frames
      .filter(({ alongNormalMm }) => Math.abs(alongNormalMm - mm) <= placeToleranceMm)
      .sort((a, b) => {
        const difference = (a.header.axes[weighting] ?? 0) - (b.header.axes[weighting] ?? 0);
        return difference || (a.instance.dataSetSha256 < b.instance.dataSetSha256 ? -1 : 1);
      }),
  );
  const [first] = slices;
  const areEqual = slices.every((own) => own.length === first.length);
  if (!areEqual || slices.length * first.length !== frames.length) {
    const details = { expected: slices.length * first.length };
    throw new RefusalError("incomplete-stack", { field: id, received: frames.length, details });
  }
  for (const own of slices) requireDistinct(own, weighting, { id, isOneSeries: set.length === 1 });
  return slices;
}

/**
 * Images of equal weighting in one series are repetitions, unless there are as many of each weighting: those are parts of a
 * complex signal that nothing tells apart.
 */
function requireDistinct(
  frames: readonly StackFrame[],
  weighting: Weighting,
  { id, isOneSeries }: { readonly id: string; readonly isOneSeries: boolean },
): void {
  const counts = [...Map.groupBy(frames, ({ header }) => header.axes[weighting]).values()].map((own) => own.length);
  const isUndecided = isOneSeries ? Math.min(...counts) > 1 : Math.max(...counts) > 1;
  if (isUndecided) {
    throw new RefusalError("overlapping-frames", { field: id, received: `${frames.length} / ${counts.length}` });
  }
}
