import type { FrameHeader } from "@etalon/dicom";
import { buildInstanceHeader, buildReceivedInstance, type HeaderOverrides } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { buildLedger } from "./build-ledger.ts";
import type { Ledger } from "./ledger.ts";
import type { ReceivedInstance, ReceivedOther } from "./received.ts";

const noChoice = new Map<string, string>();

const axialAt = (z: number, frame: Partial<FrameHeader> = {}): Partial<FrameHeader> => ({
  positionLpsMm: [0, 0, z],
  ...frame,
});

/** One single-frame object per position. */
function receiveSlices(positions: readonly number[], header: HeaderOverrides = {}, prefix = "s"): ReceivedInstance[] {
  return positions.map((z, i) =>
    buildReceivedInstance(`${prefix}${i}`, { ...header, frames: [axialAt(z, header.frames?.[0])] }),
  );
}

const codes = (ledger: Ledger): readonly string[] => ledger.notes.map(({ code }) => code);
const detailsOf = (ledger: Ledger, code: string): unknown => ledger.notes.find((note) => note.code === code)?.details;

describe("buildLedger: sorting", () => {
  it("orders slices by position, whatever the instance numbers say", () => {
    const instances = [6, 0, 3].map((z, i) =>
      buildReceivedInstance(`${i}`, { instanceNumber: i, frames: [axialAt(z)] }),
    );
    const { stacks, entries } = buildLedger(instances, noChoice);
    expect(stacks).toHaveLength(1);
    expect(stacks[0].id).toBe("1.2.3.4");
    expect(stacks[0].slicePositionsMm).toEqual([0, 3, 6]);
    expect(stacks[0].frames.map(({ instance }) => instance.path)).toEqual(["1", "2", "0"]);
    expect(entries.map(({ places }) => places)).toEqual([
      [{ stackId: "1.2.3.4", sliceIndexes: [2] }],
      [{ stackId: "1.2.3.4", sliceIndexes: [0] }],
      [{ stackId: "1.2.3.4", sliceIndexes: [1] }],
    ]);
  });

  it("turns the normal towards the head, the left or the back", () => {
    const normalOf = (orientation: FrameHeader["orientation"]): unknown => {
      const frames = [{ ...(orientation && { orientation }) }];
      return buildLedger([buildReceivedInstance("a", { frames })], noChoice).stacks[0].normal;
    };
    // row × column: L × P = +S (head) as it is; L × A = −S, P × S = +L, A × S = −L, L × S = −P, R × S = +P.
    expect(normalOf([1, 0, 0, 0, 1, 0])).toEqual([0, 0, 1]);
    expect(normalOf([1, 0, 0, 0, -1, 0])).toEqual([0, 0, 1]);
    expect(normalOf([0, 1, 0, 0, 0, 1])).toEqual([1, 0, 0]);
    expect(normalOf([0, -1, 0, 0, 0, 1])).toEqual([1, 0, 0]);
    expect(normalOf([1, 0, 0, 0, 0, 1])).toEqual([0, 1, 0]);
    expect(normalOf([-1, 0, 0, 0, 0, 1])).toEqual([0, 1, 0]);
  });

  it("gives the head the say between two equal components of the normal", () => {
    const half = Math.SQRT1_2;
    // (1, 0, 0) × (0, √½, √½) = (0, −√½, √½).
    const [stack] = buildLedger(
      [buildReceivedInstance("a", { frames: [{ orientation: [1, 0, 0, 0, half, half] }] })],
      noChoice,
    ).stacks;
    expect(stack.normal[1]).toBeCloseTo(-half, 15);
    expect(stack.normal[2]).toBeCloseTo(half, 15);
  });

  it("tells slices apart that are 0.05 mm apart", () => {
    expect(buildLedger(receiveSlices([0, 0.05]), noChoice).stacks[0].slicePositionsMm).toEqual([0, 0.05]);
  });

  it("places the frames of one multi-frame object, each in its slice", () => {
    const { entries, stacks } = buildLedger(
      [buildReceivedInstance("a", { frames: [axialAt(2), axialAt(0), axialAt(1)] })],
      noChoice,
    );
    expect(entries[0].places).toEqual([{ stackId: stacks[0].id, sliceIndexes: [2, 0, 1] }]);
  });

  it("notes the frames of an object that say no place, and places the others", () => {
    const { positionLpsMm: _, ...noPlace } = buildInstanceHeader().frames[0];
    const header = buildInstanceHeader({ frames: [axialAt(0), axialAt(1)] });
    const instance = buildReceivedInstance("a", {});
    const ledger = buildLedger(
      [{ ...instance, header: { ...header, frames: [header.frames[0], { ...noPlace, frameIndex: 1 }] } }],
      noChoice,
    );
    expect(ledger.entries[0].places[0].sliceIndexes).toEqual([0]);
    expect(detailsOf(ledger, "frames-without-geometry")).toMatchObject({ frameIndexes: [1] });
  });
});

describe("buildLedger: reasons", () => {
  it("says why what is no image, or says no place, has none", () => {
    const { positionLpsMm: _, ...noPlace } = buildInstanceHeader().frames[0];
    const projection = buildReceivedInstance("cr", {});
    const other: ReceivedOther = {
      path: "notes.txt",
      sizeBytes: 5,
      reason: { code: "not-dicom", errorCode: "not-dicom" },
    };
    const ledger = buildLedger(
      [
        { ...projection, header: { ...projection.header, frames: [noPlace] } },
        buildReceivedInstance("sr", { modality: "SR", rows: 0, columns: 0, hasPixelData: false, frames: [] }),
        buildReceivedInstance("pixelless", { hasPixelData: false }),
        buildReceivedInstance("spaceless", { frames: [{ pixelSpacingMm: [0, 1] }] }),
        buildReceivedInstance("flat", { frames: [{ orientation: [1, 0, 0, 1, 0, 0] }] }),
        other,
      ],
      noChoice,
    );
    expect(ledger.entries.map(({ path, reason }) => [path, reason?.code])).toEqual([
      ["cr", "no-geometry"],
      ["flat", "no-geometry"],
      ["notes.txt", "not-dicom"],
      ["pixelless", "not-an-image"],
      ["spaceless", "no-geometry"],
      ["sr", "not-an-image"],
    ]);
    expect(ledger.stacks).toEqual([]);
  });
});

describe("buildLedger: several stacks in one series", () => {
  it("splits by orientation, and says so", () => {
    const coronal = buildReceivedInstance("c", { frames: [{ orientation: [1, 0, 0, 0, 0, -1] }] });
    const ledger = buildLedger([...receiveSlices([0, 3]), coronal], noChoice);
    // Groups ascend by direction cosines: (… 0, 0, −1) before (… 0, 1, 0).
    expect(ledger.stacks.map(({ id, frames }) => [id, frames.length])).toEqual([
      ["1.2.3.4/1", 1],
      ["1.2.3.4/2", 2],
    ]);
    expect(detailsOf(ledger, "mixed-orientation")).toMatchObject({ differs: ["orientation"] });
  });

  it("keeps together what rounding alone tells apart", () => {
    const rounded = buildReceivedInstance("r", {
      frames: [axialAt(3, { orientation: [0.9999, 0.0005, 0, -0.0005, 0.9999, 0], pixelSpacingMm: [1.00005, 1] })],
    });
    expect(buildLedger([buildReceivedInstance("a", {}), rounded], noChoice).stacks).toHaveLength(1);
  });

  it("splits by matrix, pixel spacing, frame of reference and localizer", () => {
    const others: HeaderOverrides[] = [
      { rows: 8 },
      { frames: [axialAt(3, { pixelSpacingMm: [1.001, 1.001] })] },
      { frameOfReferenceUid: "1.2.3.6" },
      { imageType: ["ORIGINAL", "PRIMARY", "LOCALIZER"] },
    ];
    const differs = ["matrix", "pixel-spacing", "frame-of-reference", "localizer"];
    for (const [i, header] of others.entries()) {
      const ledger = buildLedger([buildReceivedInstance("a", {}), buildReceivedInstance("b", header)], noChoice);
      expect(ledger.stacks).toHaveLength(2);
      expect(detailsOf(ledger, "split-by-geometry")).toMatchObject({ differs: [differs[i]] });
    }
  });

  it("splits tiles that lie beside each other in one plane", () => {
    const left = receiveSlices([0, 3], {}, "l");
    const right = [0, 3].map((z) => buildReceivedInstance(`r${z}`, { frames: [{ positionLpsMm: [200, 0, z] }] }));
    const ledger = buildLedger([...left, ...right], noChoice);
    expect(ledger.stacks.map(({ slicePositionsMm }) => slicePositionsMm)).toEqual([
      [0, 3],
      [0, 3],
    ]);
    expect(detailsOf(ledger, "split-by-geometry")).toMatchObject({ differs: ["in-plane-position"] });
  });
});

describe("buildLedger: frames at one position", () => {
  const grid = (axes: readonly FrameHeader["axes"][], positions = [0, 3, 6]): ReceivedInstance[] =>
    axes.flatMap((coordinate, a) =>
      positions.map((z, i) => buildReceivedInstance(`a${a}s${i}`, { frames: [axialAt(z, { axes: coordinate })] })),
    );

  it("finds the axis along which they differ", () => {
    const ledger = buildLedger(
      grid([
        { triggerTimeMs: 500, acquisitionNumber: 1 },
        { triggerTimeMs: 0, acquisitionNumber: 2 },
      ]),
      noChoice,
    );
    expect(ledger.stacks).toHaveLength(1);
    expect(ledger.stacks[0].axes).toEqual([{ name: "triggerTimeMs", unit: "ms", coordinates: [0, 500] }]);
    expect(ledger.stacks[0].frames.map(({ header }) => header.axes.triggerTimeMs)).toEqual([0, 500, 0, 500, 0, 500]);
    expect(detailsOf(ledger, "axis-found")).toMatchObject({ isComplete: true });
  });

  it("finds the fewest axes that form a full grid", () => {
    const axes = [10, 20].flatMap((echoTimeMs) => [5, 15].map((flipAngleDeg) => ({ echoTimeMs, flipAngleDeg })));
    const [stack] = buildLedger(grid(axes), noChoice).stacks;
    expect(stack.axes.map(({ name }) => name)).toEqual(["echoTimeMs", "flipAngleDeg"]);
    expect(stack.frames.slice(0, 4).map(({ header }) => header.axes)).toEqual(axes);
    expect(stack.hasUnresolvedDuplicates).toBe(false);
  });

  it("takes an incomplete grid of what was varied, and says that it is incomplete", () => {
    const ledger = buildLedger(grid([{ triggerTimeMs: 0 }, { triggerTimeMs: 500 }]).slice(1), noChoice);
    expect(ledger.stacks[0].axes[0].coordinates).toEqual([0, 500]);
    expect(detailsOf(ledger, "axis-found")).toMatchObject({ isComplete: false });
  });

  it("splits a scan and its repetition, and takes three acquisitions on for a time axis", () => {
    const twice = buildLedger(grid([{ acquisitionNumber: 1 }, { acquisitionNumber: 2 }]), noChoice);
    expect(twice.stacks.map(({ id, slicePositionsMm }) => [id, slicePositionsMm.length])).toEqual([
      ["1.2.3.4/1", 3],
      ["1.2.3.4/2", 3],
    ]);
    expect(detailsOf(twice, "split-by-acquisition")).toEqual({ acquisitionNumbers: [1] });
    const thrice = buildLedger(grid([1, 2, 3].map((acquisitionNumber) => ({ acquisitionNumber }))), noChoice);
    expect(thrice.stacks[0].axes.map(({ name }) => name)).toEqual(["acquisitionNumber"]);
  });

  it("keeps a step-and-shoot scan whole and splits off the slice that was taken again", () => {
    const shots = [0, 3, 6, 9].map((z, i) =>
      buildReceivedInstance(`s${i}`, { frames: [axialAt(z, { axes: { acquisitionNumber: i + 1 } })] }),
    );
    expect(codes(buildLedger(shots, noChoice))).toEqual([]);
    const again = buildReceivedInstance("again", { frames: [axialAt(6, { axes: { acquisitionNumber: 5 } })] });
    const { stacks } = buildLedger([...shots, again], noChoice);
    expect(stacks.map(({ slicePositionsMm }) => slicePositionsMm)).toEqual([[0, 3, 6, 9], [6]]);
  });

  it("splits sweeps that overlap without sharing a position, but not interleaved ones", () => {
    const sweep = (positions: readonly number[], acquisitionNumber: number): ReceivedInstance[] =>
      positions.map((z) =>
        buildReceivedInstance(`${acquisitionNumber}-${z}`, { frames: [axialAt(z, { axes: { acquisitionNumber } })] }),
      );
    const overlapping = buildLedger([...sweep([0, 3, 6], 1), ...sweep([4, 7, 10], 2)], noChoice);
    expect(overlapping.stacks.map(({ slicePositionsMm }) => slicePositionsMm)).toEqual([
      [0, 3, 6],
      [4, 7, 10],
    ]);
    const interleaved = buildLedger([...sweep([0, 4, 8], 1), ...sweep([2, 6, 10], 2)], noChoice);
    expect(interleaved.stacks.map(({ slicePositionsMm }) => slicePositionsMm)).toEqual([[0, 2, 4, 6, 8, 10]]);
  });

  it("splits by image type when nothing that was varied tells frames apart", () => {
    const typed = ["M", "P"].flatMap((type) =>
      receiveSlices([0, 3], { imageType: ["ORIGINAL", "PRIMARY", type] }, type),
    );
    const ledger = buildLedger(typed, noChoice);
    expect(ledger.stacks).toHaveLength(2);
    expect(codes(ledger)).toEqual(["split-by-image-type", "split-by-image-type"]);
  });

  it("keeps sweeps together when one of them holds a duplicate itself, or a single slice", () => {
    const shot = (z: number, acquisitionNumber: number, path: string): ReceivedInstance =>
      buildReceivedInstance(path, { frames: [axialAt(z, { axes: { acquisitionNumber } })] });
    const twice = [shot(0, 1, "a"), shot(0, 1, "b"), shot(3, 1, "c"), shot(0, 2, "d"), shot(3, 2, "e")];
    const { stacks } = buildLedger(twice, noChoice);
    expect(stacks.map(({ hasUnresolvedDuplicates }) => hasUnresolvedDuplicates)).toEqual([true]);
    const between = [shot(0, 1, "a"), shot(3, 1, "b"), shot(6, 1, "c"), shot(4, 2, "d")];
    expect(codes(buildLedger(between, noChoice))).toEqual(["variable-spacing"]);
  });

  it("keeps image types together when one of them holds duplicates itself", () => {
    const typed = ["M", "M", "P"].map((type, i) =>
      buildReceivedInstance(`${i}`, { imageType: ["ORIGINAL", "PRIMARY", type] }),
    );
    expect(codes(buildLedger(typed, noChoice))).toEqual(["duplicate-position"]);
  });

  it("says when nothing tells them apart", () => {
    const ledger = buildLedger([...receiveSlices([0, 3]), ...receiveSlices([0.005], {}, "t")], noChoice);
    expect(ledger.stacks[0].hasUnresolvedDuplicates).toBe(true);
    expect(ledger.stacks[0].slicePositionsMm).toEqual([0, 3]);
    expect(detailsOf(ledger, "duplicate-position")).toEqual({ positions: 1, positionsMm: [0] });
  });
});

describe("buildLedger: spacing and tilt", () => {
  it("names missing slices", () => {
    const ledger = buildLedger(receiveSlices([0, 3, 6, 15, 18]), noChoice);
    expect(detailsOf(ledger, "missing-slices")).toEqual({ count: 2, positionsMm: [9, 12] });
    expect(codes(ledger)).toEqual(["missing-slices"]);
    // Of two distances the smaller is the spacing: the larger, twice as long, lacks a slice.
    expect(detailsOf(buildLedger(receiveSlices([0, 3, 9]), noChoice), "missing-slices")).toEqual({
      count: 1,
      positionsMm: [6],
    });
  });

  it("names uneven spacing, and not the rounding of positions", () => {
    expect(detailsOf(buildLedger(receiveSlices([0, 3, 6, 10]), noChoice), "variable-spacing")).toEqual({
      minMm: 3,
      maxMm: 4,
      medianMm: 3,
    });
    expect(codes(buildLedger(receiveSlices([0, 0.63, 1.25, 1.88]), noChoice))).toEqual([]);
  });

  it("names slices of different thickness", () => {
    const thin = buildReceivedInstance("t", { frames: [axialAt(3, { sliceThicknessMm: 1.5 })] });
    expect(detailsOf(buildLedger([buildReceivedInstance("a", {}), thin], noChoice), "variable-thickness")).toEqual({
      minMm: 1.5,
      maxMm: 3,
    });
  });

  it("measures the shear of a tilted gantry", () => {
    // Columns tilted by a 3-4-5 angle in the sagittal plane (cosine 0.8, sine 0.6); the table moves along z by 5 mm per
    // slice: 5 · 0.8 = 4 mm along the normal and 5 · 0.6 = 3 mm in the plane, a shear of 3/4.
    const orientation = [1, 0, 0, 0, 0.8, -0.6] as const;
    const ledger = buildLedger(receiveSlices([0, 5, 10], { frames: [{ orientation }] }), noChoice);
    expect(ledger.stacks[0].slicePositionsMm).toEqual([0, 4, 8]);
    const tilt = ledger.notes.find(({ code }) => code === "gantry-tilt")?.details;
    expect(tilt?.["shearMmPerMm"]).toBeCloseTo(0.75, 12);
    expect(tilt?.["alongColumnMmPerMm"]).toBeCloseTo(-0.75, 12);
    expect(tilt?.["largestResidualMm"]).toBeCloseTo(0, 12);
  });

  it("tells an irregular drift from a tilt by what is left of it, and rounding from both", () => {
    const drifting = (ys: readonly number[]): Ledger =>
      buildLedger(
        ys.map((y, i) => buildReceivedInstance(`${i}`, { frames: [{ positionLpsMm: [0, y, 3 * i] }] })),
        noChoice,
      );
    expect(detailsOf(drifting([0, 1, 0]), "gantry-tilt")).toMatchObject({ shearMmPerMm: 0, largestResidualMm: 1 });
    expect(codes(drifting([0, 0.05, 0.09]))).toEqual([]);
  });
});
