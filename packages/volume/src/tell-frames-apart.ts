import { compareText } from "./compare.ts";
import { coordinateIndexes, findAxes, physicalAxes } from "./find-axes.ts";
import type { LedgerNote, StackAxis } from "./ledger.ts";
import type { PlanarFrame } from "./planar-frame.ts";
import type { PlaneDirections } from "./plane-directions.ts";
import { rankPhases } from "./rank-phases.ts";
import { compareIdentity, type SlicedFrames, sliceFrames } from "./slice-frames.ts";
import { describeSpacing, isEven } from "./slice-spacing.ts";
import { splitSweeps } from "./split-sweeps.ts";
import { splitTiles } from "./split-tiles.ts";
import type { Vector3 } from "./vector3.ts";

/** A stack before it has a name. */
export interface DraftStack<Frame extends PlanarFrame> {
  /** Ordered by slice, then axis coordinates. */
  readonly sliced: SlicedFrames<Frame>;
  readonly axes: readonly StackAxis[];
  readonly hasUnresolvedDuplicates: boolean;
  readonly notes: readonly Pick<LedgerNote, "code" | "details">[];
}

/** A full grid over AcquisitionNumber is a time axis from 3 acquisitions on; two are a scan and its repetition. */
const fewestTimePoints = 3;

/** How many positions of duplicates a note lists. */
const listedDuplicates = 20;

/**
 * Makes stacks of the frames of one geometry: splits tiles that lie beside each other in one plane, finds the axes that
 * tell frames of one slice apart, splits by image type, and splits repeated or interleaved sweeps by acquisition. In
 * order: axes that say what was varied ({@link physicalAxes}, full grid); phases in the order of trigger times; ImageType; AcquisitionNumber as a time axis;
 * sweeps by AcquisitionNumber; date and time and combinations with them (full grid); an incomplete grid of what was
 * varied. What none of these tells apart stays in one stack with `hasUnresolvedDuplicates`.
 */
export function tellFramesApart<Frame extends PlanarFrame>(
  frames: readonly Frame[],
  plane: PlaneDirections,
): readonly DraftStack<Frame>[] {
  const tiles = splitTiles(sliceFrames(frames, plane.normal), plane);
  if (tiles.length === 1) return separate(sliceFrames(frames, plane.normal), plane.normal);
  return tiles.flatMap((tile) =>
    separate(sliceFrames(tile, plane.normal), plane.normal).map((draft) =>
      withNote(draft, "split-by-geometry", {
        differs: ["in-plane-position"],
        firstOriginLpsMm: [...draft.sliced.frames[0].frame.header.positionLpsMm],
      }),
    ),
  );
}

function separate<Frame extends PlanarFrame>(
  sliced: SlicedFrames<Frame>,
  normal: Vector3,
): readonly DraftStack<Frame>[] {
  if (sliced.frames.length === sliced.positionsMm.length) return separateInterleaved(sliced, normal);
  const varied = findAxes(sliced, physicalAxes, "full-grid");
  if (varied.length > 0) return [draftWithAxes(sliced, varied)];
  const cine = draftRanked(sliced);
  if (cine !== undefined) return [cine];
  const byType = separateImageTypes(sliced, normal);
  if (byType.length > 0) return byType;
  const [dynamic] = findAxes(sliced, ["acquisitionNumber"], "full-grid");
  if (dynamic !== undefined && dynamic.coordinates.length >= fewestTimePoints) {
    return [draftWithAxes(sliced, [dynamic])];
  }
  const sweeps = splitSweeps(sliced);
  if (sweeps.length > 1) return draftSweeps(sweeps, normal);
  const timed = findAxes(sliced, ["acquisitionDateTime"], "full-grid");
  if (timed.length > 0) return [draftWithAxes(sliced, timed)];
  const mixed = findAxes(sliced, [...physicalAxes, "acquisitionNumber", "acquisitionDateTime"], "full-grid");
  if (mixed.length > 0) return [draftWithAxes(sliced, mixed)];
  const incomplete = findAxes(sliced, physicalAxes, "distinct");
  if (incomplete.length > 0) return [draftWithAxes(sliced, incomplete)];
  return [draftWithDuplicates(sliced)];
}

/** Sweeps that share no slice are one stack when together they are evenly spaced, as interleaved acquisitions are. */
function separateInterleaved<Frame extends PlanarFrame>(
  sliced: SlicedFrames<Frame>,
  normal: Vector3,
): readonly DraftStack<Frame>[] {
  const whole = { sliced, axes: [], hasUnresolvedDuplicates: false, notes: [] };
  if (isEven(describeSpacing(sliced.positionsMm))) return [whole];
  const drafts = draftSweeps(splitSweeps(sliced), normal);
  const areSweeps = drafts.every(
    (draft) => draft.sliced.positionsMm.length > 1 && isEven(describeSpacing(draft.sliced.positionsMm)),
  );
  return drafts.length > 1 && areSweeps ? drafts : [whole];
}

function separateImageTypes<Frame extends PlanarFrame>(
  sliced: SlicedFrames<Frame>,
  normal: Vector3,
): readonly DraftStack<Frame>[] {
  const byType = new Map<string, Frame[]>();
  for (const { frame } of sliced.frames) {
    const { complexComponent } = frame.header;
    const named = frame.instance.header.imageType.join("\\");
    const type = complexComponent === undefined ? named : `${named} ${complexComponent}`;
    const frames = byType.get(type);
    if (frames === undefined) byType.set(type, [frame]);
    else frames.push(frame);
  }
  if (byType.size < 2) return [];
  const drafts = [...byType.keys()]
    .sort(compareText)
    .flatMap((type) =>
      separate(sliceFrames(byType.get(type) ?? [], normal), normal).map((draft) =>
        withNote(draft, "split-by-image-type", { imageType: type }),
      ),
    );
  return drafts.some((draft) => draft.hasUnresolvedDuplicates) ? [] : drafts;
}

function draftSweeps<Frame extends PlanarFrame>(
  sweeps: readonly { readonly acquisitionNumbers: readonly number[]; readonly frames: readonly Frame[] }[],
  normal: Vector3,
): readonly DraftStack<Frame>[] {
  return sweeps.map(({ acquisitionNumbers, frames }) => ({
    sliced: sliceFrames(frames, normal),
    axes: [],
    hasUnresolvedDuplicates: false,
    notes: [{ code: "split-by-acquisition", details: { acquisitionNumbers } }],
  }));
}

function draftWithAxes<Frame extends PlanarFrame>(
  sliced: SlicedFrames<Frame>,
  axes: readonly StackAxis[],
): DraftStack<Frame> {
  const indexes = axes.map((axis) => ({ name: axis.name, indexOf: coordinateIndexes(axis) }));
  const points = axes.reduce((product, axis) => product * axis.coordinates.length, 1);
  const frames = sliced.frames.map((sliceFrame) => ({
    sliceFrame,
    point: indexes.map(({ name, indexOf }) => indexOf.get(sliceFrame.frame.header.axes[name]) ?? 0),
  }));
  frames.sort((a, b) => {
    if (a.sliceFrame.slice !== b.sliceFrame.slice) return a.sliceFrame.slice - b.sliceFrame.slice;
    for (let i = 0; i < axes.length; i++) if (a.point[i] !== b.point[i]) return a.point[i] - b.point[i];
    return compareIdentity(a.sliceFrame.frame, b.sliceFrame.frame);
  });
  return {
    sliced: { frames: frames.map(({ sliceFrame }) => sliceFrame), positionsMm: sliced.positionsMm },
    axes,
    hasUnresolvedDuplicates: false,
    notes: [
      {
        code: "axis-found",
        details: {
          axes: axes.map(({ name, coordinates }) => ({ name, coordinates: coordinates.length })),
          isComplete: points * sliced.positionsMm.length === sliced.frames.length,
        },
      },
    ],
  };
}

/** A cine whose trigger times differ from slice to slice: its phases are counted in each slice. */
function draftRanked<Frame extends PlanarFrame>(sliced: SlicedFrames<Frame>): DraftStack<Frame> | undefined {
  const ranked = rankPhases(sliced);
  if (ranked === undefined) return undefined;
  const phases = ranked.frames.length / ranked.positionsMm.length;
  const coordinates = Array.from({ length: phases }, (_, index) => index + 1);
  const draft = draftWithAxes(ranked, [{ name: "temporalPositionIndex", unit: "1", coordinates }]);
  return withNote(draft, "phases-in-trigger-order", { phases });
}

function draftWithDuplicates<Frame extends PlanarFrame>(sliced: SlicedFrames<Frame>): DraftStack<Frame> {
  const counts = new Array<number>(sliced.positionsMm.length).fill(0);
  for (const { slice } of sliced.frames) counts[slice]++;
  const positionsMm = sliced.positionsMm.filter((_, slice) => counts[slice] > 1);
  return {
    sliced,
    axes: [],
    hasUnresolvedDuplicates: true,
    notes: [
      {
        code: "duplicate-position",
        details: { positions: positionsMm.length, positionsMm: positionsMm.slice(0, listedDuplicates) },
      },
    ],
  };
}

function withNote<Frame extends PlanarFrame>(
  draft: DraftStack<Frame>,
  code: LedgerNote["code"],
  details: LedgerNote["details"],
): DraftStack<Frame> {
  return { ...draft, notes: [{ code, details }, ...draft.notes] };
}
