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
  readonly signal?: (image: number, voxel: number) => number;
  readonly aif?: (image: number) => number;
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
    const of = (sizes: readonly number[], value: (image: number, voxel: number) => number, each: number) =>
      buildNifti({
        ...{ size: sizes, pixdimMm: [2, 2, 8] as const, datatype: 16 },
        values: Float32Array.from({ length: each * images }, (_, i) => value(Math.floor(i / each), i % each)),
      });
    return [
      { name: `${state}.nii`, bytes: of([...size, images], signal, voxels) },
      {
        name: `${state}-aif.nii`,
        bytes: of([1, 1, 1, images], (image) => 2 + aif(image) + (state === "rest" ? 1e-3 : 0), 1),
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
  ] as const)("refuses %s", async (...[, asked, code]) => {
    await expect(measure(asked)).rejects.toMatchObject({ code });
  });
});

describe("cardiac/perfusion-curves", () => {
  it("gives relative upslopes and the reserve index", async () => {
    const { result } = await measure({ protocol: "cardiac/perfusion-curves" });
    // Tissue is proportional to flow and the input is the same: 3 to 1.
    expect(outputValue(result, "mpri", { site: "lv-myocardium" })).toBeCloseTo(3, 3);
    expect(result.quality.map(({ code }) => code)).toContain("perfusion-dark-rim");
    expect(result.curves).toHaveLength(4);
  });
});
