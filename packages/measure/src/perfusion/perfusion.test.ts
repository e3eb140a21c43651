import { buildNifti, outputValue, prepareStudy, receiveFiles, verifyStudy } from "@etalon/testing";
import { describe, expect, it } from "vitest";

const size = [8, 8, 1] as const;
const count = 50;

/** A gamma variate that arrives at 5 s and has its peak of 4 five seconds later. */
function input(s: number): number {
  return s <= 5 ? 0 : 4 * (((s - 5) / 5) * Math.exp(1 - (s - 5) / 5)) ** 3;
}

/** Tissue of a flow, mL/min/g: 1.05/60 · flow · (input ∗ exp(−t/6 s)), by steps of 0.05 s. */
function tissue(flow: number): (image: number) => number {
  const h = 0.05;
  let value = 0;
  const samples: number[] = [];
  for (let i = 0; i <= count / 2 / h; i++) {
    if (i % 10 === 0) samples.push((value * flow * 1.05) / 60);
    value += h * (input(i * h) - value / 6);
  }
  return (image) => samples[image] ?? 0;
}

interface Case {
  readonly images?: number;
  readonly signal?: (image: number, voxel: number, state: string) => number;
  readonly aif?: (image: number, state: string) => number;
  readonly maskSize?: readonly number[];
  readonly protocol?: string;
  readonly overrides?: Readonly<Record<string, string | number>>;
  readonly states?: readonly ("stress" | "rest")[];
}

const flowOf = (state: string): number => (state === "stress" ? 3 : 1);

async function measure({ images = count, maskSize = size, states = ["stress", "rest"], ...given }: Case) {
  const voxels = 64;
  const aif = given.aif ?? ((image: number) => input(image / 2));
  const files = states.flatMap((state) => {
    const own = tissue(flowOf(state));
    const signal = given.signal ?? ((image: number) => 1 + own(image));
    const ofState = (image: number, voxel: number) => signal(image, voxel, state);
    const of = (sizes: readonly number[], value: (image: number, voxel: number) => number, each: number) =>
      buildNifti({
        ...{ size: sizes, pixdimMm: [2, 2, 8] as const, datatype: 16 },
        values: Float32Array.from({ length: each * images }, (_, i) => value(Math.floor(i / each), i % each)),
      });
    return [
      { name: `${state}.nii`, bytes: of([...size, images], ofState, voxels) },
      {
        name: `${state}-aif.nii`,
        bytes: of([1, 1, 1, images], (image) => 2 + aif(image, state) + (state === "rest" ? 1e-3 : 0), 1),
      },
    ];
  });
  const mask = buildNifti({
    ...{ size: maskSize, pixdimMm: [2, 2, 8] as const, datatype: 2 },
    values: Array.from({ length: maskSize.reduce((a, b) => a * b, 1) }, (_, v) => (v < 20 ? 1 : 0)),
  });
  const study = await receiveFiles([...files, { name: "mask.nii", bytes: mask }]);
  const seriesOf = (name: string): string => {
    const found = study.received.find((one) => "header" in one && one.path === name);
    return found !== undefined && "header" in found ? found.header.seriesInstanceUid : "";
  };
  const run = await prepareStudy(study, {
    protocol: given.protocol ?? "cardiac/perfusion-mbf",
    overrides: { "time-step": 0.5, ...given.overrides },
    roleChoices: Object.fromEntries(
      states.flatMap((state) => [
        [`${state}-images`, seriesOf(`${state}.nii`)],
        [`${state}-aif`, seriesOf(`${state}-aif.nii`)],
      ]),
    ),
    ...(states.length === 0
      ? {}
      : {
          marks: {
            schema: "etalon.marks/1",
            labelMaps: states.map((state) => ({
              ...{ file: "mask.nii", role: `${state}-images` },
              labels: { "1": "lv-myocardium" },
            })),
          },
        }),
  });
  return { run, result: run.measure(), study };
}

/** What saturation recovery asks for: a dual sequence's times. */
const recovery = {
  signal: "saturation-recovery",
  ...{ "aif-saturation-time": 24, "tissue-saturation-time": 95, "blood-t1": 1600, "tissue-t1": 1100, relaxivity: 4.5 },
} as const;

/** A signal of saturation recovery, S0 = 1000; times in ms, concentration in mmol/L. */
function recovered(c: number, times: { readonly ts: number; readonly t1: number }): number {
  return 1000 * (1 - Math.exp(-times.ts * (1 / times.t1 + (4.5 * c) / 1000)));
}

/** Takes away what the test adds to every input. */
function blackBlood(image: number): number {
  return input(image / 2) === 0 ? -2 : input(image / 2);
}

describe("cardiac/perfusion-mbf", () => {
  it("finds flow and reserve of known curves, and is replayed", async () => {
    const { run, result, study } = await measure({});
    const at = (id: string) => outputValue(result, id, { site: "lv-myocardium" }) ?? 0;
    // An exponential is not a Fermi function: 10 % is what the issue asks of the model's own curves.
    expect(Math.abs(at("mbf-stress-median") / 3 - 1)).toBeLessThan(0.1);
    expect(Math.abs(at("mbf-rest") / 1 - 1)).toBeLessThan(0.1);
    expect(at("mbf-reserve")).toBeCloseTo(3, 2);
    expect(run.maps().every(({ values }) => values.every(Number.isFinite))).toBe(true);
    expect(result.curves.map(({ id }) => id)).toEqual([
      "stress-aif",
      "stress-lv-myocardium",
      "rest-aif",
      "rest-lv-myocardium",
    ]);
    expect(await verifyStudy(result, study)).toMatchObject({ verdict: "identical" });
  });

  it("finds the same flow in signals of a saturation recovery with T2* decay, corrected for both", async () => {
    const star = { "r2star-relaxivity": 10, "r2star-relaxivity-source": "the test's own forward model" };
    const given: Case = {
      signal: (image, _, state) => recovered(tissue(flowOf(state))(image), { ts: 95, t1: 1100 }),
      // The test adds 2 to every input, and 0.001 at rest.
      aif: (image) => recovered(input(image / 2), { ts: 24, t1: 1600 }) * Math.exp(-0.001 * 10 * input(image / 2)) - 2,
      overrides: { ...recovery, "aif-echo-time": 1, ...star },
    };
    const [truth, corrected] = [await measure({}), await measure(given)];
    const uncorrected = await measure({ ...given, overrides: recovery });
    const at = ({ result }: typeof truth, id: string) => outputValue(result, id, { site: "lv-myocardium" }) ?? 0;
    for (const id of ["mbf-stress-median", "mbf-rest-median", "mbf-reserve"]) {
      // 32-bit signals of 1000 are rounded to 3e-5, which is 6e-7 mmol/L of tissue whose curve has a height of 0.3 and more.
      expect(Math.abs(at(corrected, id) / at(truth, id) - 1)).toBeLessThan(1e-3);
    }
    // A lower input than the true one: more flow. By first order at the peak of 4 mmol/L 1 ms · 10 · x/((1 − x)·r·TS) = 5 %.
    const excess = at(uncorrected, "mbf-stress-median") / at(truth, "mbf-stress-median") - 1;
    expect(excess).toBeGreaterThan(0.01);
    expect(excess).toBeLessThan(0.08);
  });

  it("gives each voxel without a flow its reason", async () => {
    const own = tissue(3);
    const signal = (image: number, voxel: number): number => {
      if (voxel === 0) return 0;
      if (voxel === 1) return 1;
      if (voxel === 2) return 1 + input(image / 2);
      return 1 + own(image);
    };
    const { run } = await measure({ signal, states: ["stress"] });
    expect([
      ...(run
        .maps()
        .find(({ id }) => id === "mbf-stress-reason")
        ?.values.slice(0, 4) ?? []),
    ]).toEqual([1, 2, 6, 0]);
  });

  it.each([
    [
      "voxels that are no number",
      { signal: (image: number, v: number) => (v === 5 ? Number.NaN : image) },
      "not-finite",
    ],
    ["images of zeros", { signal: () => 0 }, "no-signal"],
    ["one point of time", { images: 1 }, "weighting-missing"],
    ["four points of time", { images: 4 }, "aif-without-peak"],
    ["an input without a peak", { aif: () => 0 }, "aif-without-peak"],
    ["an input that only rises", { aif: (image: number) => image }, "aif-without-peak"],
    ["a mask on another grid", { maskSize: [8, 7, 1] }, "mask-grid-mismatch"],
    ["no images named", { states: [] }, "missing-value"],
    ["saturation recovery without its times", { overrides: { signal: "saturation-recovery" } }, "missing-value"],
    ["a T2* relaxivity without its source", { overrides: { "r2star-relaxivity": 10 } }, "override-without-source"],
    ["an echo time without the relaxivity", { overrides: { ...recovery, "aif-echo-time": 1 } }, "missing-value"],
    ["a saturation time of nothing", { overrides: { ...recovery, "aif-saturation-time": 0 } }, "out-of-range"],
    ["a negative T1", { overrides: { ...recovery, "blood-t1": -1600 } }, "out-of-range"],
    ["a relaxivity of nothing", { overrides: { ...recovery, relaxivity: 0 } }, "out-of-range"],
    ["a relaxivity that is no number", { overrides: { ...recovery, relaxivity: "high" } }, "wrong-type"],
    ["blood without signal before contrast", { overrides: recovery, aif: blackBlood }, "aif-without-peak"],
  ] as const)("refuses %s", async (...[, asked, code]) => {
    await expect(measure(asked)).rejects.toMatchObject({ code });
  });
});

describe("cardiac/perfusion-curves", () => {
  // ../shared/reference/05a, example mpri.1: (22/110)/(12/100) = 1.667.
  it("gives the published reserve index of upslopes 22 and 12 in tissue, 110 and 100 in blood", async () => {
    const slopes = { stress: { tissue: 22, blood: 110 }, rest: { tissue: 12, blood: 100 } };
    // Level to 10 s, then straight up for five seconds, then straight down.
    const ramp = (image: number): number => Math.max(0, Math.min(image / 2 - 10, 20 - image / 2));
    const of = (state: string) => (state === "stress" ? slopes.stress : slopes.rest);
    const { result } = await measure({
      protocol: "cardiac/perfusion-curves",
      signal: (image, _, state) => 1 + of(state).tissue * ramp(image),
      aif: (image, state) => of(state).blood * ramp(image),
    });
    const at = (id: string) => outputValue(result, id, { site: "lv-myocardium" });
    expect(outputValue(result, "aif-upslope-stress")).toBeCloseTo(110, 2);
    expect(at("upslope-stress")).toBeCloseTo(22, 3);
    expect(at("relative-upslope-rest")).toBeCloseTo(0.12, 5);
    expect(at("mpri")).toBeCloseTo(1.667, 3);
  });

  it("gives relative upslopes and the reserve index", async () => {
    const { result } = await measure({ protocol: "cardiac/perfusion-curves" });
    // Tissue is proportional to flow and the input is the same: 3 to 1.
    expect(outputValue(result, "mpri", { site: "lv-myocardium" })).toBeCloseTo(3, 3);
    expect(result.quality.map(({ code }) => code)).toContain("perfusion-dark-rim");
    expect(result.curves).toHaveLength(4);
  });
});
