import { buildNifti, outputValue, receiveFiles, runStudy } from "@etalon/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodySurfaceM2 } from "./body-surface.ts";
import { ejectionClass } from "./ejection-class.ts";
import { sumDiscs } from "./sum-discs.ts";

/** Pixels of a square short-axis image of 1 mm pixels, 10 mm between slices; enough for the largest area. */
const side = 60;
const labels = { "1": "lv-blood-pool", "2": "lv-myocardium", "3": "rv-blood-pool" };

type Slice = Readonly<Partial<Record<1 | 2 | 3, number>>>;

/** A label map whose slices hold so many voxels (= mm²) of each value. */
function labelMap(slices: readonly Slice[], values: Partial<Parameters<typeof buildNifti>[0]> = {}): Uint8Array {
  const voxels = new Uint8Array(side * side * slices.length);
  for (const [k, slice] of slices.entries()) {
    let at = k * side * side;
    for (const value of [1, 2, 3] as const) {
      voxels.fill(value, at, at + (slice[value] ?? 0));
      at += slice[value] ?? 0;
    }
  }
  const size = [side, side, slices.length];
  return buildNifti({ size, pixdimMm: [1, 1, 10], values: voxels, datatype: 2, ...values });
}

interface Case {
  readonly diastole: readonly Slice[];
  readonly systole: readonly Slice[];
  readonly overrides?: Readonly<Record<string, string | number>>;
  readonly numbers?: Readonly<Record<string, number>>;
  /** Other files in the place of "ed.nii", "es.nii", "ed_gt.nii", "es_gt.nii". */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly marks?: unknown;
}

async function measure({ diastole, systole, overrides = {}, numbers = {}, files = {}, marks }: Case) {
  const image = (slices: readonly Slice[], value: number) =>
    buildNifti({
      size: [side, side, slices.length],
      pixdimMm: [1, 1, 10],
      values: new Int16Array(side * side * slices.length).fill(value),
    });
  const all = {
    ...{ "ed.nii": image(diastole, 5), "es.nii": image(systole, 6) },
    ...{ "ed_gt.nii": labelMap(diastole), "es_gt.nii": labelMap(systole, { intercept: 0 }) },
    ...files,
  };
  const study = await receiveFiles(Object.entries(all).map(([name, bytes]) => ({ name, bytes })));
  const seriesOf = (name: string) =>
    study.received.flatMap((item) =>
      "header" in item && item.path === name ? [item.header.seriesInstanceUid] : [],
    )[0];
  return runStudy(study, {
    protocol: "cardiac/lv-function",
    ...{ overrides, numbers },
    roleChoices: { "end-diastole": seriesOf("ed.nii") ?? "", "end-systole": seriesOf("es.nii") ?? "" },
    marks: marks ?? {
      schema: "etalon.marks/1",
      labelMaps: [
        { file: "ed_gt.nii", role: "end-diastole", labels },
        { file: "es_gt.nii", role: "end-systole", labels },
      ],
    },
  });
}

/** ../shared/reference/05a, example lv.1: areas in cm² of seven slices of 8 mm with gaps of 2 mm. */
const endoEd = [18, 20, 19, 16, 12, 7, 2];
const endoEs = [9, 9.5, 8.5, 6.5, 4, 1.5, 0];
const epiEd = [26, 28, 27, 24, 19, 13, 6];
const example = {
  diastole: endoEd.map((pool, k) => ({ 1: pool * 100, 2: (epiEd[k] ?? 0) * 100 - pool * 100 })),
  systole: endoEs.map((pool) => ({ 1: pool * 100 })),
};

describe("published values", () => {
  it("gives example lv.1 to half the last digit", async () => {
    const result = await measure(example);
    const expected = { "lv-edv": 94, "lv-esv": 39, "lv-stroke-volume": 55, "lv-mass": 51.45 };
    for (const [id, value] of Object.entries(expected)) expect(outputValue(result, id), id).toBeCloseTo(value, 6);
    expect(outputValue(result, "lv-ejection-fraction")).toBeCloseTo(58.51, 2);
  });

  // √(180 · 80 / 3600) = 2 m²; 55 mL · 60 /min = 3.3 L/min; half of each for the index.
  it("indexes by Mosteller's surface, and gives output from heart rate", async () => {
    const numbers = { height: 180, weight: 80, "heart-rate": 60 };
    const result = await measure({ ...example, numbers });
    const expected = {
      ...{ "body-surface-area": 2, "lv-edv-index": 47, "lv-esv-index": 19.5, "lv-mass-index": 25.725 },
      ...{ "cardiac-output": 3.3, "cardiac-index": 1.65, "lv-stroke-volume-index": 27.5 },
    };
    for (const [id, value] of Object.entries(expected)) expect(outputValue(result, id), id).toBeCloseTo(value, 9);
  });

  // 0.007184 · 80^0.425 · 180^0.725 = 1.9964 by hand calculator.
  it("knows Du Bois's surface too", () => {
    expect(bodySurfaceM2(180, 80, "dubois")).toBeCloseTo(1.9964, 4);
  });

  // By hand: half of 18 and 2 less at end-diastole = 84 mL; half of 9 and 1.5 less at end-systole = 33.75 mL; the base
  // (18 | 9) left out: 76 and 30 mL.
  it.each([
    { endSlices: "half", edv: 84, esv: 33.75 },
    { endSlices: "without-basal", edv: 76, esv: 30 },
  ])("counts the ends $endSlices where asked to", async ({ endSlices, edv, esv }) => {
    const result = await measure({ ...example, overrides: { "end-slices": endSlices } });
    expect(outputValue(result, "lv-edv")).toBeCloseTo(edv, 9);
    expect(outputValue(result, "lv-esv")).toBeCloseTo(esv, 9);
    const row = (await measure(example)).sensitivity.find(({ choice }) => choice === endSlices);
    expect(row?.value).toBeCloseTo((100 * (edv - esv)) / edv, 9);
  });

  it("classes an ejection fraction on its unrounded value", () => {
    expect([40, 40.01, 49.99, 50].map(ejectionClass)).toEqual(["<=40", ">40-<50", ">40-<50", ">=50"]);
  });

  it("says what the reader must know beside it", async () => {
    const { quality, provisional } = await measure(example);
    expect(provisional).toBe(false);
    const codes = quality.map(({ code }) => code);
    expect(codes).toEqual([
      "ventricle-at-stack-end",
      "summation-of-discs",
      "papillary-muscles-not-stated",
      "body-size-not-given",
    ]);
    expect(quality[1]?.details).toEqual({ diastolicLevels: 7, systolicLevels: 6 });
  });

  it("measures the right ventricle where it is drawn in both phases", async () => {
    const result = await measure({
      diastole: [{ 1: 300, 3: 500 }, { 1: 300 }],
      systole: [{ 1: 100, 3: 200 }, { 1: 100 }],
    });
    expect(outputValue(result, "rv-edv")).toBeCloseTo(5, 9);
    expect(outputValue(result, "rv-ejection-fraction")).toBeCloseTo(60, 9);
  });
});

describe("properties", () => {
  const areas = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1, maxLength: 15 });

  it("a volume grows with the height of its slices in proportion, and with no other order of them", () => {
    fc.assert(
      fc.property(areas, fc.double({ min: 1, max: 20, noNaN: true }), (areaMm2, height) => {
        const heightMm = areaMm2.map(() => height);
        const volume = sumDiscs({ areaMm2, heightMm }, "whole");
        expect(sumDiscs({ areaMm2: areaMm2.toReversed(), heightMm }, "whole")).toBeCloseTo(volume, 9);
        expect(sumDiscs({ areaMm2, heightMm: heightMm.map((mm) => 2 * mm) }, "whole")).toBeCloseTo(2 * volume, 9);
        expect(sumDiscs({ areaMm2, heightMm }, "half")).toBeLessThanOrEqual(volume + 1e-9);
      }),
    );
  });
});

describe("refusals", () => {
  const two = { diastole: [{ 1: 300 }, { 1: 200 }], systole: [{ 1: 100 }, { 1: 100 }] } as const;
  const voxels = (value: number) => new Float32Array(side * side * 2).fill(value);
  const floats = { size: [side, side, 2], pixdimMm: [1, 1, 10], datatype: 16 } as const;
  const labelMaps = [{ file: "ed_gt.nii", role: "end-diastole", labels }];

  it.each([
    ["no structure in a phase", { ...two, systole: [{}, {}] }, "structure-missing", "end-systole"],
    ["swapped phases", { diastole: two.systole, systole: two.diastole }, "phases-swapped", "lv-esv"],
    ["one phase twice", { ...two, systole: two.diastole, files: twice() }, "same-phase", "end-systole"],
    [
      "a mask on another grid",
      { ...two, files: { "ed_gt.nii": labelMap([...two.diastole, {}]) } },
      "mask-grid-mismatch",
      "ed_gt.nii",
    ],
    [
      "a mask of other voxels",
      { ...two, files: { "ed_gt.nii": labelMap(two.diastole, { pixdimMm: [1, 1.5, 10] }) } },
      "mask-grid-mismatch",
      "ed_gt.nii",
    ],
    [
      "a mask in another place",
      { ...two, files: { "ed_gt.nii": labelMap(two.diastole, { quaternion: [0, 0, 1] }) } },
      "mask-grid-mismatch",
      "ed_gt.nii",
    ],
    [
      "a mask without numbers",
      { ...two, files: { "ed_gt.nii": buildNifti({ ...floats, values: voxels(Number.NaN) }) } },
      "not-finite",
      "ed_gt.nii",
    ],
    [
      "an image without numbers",
      { ...two, files: { "ed.nii": buildNifti({ ...floats, values: voxels(Number.NaN) }) } },
      "not-finite",
      "end-diastole",
    ],
    ["a mask that is not there", { ...two, marks: marksOf({ ...labelMaps[0], file: "x" }) }, "file-not-found", "x"],
    [
      "a role that is none",
      { ...two, marks: marksOf({ ...labelMaps[0], role: "rest" }) },
      "unknown-name",
      "marks.labelMaps.ed_gt.nii",
    ],
    ["marks for one phase only", { ...two, marks: marksOf(...labelMaps) }, "structure-missing", "end-systole"],
    ["no marks", { ...two, marks: { schema: "etalon.marks/2", regions: [] } }, "structure-missing", "end-diastole"],
    ["a person without height", { ...two, numbers: { height: 0, weight: 70 } }, "out-of-range", "height"],
    ["a heart rate that is no number", { ...two, numbers: { "heart-rate": Number.NaN } }, "not-finite", "heart-rate"],
  ] as const)("refuses %s with its code", async (...row) => {
    const [, asked, code, field] = row;
    await expect(measure(asked as Case)).rejects.toMatchObject({ code, field });
  });

  it("refuses a single slice", async () => {
    const single = measure({ diastole: [{ 1: 9 }], systole: [{ 1: 3 }] });
    await expect(single).rejects.toMatchObject({ code: "single-slice" });
  });

  function twice(): Record<string, Uint8Array> {
    const values = new Int16Array(side * side * 2).fill(5);
    const image = buildNifti({ size: [side, side, 2], pixdimMm: [1, 1, 10], values });
    return { "ed.nii": image, "es.nii": image };
  }

  function marksOf(...maps: readonly unknown[]): unknown {
    return { schema: "etalon.marks/1", labelMaps: maps };
  }
});
