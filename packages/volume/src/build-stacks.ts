import { compareText } from "./compare.ts";
import { describeTilt } from "./describe-tilt.ts";
import {
  differencesBetween,
  type GeometryGroup,
  type GeometryKey,
  groupByGeometry,
  hasOwnFramesOfReference,
} from "./group-by-geometry.ts";
import type { LedgerNote, Stack, UndecidedInstance } from "./ledger.ts";
import { columnDirectionOf, type PlanarFrame, rowDirectionOf } from "./planar-frame.ts";
import type { PlaneDirections } from "./plane-directions.ts";
import { describeSpacing, isEven } from "./slice-spacing.ts";
import { type DraftStack, tellFramesApart } from "./tell-frames-apart.ts";
import { cross, unit } from "./vector3.ts";

/** A frame to be placed, or, when `undecided` is present, one that only shows where an undecided version would lie. */
export interface CandidateFrame extends PlanarFrame {
  readonly undecided?: UndecidedInstance;
}

/** Stacks, and what was found while building them. */
export interface BuiltStacks {
  readonly stacks: readonly Stack[];
  readonly notes: readonly LedgerNote[];
}

/** Sorts frames of any number of series into stacks. The result does not depend on the order of the frames. */
export function buildStacks(frames: readonly CandidateFrame[]): BuiltStacks {
  const bySeries = new Map<string, CandidateFrame[]>();
  for (const frame of frames) {
    const uid = frame.instance.header.seriesInstanceUid;
    const series = bySeries.get(uid);
    if (series === undefined) bySeries.set(uid, [frame]);
    else series.push(frame);
  }
  const built = [...bySeries.keys()].sort(compareText).map((uid) => buildSeries(uid, bySeries.get(uid) ?? []));
  return { stacks: built.flatMap(({ stacks }) => stacks), notes: built.flatMap(({ notes }) => notes) };
}

function buildSeries(seriesInstanceUid: string, frames: readonly CandidateFrame[]): BuiltStacks {
  const groups = groupByGeometry(frames);
  const drafts = groups.flatMap((group) => {
    const plane = planeOf(group.key);
    const decided = group.frames.filter((frame) => frame.undecided === undefined);
    const stacks = decided.length === 0 ? [emptyDraft] : tellFramesApart(decided, plane);
    return stacks.map((draft) => ({ key: group.key, plane, draft, undecided: undecidedOf(group) }));
  });
  const stacks: Stack[] = [];
  const notes: LedgerNote[] = notesOfGroups(seriesInstanceUid, groups);
  if (hasOwnFramesOfReference(frames)) {
    notes.push({ code: "frame-of-reference-ignored", seriesInstanceUid, details: { images: frames.length } });
  }
  for (const [index, { key, plane, draft, undecided }] of drafts.entries()) {
    const id = drafts.length === 1 ? seriesInstanceUid : `${seriesInstanceUid}/${index + 1}`;
    stacks.push({
      id,
      seriesInstanceUid,
      rows: key.rows,
      columns: key.columns,
      pixelSpacingMm: key.pixelSpacingMm,
      rowDirection: plane.row,
      columnDirection: plane.column,
      normal: plane.normal,
      frames: draft.sliced.frames.map(({ frame, alongNormalMm }) => ({
        instance: frame.instance,
        header: frame.header,
        alongNormalMm,
      })),
      slicePositionsMm: draft.sliced.positionsMm,
      axes: draft.axes,
      hasUnresolvedDuplicates: draft.hasUnresolvedDuplicates,
      undecided,
    });
    for (const note of [...draft.notes, ...notesOfSlices(draft, plane)]) {
      notes.push({ code: note.code, seriesInstanceUid, stackId: id, details: note.details });
    }
  }
  return { stacks, notes };
}

const emptyDraft: DraftStack<CandidateFrame> = {
  sliced: { frames: [], positionsMm: [] },
  axes: [],
  hasUnresolvedDuplicates: false,
  notes: [],
};

/** Unit directions, the normal turned so that its largest component is positive (of equal ones, the last: S, then P). */
function planeOf(key: GeometryKey): PlaneDirections {
  const row = unit(rowDirectionOf(key.orientation));
  const column = unit(columnDirectionOf(key.orientation));
  const [x, y, z] = unit(cross(row, column));
  const largest = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
  const dominant = [z, y, x].find((component) => Math.abs(component) === largest) ?? z;
  const sign = dominant < 0 ? -1 : 1;
  // Adding 0 makes −0 a 0, so that equal normals are written alike.
  return { row, column, normal: [sign * x + 0, sign * y + 0, sign * z + 0] };
}

function undecidedOf(group: GeometryGroup<CandidateFrame>): Stack["undecided"] {
  const all = new Set(group.frames.flatMap(({ undecided }) => undecided ?? []));
  return [...all].sort((a, b) => compareText(a.sopInstanceUid, b.sopInstanceUid));
}

function notesOfGroups(seriesInstanceUid: string, groups: readonly GeometryGroup<CandidateFrame>[]): LedgerNote[] {
  const differs = differencesBetween(groups.map(({ key }) => key));
  const details = { stacks: groups.length, differs };
  if (differs.length === 0) return [];
  const code = differs.includes("orientation") ? "mixed-orientation" : "split-by-geometry";
  return [{ code, seriesInstanceUid, details }];
}

function notesOfSlices(
  { sliced }: DraftStack<CandidateFrame>,
  plane: PlaneDirections,
): readonly Pick<LedgerNote, "code" | "details">[] {
  const notes: Pick<LedgerNote, "code" | "details">[] = [];
  const spacing = describeSpacing(sliced.positionsMm);
  const { minMm, maxMm, medianMm, missingCount, missingPositionsMm } = spacing;
  if (missingCount > 0) {
    notes.push({ code: "missing-slices", details: { count: missingCount, positionsMm: missingPositionsMm } });
  }
  if (!isEven({ ...spacing, missingCount: 0 })) {
    notes.push({ code: "variable-spacing", details: { minMm, maxMm, medianMm } });
  }
  const tilt = describeTilt(sliced.frames, plane);
  if (tilt.isTilted) {
    const { shearMmPerMm, alongRowMmPerMm, alongColumnMmPerMm, largestResidualMm } = tilt;
    notes.push({
      code: "gantry-tilt",
      details: { shearMmPerMm, alongRowMmPerMm, alongColumnMmPerMm, largestResidualMm },
    });
  }
  const thicknesses = new Set(sliced.frames.flatMap(({ frame }) => frame.header.sliceThicknessMm ?? []));
  if (thicknesses.size > 1) {
    const sorted = [...thicknesses].sort((a, b) => a - b);
    notes.push({ code: "variable-thickness", details: { minMm: sorted[0], maxMm: sorted[sorted.length - 1] } });
  }
  return notes;
}
