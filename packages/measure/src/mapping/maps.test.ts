import {
  buildNifti,
  buildReceivedInstance,
  buildWeightedFiles,
  outputValue,
  prepareStudy,
  receiveFiles,
  runStudy,
  verifyStudy,
  type WeightedFiles,
} from "@etalon/testing";
import { buildLedger, type ReceivedInstance } from "@etalon/volume";
import { describe, expect, it } from "vitest";
import { catalog } from "../catalog.ts";
import { holdsWeightings, isWeighted } from "../gather-weighted.ts";

const size = [12, 12, 2] as const;
const voxels = 12 * 12 * 2;
const molliTimesMs = [100, 180, 260, 1000, 1080, 1900, 2000, 2900];
const t1Of = (voxel: number): number => 300 + 4 * voxel;

/** MOLLI magnitudes of T1 from 300 ms on, B/A = 1.9: T1* = T1/0.9. */
const molli: WeightedFiles = {
  size,
  sideFiles: molliTimesMs.map((ms) => ({ InversionTime: ms / 1000, FlipAngle: 35, SeriesDescription: "MOLLI" })),
  signal: (image, voxel) => Math.abs(500 - 950 * Math.exp((-0.9 * (molliTimesMs[image] ?? 0)) / t1Of(voxel))),
};

const labelMap = { file: "mask.nii", labels: { "1": "lv-myocardium" } };
const mask = (role: string, grid: readonly number[] = size, isIn = (voxel: number) => voxel < 10) => ({
  file: {
    name: "mask.nii",
    bytes: buildNifti({
      ...{ size: grid, pixdimMm: [2, 2, 8] as const, datatype: 2 },
      values: Array.from({ length: grid.reduce((a, b) => a * b, 1) }, (_, voxel) => (isIn(voxel) ? 1 : 0)),
    }),
  },
  marks: { schema: "etalon.marks/1", labelMaps: [{ ...labelMap, role }] },
});

const t1Map = { protocol: "cardiac/t1-map" };
const receive = (files: WeightedFiles) => receiveFiles(buildWeightedFiles(files));

describe("cardiac/t1-map", () => {
  it("finds the T1 of MOLLI images in every voxel, Look-Locker corrected", async () => {
    const run = await prepareStudy(await receive(molli), t1Map);
    const result = run.measure();
    const [t1, residual, rSquared, used, reason] = run.maps();
    expect([t1, residual, rSquared, used, reason].map((map) => map?.id)).toEqual([
      "t1",
      "t1-residual",
      "t1-r2",
      "t1-n",
      "t1-reason",
    ]);
    t1?.values.forEach((value, voxel) => void expect(value / t1Of(voxel)).toBeCloseTo(1, 4));
    expect(Math.max(...(residual?.values ?? []))).toBeLessThan(0.01);
    expect(Math.min(...(rSquared?.values ?? []))).toBeGreaterThan(0.999999);
    expect(new Set(used?.values)).toEqual(new Set([8]));
    // The numbers of the reasons are those of `fitReasons`: 1 is no signal.
    expect(reason?.meanings?.[1]).toEqual({ en: "no signal", fr: "aucun signal" });
    // The median of 300, 304 … 1448 ms.
    expect(outputValue(result, "t1-median")).toBeCloseTo(874, 1);
    expect(outputValue(result, "fitted-percent")).toBe(100);
    expect(result.quality.map(({ code }) => code)).toContain("t1-model-series-name");
    expect(result.quality.find(({ code }) => code === "times-from-side-file")?.details).toEqual({ files: 8 });
  });

  it("does not depend on the order of the files, and is replayed", async () => {
    const files = buildWeightedFiles(molli);
    const [one, other] = [await receiveFiles(files), await receiveFiles(files.toReversed())];
    const result = await runStudy(one, t1Map);
    expect((await runStudy(other, t1Map)).digest).toBe(result.digest);
    expect(await verifyStudy(result, other)).toMatchObject({ verdict: "identical" });
  });

  it("is another result with another side file", async () => {
    const result = await runStudy(await receive(molli), t1Map);
    const sideFiles = molli.sideFiles.with(0, { ...molli.sideFiles[0], InversionTime: 0.11 });
    expect(await verifyStudy(result, await receive({ ...molli, sideFiles }))).toMatchObject({ verdict: "differs" });
  });

  it("gives the statistics of what is drawn, and none of segments without the insertion", async () => {
    const { file, marks } = mask("t1-images");
    const result = await runStudy(await receiveFiles([...buildWeightedFiles(molli), file]), { ...t1Map, marks });
    const ofWall = (id: string) => outputValue(result, id, { site: "lv-myocardium" });
    // 300, 304 … 336 ms: mean and median 318, standard deviation √(4²·(10² − 1)/12 · 10/9).
    expect(ofWall("t1-mean")).toBeCloseTo(318, 2);
    expect(ofWall("t1-median")).toBeCloseTo(318, 2);
    expect(ofWall("t1-sd")).toBeCloseTo(Math.sqrt((16 * 99 * 10) / (12 * 9)), 2);
    expect(result.quality.map(({ code }) => code)).toContain("insertion-not-marked");
    // Without the correction of Look and Locker what is found is T1*.
    expect(result.sensitivity.find(({ choice }) => choice === "inversion-recovery")?.value).toBeCloseTo(318 / 0.9, 1);
  });

  it("concludes nothing under stress and cites the retractions", async () => {
    const { file, marks } = mask("t1-images");
    const study = await receiveFiles([...buildWeightedFiles(molli), file]);
    const run = await prepareStudy(study, { ...t1Map, marks, overrides: { state: "stress" } });
    const result = run.measure();
    expect(new Set(result.outputs.map(({ id }) => id))).toEqual(new Set(["fitted-percent"]));
    expect(result.provisional).toBe(true);
    expect(result.sensitivity).toEqual([]);
    expect(result.quality).toContainEqual({ code: "t1-under-stress", severity: "warning", details: {} });
    expect(run.maps()).toHaveLength(5);
  });

  it("finds T1 by saturation recovery with two parameters and with three", async () => {
    const times = [150, 400, 700, 1200, 10_000];
    const sideFiles = times.map((ms) => ({ InversionTime: ms / 1000, SeriesDescription: "SASHA" }));
    const signal = (image: number, voxel: number) => 400 * (1 - Math.exp(-(times[image] ?? 0) / t1Of(voxel)));
    for (const model of ["sasha-2", "sasha-3"]) {
      const run = await prepareStudy(await receive({ size, sideFiles, signal }), { ...t1Map, overrides: { model } });
      run.maps()[0]?.values.forEach((value, voxel) => void expect(value / t1Of(voxel)).toBeCloseTo(1, 4));
    }
  });

  it("gives each voxel without a value its reason", async () => {
    const odd: WeightedFiles = {
      ...molli,
      signal: (image, voxel) => {
        if (voxel === 0) return 0;
        if (voxel === 1) return 1;
        return voxel === 2 ? 1000 - 10 * image : molli.signal(image, voxel);
      },
    };
    const run = await prepareStudy(await receive(odd), { ...t1Map, overrides: { noise: 20 } });
    const [t1, , , , reason] = run.maps();
    expect([...(reason?.values.slice(0, 4) ?? [])]).toEqual([1, 2, expect.toSatisfy((code) => code > 2), 0]);
    expect([...(t1?.values.slice(0, 3) ?? [])]).toEqual([0, 0, 0]);
    expect(run.maps().every(({ values }) => values.every(Number.isFinite))).toBe(true);
  });
});

describe("trigger times", () => {
  const study = (seriesDescription: string): ReceivedInstance[] =>
    molliTimesMs.map((triggerTimeMs, image) =>
      buildReceivedInstance(`${image}`, { modality: "MR", seriesDescription, frames: [{ axes: { triggerTimeMs } }] }),
    );
  const role = catalog.find(({ id }) => id === "cardiac/t1-map")?.roles["t1-images"];

  it.each([
    ["MOLLI_pre", true],
    ["cine_sa", false],
    ["TFL_SR_perfusion", false],
  ])("of a series called %s: inversion times? %s", (name, expected) => {
    const [stack] = buildLedger(study(name), new Map()).stacks;
    if (stack === undefined || role === undefined || !isWeighted(role)) throw new Error("no stack or no role");
    expect(holdsWeightings(stack, role)).toBe(expected);
  });
});

describe("segments", () => {
  const side = 24;
  const [centre, outer, inner] = [11.5, 9, 6];
  const isWall = (voxel: number): boolean => {
    const [x, y] = [(voxel % side) - centre, Math.floor(voxel / side) - centre];
    return x * x + y * y <= outer * outer && x * x + y * y > inner * inner;
  };
  const grid = [side, side, 1] as const;

  it("of a single slice are mid-ventricular, and share the wall among them", async () => {
    const { file } = mask("t1-images", grid, isWall);
    const marks = {
      schema: "etalon.marks/2",
      labelMaps: [{ ...labelMap, role: "t1-images" }],
      // Voxels of 2 mm without an affine: x and y of LPS are minus those of the file.
      regions: [
        {
          id: "a",
          label: "anterior-rv-insertion",
          role: "t1-images",
          shape: { kind: "point", pointLpsMm: [-8, -8, 0] },
        },
      ],
    };
    const files = { ...molli, size: grid };
    const result = await runStudy(await receiveFiles([...buildWeightedFiles(files), file]), { ...t1Map, marks });
    const sites = result.outputs.flatMap(({ id, site }) =>
      id === "t1-mean" && site?.startsWith("AHA-") ? [site] : [],
    );
    expect(sites).toEqual(["AHA-7", "AHA-8", "AHA-9", "AHA-10", "AHA-11", "AHA-12"]);
    expect(result.quality.map(({ code }) => code)).toContain("single-slice-as-mid");
  });
});

describe("what no map can be fitted to", () => {
  const times = (list: readonly number[]): WeightedFiles => ({
    ...molli,
    sideFiles: list.map((ms) => ({ InversionTime: ms / 1000, FlipAngle: 90 })),
    signal: (image, voxel) => 100 * image + voxel + 1,
  });

  it.each([
    [
      "voxels that are no number",
      { ...molli, signal: (i: number, v: number) => (v === 5 ? Number.NaN : molli.signal(i, v)) },
      "not-finite",
    ],
    ["one inversion time", times([400]), "too-few-weightings"],
    ["one inversion time twice", times([400, 400]), "too-few-weightings"],
    ["two inversion times", times([400, 900]), "too-few-weightings"],
    ["no inversion time", { ...molli, sideFiles: molli.sideFiles.map(() => ({})) }, "weighting-missing"],
    ["two images of one time among others", times([100, 400, 900, 900]), "overlapping-frames"],
  ])("%s", async (_, files, code) => {
    await expect(receive(files).then((study) => runStudy(study, t1Map))).rejects.toMatchObject({ code });
  });

  it("images of zeros in one file of several volumes", async () => {
    const bytes = buildNifti({ size: [...size, 3], pixdimMm: [2, 2, 8], values: new Int16Array(3 * voxels) });
    const beside = new TextEncoder().encode(JSON.stringify({ Modality: "MR", InversionTime: [0.1, 0.9, 2] }));
    const study = await receiveFiles([
      { name: "x.nii", bytes },
      { name: "x.json", bytes: beside },
    ]);
    await expect(runStudy(study, t1Map)).rejects.toMatchObject({ code: "no-signal" });
  });

  it("a mask on another grid", async () => {
    const { file, marks } = mask("t1-images", [12, 12, 3]);
    const study = await receiveFiles([...buildWeightedFiles(molli), file]);
    await expect(runStudy(study, { ...t1Map, marks })).rejects.toMatchObject({ code: "mask-grid-mismatch" });
  });

  it("two acquisitions, until one is chosen", async () => {
    const second = buildWeightedFiles({ ...molli, size: [12, 12, 1] }).map(({ name, bytes }) => ({
      name: `b${name}`,
      bytes,
    }));
    const study = await receiveFiles([...buildWeightedFiles(molli), ...second]);
    await expect(runStudy(study, t1Map)).rejects.toMatchObject({ code: "ambiguous-series" });
    const [chosen] = study.received.flatMap((one) =>
      "header" in one && one.path === "b0.nii" ? [one.header.seriesInstanceUid] : [],
    );
    const result = await runStudy(study, { ...t1Map, roleChoices: { "t1-images": chosen ?? "" } });
    expect(result.recipe.inputs).toHaveLength(8);
    expect(await verifyStudy(result, study)).toMatchObject({ verdict: "identical" });
  });

  it("a side file in milliseconds", async () => {
    const study = await receive({ ...molli, sideFiles: molliTimesMs.map((ms) => ({ InversionTime: ms })) });
    await expect(runStudy(study, t1Map)).rejects.toMatchObject({ code: "no-series-for-role" });
  });
});

describe("cardiac/t2-map and cardiac/t2star-map", () => {
  const echoes = [2.6, 4.8, 7.1, 9.3, 11.6, 13.8, 16.1, 18.3];
  const decay = (ms: (voxel: number) => number, field = 1.5): WeightedFiles => ({
    size,
    sideFiles: echoes.map((te) => ({ EchoTime: te / 1000, MagneticFieldStrength: field })),
    signal: (image, voxel) => 800 * Math.exp(-(echoes[image] ?? 0) / ms(voxel)),
  });
  const category = async (ms: number, field?: number) => {
    const { file, marks } = mask("t2star-images");
    const study = await receiveFiles([...buildWeightedFiles(decay(() => ms, field)), file]);
    return runStudy(study, { protocol: "cardiac/t2star-map", marks, overrides: { model: "mono" } });
  };

  it("finds T2 and T2* in every voxel", async () => {
    for (const id of ["t2", "t2star"]) {
      const run = await prepareStudy(await receive(decay((voxel) => 5 + voxel / 5)), {
        protocol: `cardiac/${id}-map`,
        overrides: { model: "mono" },
      });
      run.maps()[0]?.values.forEach((value, voxel) => void expect(value).toBeCloseTo(5 + voxel / 5, 3));
    }
  });

  it("cuts off the echoes below the floor: a constant there changes nothing", async () => {
    const clean = decay(() => 4);
    const signal = (image: number, voxel: number) => Math.max(60, clean.signal(image, voxel));
    const asked = { protocol: "cardiac/t2star-map", overrides: { noise: 21 } };
    const run = await prepareStudy(await receive({ ...clean, signal }), asked);
    const [t2star, , , used] = run.maps();
    // 800·exp(−9.3/4) = 78 and 800·exp(−11.6/4) = 44; the floor is 3 · 21 = 63.
    expect(used?.values[0]).toBe(4);
    expect(t2star?.values[0]).toBeCloseTo(4, 3);
  });

  it.each([
    [25, 0],
    [20, 1],
    [14, 1],
    [13.9, 2],
    [10, 2],
    [9.9, 3],
    [8, 3],
  ])("says of %s ms at 1.5 T iron %i", async (ms, expected) => {
    // 20 ms is not above 20: images in single precision may land on either side of a cut, so that cuts are tried just inside.
    const result = await category(ms === 20 || ms === 14 || ms === 10 ? ms + (ms === 20 ? -1e-3 : 1e-3) : ms);
    expect(outputValue(result, "iron-category", { site: "lv-myocardium" })).toBe(expected);
  });

  it("says no category of iron at 3 T, nor where the field is not known", async () => {
    const at3T = await category(8, 3);
    expect(at3T.outputs.map(({ id }) => id)).not.toContain("iron-category");
    expect(at3T.quality).toContainEqual(
      expect.objectContaining({ code: "iron-category-refused", details: { fieldStrengthT: 3, validAtT: 1.5 } }),
    );
  });
});
