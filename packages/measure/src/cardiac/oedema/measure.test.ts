import { buildNifti, outputValue, receiveFiles, runStudy } from "@etalon/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signalOf } from "./regions.ts";

const side = 64;
const centre = 32;
const slices = 3;
const names = { "1": "lv-blood-pool", "2": "lv-myocardium", "3": "skeletal-muscle", "4": "oedema" };

/** A ring of 8 to 14 pixels about the centre, its cavity, and a bar of muscle in a corner; degrees from +x, downwards. */
function stackOf(
  of: (where: { readonly label: number; readonly angle: number; readonly depth: number }) => number,
): Int16Array {
  const values = new Int16Array(side * side * slices);
  for (let i = 0; i < values.length; i++) {
    const [column, row] = [i % side, Math.floor(i / side) % side];
    const [x, y] = [column - centre, row - centre];
    const radius = Math.sqrt(x * x + y * y);
    const angle = ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
    const label = radius < 8 ? 1 : radius <= 14 ? 2 : column < 10 && row < 10 ? 3 : 0;
    values[i] = of({ label, angle, depth: (radius - 8) / 6 });
  }
  return values;
}

interface Case {
  /** Signal of the wall by its angle; muscle is 100, blood 10. */
  readonly wall: (angle: number) => number;
  readonly muscle?: number;
  readonly blood?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly isOedemaDrawn?: (angle: number) => boolean;
  readonly overrides?: Readonly<Record<string, string | number>>;
  readonly insertion?: readonly [number, number];
  readonly scale?: number;
}

async function measure(given: Case) {
  const { wall, muscle = 100, blood = 10, labels = names, isOedemaDrawn, overrides = {}, insertion, scale = 1 } = given;
  const geometry = {
    size: [side, side, slices],
    pixdimMm: [1, 1, 8] as const,
    // The affine turns x and y round, so that columns and rows are LPS.
    sform: [
      [-1, 0, 0, 0],
      [0, -1, 0, 0],
      [0, 0, 8, 0],
    ],
  };
  const signal = stackOf(({ label, angle }) => scale * ([0, blood, wall(angle), muscle][label] ?? 0));
  const mask = stackOf(({ label, angle }) => (label === 2 && isOedemaDrawn?.(angle) === true ? 4 : label));
  const study = await receiveFiles([
    { name: "t2.nii", bytes: buildNifti({ ...geometry, values: signal }) },
    { name: "gt.nii", bytes: buildNifti({ ...geometry, values: mask }) },
  ]);
  const [series] = study.received.flatMap((item) => ("header" in item ? [item.header.seriesInstanceUid] : []));
  return runStudy(study, {
    protocol: "cardiac/oedema",
    overrides,
    roleChoices: { "t2-weighted": series ?? "" },
    marks: {
      schema: "etalon.marks/2",
      labelMaps: [{ file: "gt.nii", role: "t2-weighted", labels }],
      regions:
        insertion === undefined
          ? []
          : [{ id: "a", label: "anterior-rv-insertion", shape: { kind: "point", pointLpsMm: [...insertion, 0] } }],
    },
  });
}

/** A wall of 150 with a bright quarter of 300; one unit of ripple, so that remote myocardium has a spread. */
const quarter = (angle: number) => (angle < 90 ? 300 : 150) + (Math.floor(angle) % 2);
const without = (label: string) => Object.fromEntries(Object.entries(names).filter(([, name]) => name !== label));
const codesOf = (result: Awaited<ReturnType<typeof measure>>) => result.quality.map(({ code }) => code);

describe("ratio to skeletal muscle", () => {
  // A wall of 220 and 221 by whole degrees over a muscle of 100.
  it("is the mean of the wall over the mean of the muscle, and global from 2.0 on (Lake Louise 2009)", async () => {
    const result = await measure({ wall: (angle) => 220 + (Math.floor(angle) % 2) });
    expect(outputValue(result, "t2-signal-ratio")).toBeCloseTo(2.205, 2);
    expect(codesOf(result)).toContain("global-oedema-by-ratio");
    expect(result.quality).toContainEqual(
      expect.objectContaining({ code: "remote-itself-bright", severity: "warning" }),
    );
    const low = await measure({ wall: (angle) => 190 + (Math.floor(angle) % 2) });
    expect(codesOf(low)).toContain("no-global-oedema-by-ratio");
    expect(low.quality.find(({ code }) => code === "no-global-oedema-by-ratio")?.details).toMatchObject({
      cutOff: 2,
      edition: "Lake Louise 2009",
    });
  });

  it("does not change with the gain of the receiver", async () => {
    const ratio = outputValue(await measure({ wall: quarter }), "t2-signal-ratio");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 80 }), async (scale) => {
        const scaled = await measure({ wall: quarter, scale });
        expect(outputValue(scaled, "t2-signal-ratio")).toBeCloseTo(ratio ?? 0, 10);
      }),
      { numRuns: 5 },
    );
  });

  it("takes the median where asked: half of the wall at 300 does not move it off 150", async () => {
    const wall = (angle: number) => (angle < 120 ? 300 : 150) + (Math.floor(angle) % 2);
    const mean = await measure({ wall });
    const median = await measure({ wall, overrides: { "ratio-of": "median" } });
    expect(outputValue(mean, "t2-signal-ratio")).toBeCloseTo(2, 1);
    expect(outputValue(median, "t2-signal-ratio")).toBeCloseTo(1.5, 1);
    expect(mean.sensitivity.filter(({ parameter }) => parameter === "ratio-of")).toHaveLength(2);
    expect([signalOf([3, 1, 2], "median"), signalOf([4, 1, 2, 3], "median")]).toEqual([2, 2.5]);
  });
});

describe("regional oedema", () => {
  it("is what is brighter than remote myocardium by 2 standard deviations: a quarter of the wall", async () => {
    const result = await measure({ wall: quarter });
    expect(Math.abs((outputValue(result, "oedema-percent") ?? 0) - 25)).toBeLessThan(1.5);
    // 25 % of the ring's π(14² − 8²) mm² × 3 slices of 8 mm × 1.05 g/mL.
    const massG = (0.25 * Math.PI * (14 ** 2 - 8 ** 2) * 24 * 1.05) / 1000;
    expect(Math.abs((outputValue(result, "oedema-mass") ?? 0) - massG)).toBeLessThan(0.15);
    expect(codesOf(result)).toContain("insertion-not-marked");
  });

  it("never grows when more standard deviations are asked for", async () => {
    const wall = (angle: number) => 150 + 60 * Math.sin((angle * Math.PI) / 180);
    const percents: number[] = [];
    for (const count of [1, 2, 3, 6]) {
      percents.push(outputValue(await measure({ wall, overrides: { "sd-count": count } }), "oedema-percent") ?? -1);
    }
    expect(percents).toEqual(percents.toSorted((a, b) => b - a));
    expect(percents[0]).toBeGreaterThan(percents[3] ?? 0);
  });

  it("follows the reader's drawing where asked", async () => {
    const drawn = await measure({
      wall: quarter,
      isOedemaDrawn: (angle) => angle < 45,
      overrides: { method: "drawn" },
    });
    expect(Math.abs((outputValue(drawn, "oedema-percent") ?? 0) - 12.5)).toBeLessThan(1);
    await expect(
      measure({ wall: quarter, labels: without("oedema"), overrides: { method: "drawn" } }),
    ).rejects.toMatchObject({
      code: "structure-missing",
      received: "oedema",
    });
  });

  it("names segments once the insertion of the right ventricle is marked", async () => {
    // The insertion on +x; from the septum side on, angles grow as in the image.
    const result = await measure({ wall: quarter, insertion: [centre + 14, centre] });
    const sites = result.outputs.flatMap(({ id, site, value }) =>
      id === "oedema-percent" && site !== undefined ? [[site, value] as const] : [],
    );
    expect(sites.length).toBe(16);
    const bright = sites.filter(([, value]) => value > 90).length;
    expect(bright).toBeGreaterThan(0);
    const ratios = result.outputs.filter(({ id, site }) => id === "t2-signal-ratio" && site !== undefined);
    expect(ratios.map(({ site }) => site).toSorted()).toEqual(sites.map(([site]) => site).toSorted());
    expect(Math.max(...ratios.map(({ value }) => value))).toBeCloseTo(3, 1);
    expect(Math.min(...ratios.map(({ value }) => value))).toBeCloseTo(1.5, 1);
  });
});

describe("what is said beside it", () => {
  it("warns of the coil unless it is stated, and of blood that is not dark", async () => {
    expect(codesOf(await measure({ wall: quarter }))).toContain("t2-ratio-coil-not-stated");
    const stated = await measure({ wall: quarter, overrides: { "coil-correction": "body-coil" } });
    expect(codesOf(stated).filter((code) => code.startsWith("t2-ratio-coil"))).toEqual([]);
    expect(codesOf(stated)).not.toContain("blood-not-dark");
    expect(codesOf(await measure({ wall: quarter, blood: 400 }))).toContain("blood-not-dark");
  });
});

describe("refusals", () => {
  it.each([
    ["structure-missing", { wall: quarter, labels: without("lv-myocardium") }],
    ["structure-missing", { wall: quarter, labels: without("skeletal-muscle") }],
    ["no-signal", { wall: () => 150 }],
    ["no-signal", { wall: () => 0 }],
    ["muscle-without-signal", { wall: quarter, muscle: 0 }],
    ["muscle-without-signal", { wall: quarter, muscle: -20 }],
    ["out-of-range", { wall: quarter, overrides: { "sd-count": 0 } }],
  ] as const)("%s", async (code, given) => {
    await expect(measure(given)).rejects.toMatchObject({ code });
  });
});
