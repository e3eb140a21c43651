import { dot, normalOf } from "../picture/plane.ts";
import type { PictureStack } from "./picture-stacks.ts";
import { cellCount, type Layout } from "./room-state.ts";
import { sliceCount } from "./stack-place.ts";
import { timeAxisOf } from "./time-axis.ts";

/** One way to hang a study: which stack stands where. */
export interface HangingStage {
  readonly layout: Layout;
  readonly stackIds: readonly string[];
}

/** Fewer slices than this are a long axis or a scout, no short-axis stack. */
const fewestShortAxisSlices = 5;

/** Layouts, and from how many stacks on they are offered. */
const grids: readonly (readonly [layout: Layout, fewest: number])[] = [
  ["2x1", 2],
  ["2x2", 3],
  ["3x2", 5],
  ["3x3", 7],
];

/**
 * The ways to hang a study, the first as it opens: what its measurements are made on alone (a short-axis cine of MR, an axial
 * stack of CT), beside its prior where one is open, then its largest stacks beside each other.
 */
export function hangingStages(stacks: readonly PictureStack[], studyInstanceUid: string): readonly HangingStage[] {
  const own = ranked(stacks.filter((stack) => stack.studyInstanceUid === studyInstanceUid));
  const [main] = own;
  if (main === undefined) return [];
  const prior = priorLike(main, stacks);
  const beside: readonly HangingStage[] = prior === undefined ? [] : [{ layout: "2x1", stackIds: [main.id, prior.id] }];
  const alone: HangingStage = { layout: "1x1", stackIds: [main.id] };
  const together = grids
    .filter(([, fewest]) => own.length >= fewest)
    .map(([layout]): HangingStage => ({ layout, stackIds: own.slice(0, cellCount(layout)).map(({ id }) => id) }));
  return [...beside, alone, ...together];
}

/** The stack of another study that is most like one of this. */
export function priorLike(main: PictureStack, stacks: readonly PictureStack[]): PictureStack | undefined {
  const others = stacks.filter(
    ({ studyInstanceUid, modality }) => studyInstanceUid !== main.studyInstanceUid && modality === main.modality,
  );
  return ranked(others).sort((a, b) => likeness(b, main) - likeness(a, main))[0];
}

function likeness(a: PictureStack, b: PictureStack): number {
  const [planeA, planeB] = [a.pictures[0]?.plane, b.pictures[0]?.plane];
  const isParallel =
    planeA !== undefined && planeB !== undefined && Math.abs(dot(normalOf(planeA), normalOf(planeB))) > 0.95;
  const isNamedAlike = a.pictures[0]?.header.seriesDescription === b.pictures[0]?.header.seriesDescription;
  return (isParallel ? 2 : 0) + (isNamedAlike ? 2 : 0) + (a.axes.length === b.axes.length ? 1 : 0);
}

/** What is read first, first: a short-axis cine, then the largest. */
function ranked(stacks: readonly PictureStack[]): PictureStack[] {
  return [...stacks].sort(
    (a, b) => Number(isShortAxisCine(b)) - Number(isShortAxisCine(a)) || b.pictures.length - a.pictures.length,
  );
}

function isShortAxisCine(stack: PictureStack): boolean {
  return stack.modality === "MR" && timeAxisOf(stack) !== undefined && sliceCount(stack) >= fewestShortAxisSlices;
}
