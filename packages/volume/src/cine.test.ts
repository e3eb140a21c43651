import type { FrameHeader } from "@etalon/dicom";
import { buildNifti, buildReceivedInstance, receiveFiles } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { buildLedger } from "./build-ledger.ts";
import { loadSeries4D } from "./load-series-4d.ts";
import { stackOfFrames } from "./stack-of-frames.ts";

const noChoice = new Map<string, string>();

/** A cine of so many slices and phases; `timeMs` says the trigger time of a phase in a slice. */
function cine(slices: number, phases: number, timeMs: (slice: number, phase: number) => number) {
  return Array.from({ length: slices * phases }, (_, index) => {
    const [slice, phase] = [Math.floor(index / phases), index % phases];
    const frame: Partial<FrameHeader> = {
      positionLpsMm: [0, 0, 8 * slice],
      axes: { triggerTimeMs: timeMs(slice, phase), acquisitionNumber: index },
    };
    return buildReceivedInstance(`s${slice}p${phase}`, { modality: "MR", frames: [frame] });
  });
}

describe("a cine", () => {
  it("whose slices share their trigger times has them as axis", () => {
    const { stacks, notes } = buildLedger(
      cine(3, 4, (_, phase) => 40 * phase),
      noChoice,
    );
    expect(stacks.map(({ axes }) => axes)).toEqual([
      [{ name: "triggerTimeMs", unit: "ms", coordinates: [0, 40, 80, 120] }],
    ]);
    expect(notes.map(({ code }) => code)).toEqual(["axis-found"]);
  });

  it("whose slices have their own trigger times is one stack, phases counted in each slice, and that is noted", () => {
    const { stacks, notes } = buildLedger(
      cine(3, 4, (slice, phase) => (40 + slice) * phase + slice),
      noChoice,
    );
    expect(stacks).toHaveLength(1);
    expect(stacks[0].axes).toEqual([{ name: "temporalPositionIndex", unit: "1", coordinates: [1, 2, 3, 4] }]);
    expect(notes.map(({ code }) => code)).toEqual(["phases-in-trigger-order", "axis-found"]);
    const second = stackOfFrames(stacks[0], ({ header }) => header.axes.temporalPositionIndex === 2);
    expect(second.frames.map(({ instance }) => instance.path)).toEqual(["s0p1", "s1p1", "s2p1"]);
    expect({ axes: second.axes, positions: second.slicePositionsMm }).toEqual({ axes: [], positions: [0, 8, 16] });
  });

  it("with two frames of one time in a slice is not counted by rank", () => {
    const { notes } = buildLedger(
      cine(2, 3, (slice, phase) => (slice === 1 ? 7 : 5 * phase)),
      noChoice,
    );
    expect(notes.map(({ code }) => code)).not.toContain("phases-in-trigger-order");
  });
});

describe("a part of a stack", () => {
  it("says where two of its frames lie at one position", () => {
    const [stack] = buildLedger(
      cine(2, 3, (_, phase) => phase),
      noChoice,
    ).stacks;
    expect(stackOfFrames(stack, () => true).hasUnresolvedDuplicates).toBe(true);
  });
});

describe("frames of reference", () => {
  const withUids = (uids: readonly string[]) =>
    uids.map((frameOfReferenceUid, k) =>
      buildReceivedInstance(`${k}`, { frameOfReferenceUid, frames: [{ positionLpsMm: [0, 0, 3 * k] }] }),
    );

  it("that differ from image to image say nothing, and that is noted", () => {
    const { stacks, notes } = buildLedger(withUids(["1.1", "1.2", "1.3"]), noChoice);
    expect(stacks.map(({ slicePositionsMm }) => slicePositionsMm)).toEqual([[0, 3, 6]]);
    expect(notes.map(({ code }) => code)).toEqual(["frame-of-reference-ignored"]);
  });

  it("that several images share keep them apart", () => {
    expect(buildLedger(withUids(["1.1", "1.1", "1.2", "1.2"]), noChoice).stacks).toHaveLength(2);
  });
});

describe("a NIfTI file of several volumes", () => {
  const size = [2, 2, 3, 2];
  const values = Array.from({ length: 24 }, (_, index) => index);

  it("is a series of volumes along temporalPositionIndex, on one grid", async () => {
    const file = { name: "x.nii", bytes: buildNifti({ size, pixdimMm: [1, 2, 8], values }) };
    const { received, readFrame } = await receiveFiles([file]);
    const { stacks, entries } = buildLedger(received, noChoice);
    expect(entries).toHaveLength(1);
    const { axes, volumes } = await loadSeries4D(stacks[0], { readFrame, unit: "1" });
    expect(axes).toEqual([{ name: "temporalPositionIndex", unit: "1", coordinates: [1, 2] }]);
    expect(volumes.map((volume) => [...volume.values])).toEqual([values.slice(0, 12), values.slice(12)]);
    expect(volumes[0]).toMatchObject({ columnSpacingMm: 1, rowSpacingMm: 2, slices: 3 });
  });

  it("that lacks a volume's frames is refused", async () => {
    const file = { name: "x.nii", bytes: buildNifti({ size, pixdimMm: [1, 2, 8], values }) };
    const { received, readFrame } = await receiveFiles([file]);
    const [stack] = buildLedger(received, noChoice).stacks;
    const broken = { ...stack, frames: stack.frames.slice(1) };
    await expect(loadSeries4D(broken, { readFrame, unit: "1" })).rejects.toMatchObject({ code: "incomplete-stack" });
  });
});
