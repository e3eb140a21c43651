import type { JsonValue } from "@etalon/base";
import { compareText } from "./compare.ts";
import type { Ledger, Stack } from "./ledger.ts";
import { describeSpacing } from "./slice-spacing.ts";

/**
 * What a ledger says, short enough to print: counts of what was received, placed and not placed by reason, one object per
 * stack (what its undecided versions say included), and the notes. Lengths in mm, kVp in kV; several values where the frames of a stack differ.
 */
export function ledgerSummary(ledger: Ledger): JsonValue {
  const unplaced: Record<string, number> = {};
  for (const { reason } of ledger.entries) {
    if (reason !== undefined) unplaced[reason.code] = (unplaced[reason.code] ?? 0) + 1;
  }
  return {
    received: ledger.entries.length,
    placed: ledger.entries.filter(({ places }) => places.length > 0).length,
    unplaced,
    stacks: ledger.stacks.map(summarizeStack),
    notes: ledger.notes.map(({ code, seriesInstanceUid, stackId, details }) => ({
      code,
      ...(seriesInstanceUid === undefined ? {} : { seriesInstanceUid }),
      ...(stackId === undefined ? {} : { stackId }),
      details,
    })),
  };
}

function summarizeStack(stack: Stack): JsonValue {
  const instances = [
    ...stack.frames.map(({ instance }) => instance),
    ...stack.undecided.flatMap(({ versions }) => versions),
  ];
  const headers = [...new Set(instances.map(({ header }) => header))];
  return {
    id: stack.id,
    seriesInstanceUid: stack.seriesInstanceUid,
    modality: distinctTexts(headers.map(({ modality }) => modality)),
    description: distinctTexts(headers.flatMap(({ seriesDescription }) => seriesDescription ?? [])),
    columns: stack.columns,
    rows: stack.rows,
    slices: stack.slicePositionsMm.length,
    frames: stack.frames.length,
    pixelSpacingMm: stack.pixelSpacingMm,
    sliceSpacingMm: stack.slicePositionsMm.length > 1 ? describeSpacing(stack.slicePositionsMm).medianMm : undefined,
    sliceThicknessMm: distinctNumbers(stack.frames.flatMap(({ header }) => header.sliceThicknessMm ?? [])),
    tubeVoltageKv: distinctNumbers(headers.flatMap(({ tubeVoltageKv }) => tubeVoltageKv ?? [])),
    convolutionKernel: distinctTexts(headers.flatMap(({ convolutionKernel }) => convolutionKernel ?? [])),
    axes: stack.axes.map(({ name, unit, coordinates }) => ({ name, unit, coordinates: coordinates.length })),
    hasUnresolvedDuplicates: stack.hasUnresolvedDuplicates,
    undecided: stack.undecided.map(({ sopInstanceUid, dataSetSha256 }) => ({ sopInstanceUid, dataSetSha256 })),
  };
}

function distinctTexts(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}

function distinctNumbers(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
