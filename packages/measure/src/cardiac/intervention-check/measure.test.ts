import { buildNifti, outputValue, receiveFiles, runStudy } from "@etalon/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const side = 40;
const slices = 3;
/** Voxels of 1 × 1 × 5 mm: 0.005 mL each. */
const pixdimMm = [1, 1, 5] as const;
const VOXEL_ML = 0.005;

/** Columns, rows and slices from and to (exclusive) of a box. */
interface Box {
  readonly x: readonly [number, number];
  readonly y?: readonly [number, number];
  readonly z?: readonly [number, number];
}

const inside = (value: number, [from, to]: readonly [number, number]) => value >= from && value < to;
const holds = ({ x, y = [10, 20], z = [0, 3] }: Box, [column, row, slice]: readonly [number, number, number]) =>
  inside(column, x) && inside(row, y) && inside(slice, z);
const voxelsOf = ({ x, y = [10, 20], z = [0, 3] }: Box) => (x[1] - x[0]) * (y[1] - y[0]) * (z[1] - z[0]);

function file(
  of: (column: number, row: number, slice: number) => number,
  size: readonly number[] = [side, side, slices],
) {
  const [columns = 0, rows = 0] = size;
  const values = new Int16Array(size.reduce((product, count) => product * count, 1));
  for (let i = 0; i < values.length; i++) {
    values[i] = of(i % columns, Math.floor(i / columns) % rows, Math.floor(i / (columns * rows)));
  }
  return buildNifti({ size, pixdimMm, values });
}

interface Case {
  readonly target: readonly Box[];
  readonly lesion?: readonly Box[];
  readonly oedema?: readonly Box[];
  /** Lesion drawn on the images before; images before are given where it is. */
  readonly before?: readonly Box[];
  readonly overrides?: Readonly<Record<string, string>>;
  readonly beforeSize?: readonly number[];
  readonly targetOn?: "after" | "before";
}

const anatomy = (column: number, row: number) => 100 + ((column + row) % 7);

/** A label map for each structure: they may lie over one another. */
async function measure({ target, lesion, oedema, before, overrides = {}, beforeSize, targetOn = "after" }: Case) {
  const mask = (boxes: readonly Box[], size?: readonly number[]) =>
    file((x, y, z) => Number(boxes.some((box) => holds(box, [x, y, z]))), size);
  const drawn = [
    { name: "target.nii", label: "ablation-target", role: targetOn, boxes: target },
    { name: "lesion.nii", label: "lesion", role: "after", boxes: lesion },
    { name: "oedema.nii", label: "oedema", role: "after", boxes: oedema },
    { name: "lesion-before.nii", label: "lesion", role: "before", boxes: before },
  ].flatMap(({ boxes, ...rest }) => (boxes === undefined ? [] : [{ ...rest, boxes }]));
  const study = await receiveFiles([
    { name: "after.nii", bytes: file(anatomy) },
    ...(before === undefined ? [] : [{ name: "before.nii", bytes: file((x, y) => anatomy(x, y) + 1, beforeSize) }]),
    ...drawn.map(({ name, boxes, role }) => ({ name, bytes: mask(boxes, role === "before" ? beforeSize : undefined) })),
  ]);
  const seriesOf = (path: string) =>
    study.received.flatMap((item) =>
      "header" in item && item.path === path ? [item.header.seriesInstanceUid] : [],
    )[0];
  return runStudy(study, {
    protocol: "cardiac/intervention-check",
    overrides,
    roleChoices: {
      after: seriesOf("after.nii") ?? "",
      ...(before === undefined ? {} : { before: seriesOf("before.nii") ?? "" }),
    },
    marks: {
      schema: "etalon.marks/1",
      labelMaps: drawn.map(({ name, role, label }) => ({ file: name, role, labels: { "1": label } })),
    },
  });
}

type Found = Awaited<ReturnType<typeof measure>>;
const valuesOf = (result: Found, ...ids: readonly string[]) => ids.map((id) => outputValue(result, id));
const codesOf = (result: Found) => result.quality.map(({ code }) => code);

describe("a lesion on its target", () => {
  const target = [{ x: [10, 20] }] as const;

  // Half of a box covered, as much again outside: |T| = |L| = 300 voxels, |T ∩ L| = 150.
  it("shifted by half: half covered, Dice one half, the rest residual and outside", async () => {
    const result = await measure({ target, lesion: [{ x: [15, 25] }] });
    expect(valuesOf(result, "target-coverage", "target-dice")).toEqual([50, 0.5]);
    for (const id of ["residual-volume", "off-target-volume", "largest-gap-volume"]) {
      expect(outputValue(result, id)).toBeCloseTo(150 * VOXEL_ML, 10);
    }
    expect(outputValue(result, "target-volume")).toBeCloseTo(300 * VOXEL_ML, 10);
    expect(outputValue(result, "gap-count")).toBe(1);
    // Every surface point of one face is 5 mm from the other's; none is farther.
    expect(outputValue(result, "surface-distance-max")).toBeCloseTo(5, 10);
  });

  it("that is the target: all covered, no gap, no distance", async () => {
    const result = await measure({ target, lesion: target });
    expect(valuesOf(result, "target-coverage", "target-dice", "residual-volume", "gap-count")).toEqual([100, 1, 0, 0]);
    expect(valuesOf(result, "surface-distance-mean", "surface-distance-95", "surface-distance-max")).toEqual([0, 0, 0]);
  });

  it("in two parts leaves the gap between them, and the larger of two gaps is named", async () => {
    const line = [{ x: [5, 35], y: [10, 12] }] as const;
    const lesion = [
      { x: [5, 12], y: [10, 12] },
      { x: [14, 25], y: [10, 12] },
      { x: [30, 35], y: [10, 12] },
    ] as const;
    const result = await measure({ target: line, lesion });
    // Gaps of 2 and 5 columns × 2 rows × 3 slices.
    expect(outputValue(result, "gap-count")).toBe(2);
    expect(outputValue(result, "largest-gap-volume")).toBeCloseTo(30 * VOXEL_ML, 10);
    expect(outputValue(result, "residual-volume")).toBeCloseTo(42 * VOXEL_ML, 10);
    expect(outputValue(result, "target-coverage")).toBeCloseTo((100 * 23) / 30, 10);
  });

  it("far away: nothing covered, and the distance through slices is in millimetres", async () => {
    const result = await measure({
      target: [{ x: [10, 11], y: [10, 11], z: [0, 1] }],
      lesion: [{ x: [10, 11], y: [10, 11], z: [2, 3] }],
    });
    expect(valuesOf(result, "target-coverage", "target-dice", "surface-distance-max")).toEqual([0, 0, 10]);
  });
});

describe("what was there before", () => {
  const target = [{ x: [10, 20] }] as const;
  const given = { target, lesion: [{ x: [10, 20] }], before: [{ x: [10, 14] }] } as const;

  it("counts unless it is left out, and the sensitivity shows both", async () => {
    const included = await measure(given);
    expect(outputValue(included, "target-coverage")).toBe(100);
    expect(outputValue(included, "new-lesion-volume")).toBeCloseTo(180 * VOXEL_ML, 10);
    const rows = included.sensitivity.filter(({ parameter }) => parameter === "scar-before");
    expect(rows.map(({ choice, value, changesCategory }) => [choice, value, changesCategory])).toEqual([
      ["included", 100, false],
      ["left-out", expect.closeTo(60, 9), true],
    ]);
    const leftOut = await measure({ ...given, overrides: { "scar-before": "left-out" } });
    expect(outputValue(leftOut, "target-coverage")).toBeCloseTo(60, 9);
    expect(codesOf(included)).toContain("one-grid-is-no-registration");
    expect(codesOf(await measure({ target, lesion: target }))).toContain("before-not-given");
  });

  it("takes a target that is drawn on the images before", async () => {
    expect(outputValue(await measure({ ...given, targetOn: "before" }), "target-coverage")).toBe(100);
  });
});

it("checked by oedema says that it reaches beyond the necrosis, with the lesion beside it", async () => {
  const drawn = { target: [{ x: [10, 20] }], lesion: [{ x: [12, 18] }], oedema: [{ x: [9, 21] }] } as const;
  const result = await measure({ ...drawn, overrides: { "checked-by": "oedema" } });
  expect(outputValue(result, "target-coverage")).toBe(100);
  expect(codesOf(result)).toContain("oedema-is-not-necrosis");
  const beside = result.sensitivity.find(({ choice }) => choice === "lesion");
  expect([beside?.value, beside?.category, beside?.changesCategory]).toEqual([expect.closeTo(60, 9), "gap", true]);
});

it("a lesion that is named and drawn nowhere leaves the whole target, without a distance", async () => {
  const result = await measure({ target: [{ x: [10, 20] }], lesion: [] });
  expect(valuesOf(result, "target-coverage", "target-dice", "gap-count")).toEqual([0, 0, 1]);
  expect(outputValue(result, "surface-distance-max")).toBeUndefined();
  expect(codesOf(result)).toContain("no-lesion-after");
});

describe("properties", () => {
  const box = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 9 })).map(([from, width]) => ({
    x: [from, from + width] as const,
  }));

  it("volumes add up, Dice is its own formula, and overlap is the same both ways", async () => {
    await fc.assert(
      fc.asyncProperty(box, box, async (target, lesion) => {
        const [there, back] = [
          await measure({ target: [target], lesion: [lesion] }),
          await measure({ target: [lesion], lesion: [target] }),
        ];
        const [dice, targetMl, residual, lesionMl, off] = valuesOf(
          there,
          ...["target-dice", "target-volume", "residual-volume", "lesion-volume", "off-target-volume"],
        ).map((value) => value ?? Number.NaN);
        expect(targetMl).toBeCloseTo(voxelsOf(target) * VOXEL_ML, 9);
        expect((targetMl ?? 0) - (residual ?? 0)).toBeCloseTo((lesionMl ?? 0) - (off ?? 0), 9);
        expect(dice).toBeCloseTo((2 * ((targetMl ?? 0) - (residual ?? 0))) / ((targetMl ?? 0) + (lesionMl ?? 0)), 9);
        const distances = ["target-dice", "surface-distance-mean", "surface-distance-95", "surface-distance-max"];
        for (const id of distances) expect(outputValue(back, id)).toBeCloseTo(outputValue(there, id) ?? -1, 9);
      }),
      { numRuns: 12 },
    );
  });
});

describe("refusals", () => {
  const target = [{ x: [10, 20] }] as const;
  it.each([
    ["structure-missing", { target: [], lesion: target }],
    ["structure-missing", { target }],
    ["structure-missing", { target, lesion: target, overrides: { "checked-by": "oedema" } }],
    ["structure-missing", { target, lesion: target, overrides: { "scar-before": "left-out" } }],
    ["mask-grid-mismatch", { target, lesion: target, before: target, beforeSize: [side, side + 2, slices] }],
  ] as const)("%s", async (code, given) => {
    await expect(measure(given)).rejects.toMatchObject({ code });
  });

  it("a mask on another grid than the images after", async () => {
    const study = await receiveFiles([
      { name: "after.nii", bytes: file(anatomy) },
      { name: "target.nii", bytes: file(() => 1, [side, side, slices + 1]) },
    ]);
    const [series] = study.received.flatMap((item) => ("header" in item ? [item.header.seriesInstanceUid] : []));
    const asked = runStudy(study, {
      protocol: "cardiac/intervention-check",
      roleChoices: { after: series ?? "" },
      marks: {
        schema: "etalon.marks/1",
        labelMaps: [{ file: "target.nii", role: "after", labels: { "1": "ablation-target" } }],
      },
    });
    await expect(asked).rejects.toMatchObject({ code: "mask-grid-mismatch" });
  });
});
