import { buildNifti, outputValue, receiveFiles, runStudy } from "@etalon/testing";
import { describe, expect, it } from "vitest";

const side = 24;
const centre = 12;
const images = 50;
const pixdimMm = [2, 2, 8] as const;

/** A gamma variate that arrives at 5 s and has its peak of 4 five seconds later. */
function input(s: number): number {
  return s <= 5 ? 0 : 4 * (((s - 5) / 5) * Math.exp(1 - (s - 5) / 5)) ** 3;
}

/** Tissue of a flow of 1 mL/min/g at every image: 1.05/60 · (input ∗ exp(−t/6 s)), by steps of 0.05 s. */
const tissue = (() => {
  const h = 0.05;
  let value = 0;
  return Array.from({ length: images * 10 }, (_, i) => {
    const now = (value * 1.05) / 60;
    value += h * (input(i * h) - value / 6);
    return now;
  }).filter((_, i) => i % 10 === 0);
})();

interface Place {
  /** Degrees from the anterior insertion over the septum. */
  readonly angle: number;
  /** 0 at the endocardium to 1. */
  readonly depth: number;
}

/** Where a pixel lies in a wall of five pixels about a cavity of six; `null` outside the wall. */
function placeOf(voxel: number): Place | null {
  const [x, y] = [(voxel % side) - centre, Math.floor(voxel / side) - centre];
  const radius = Math.sqrt(x * x + y * y);
  if (radius < 5.5 || radius > 10.5) return null;
  return { angle: ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360, depth: (radius - 5.5) / 5 };
}

/** The measurement of a slice whose flow under stress is known everywhere, and is 1 at rest. */
async function measure(stress: (place: Place) => number, { hasInsertion = true, hasRest = true } = {}) {
  const states = hasRest ? (["stress", "rest"] as const) : (["stress"] as const);
  const voxels = Array.from({ length: side * side }, (_, v) => placeOf(v));
  const files = states.flatMap((state) => {
    const flows = voxels.map((place) => (place === null ? 0 : state === "rest" ? 1 : stress(place)));
    const values = Float32Array.from(
      { length: side * side * images },
      (_, i) => 1 + tissue[Math.floor(i / (side * side))] * flows[i % (side * side)],
    );
    const blood = Float32Array.from({ length: images }, (_, i) => 2 + input(i / 2) + (state === "rest" ? 1e-3 : 0));
    return [
      { name: `${state}.nii`, bytes: buildNifti({ size: [side, side, 1, images], pixdimMm, datatype: 16, values }) },
      {
        name: `${state}-aif.nii`,
        bytes: buildNifti({ size: [1, 1, 1, images], pixdimMm, datatype: 16, values: blood }),
      },
    ];
  });
  const mask = voxels.map((place) => (place === null ? 0 : 1));
  const study = await receiveFiles([
    ...files,
    { name: "mask.nii", bytes: buildNifti({ size: [side, side, 1], pixdimMm, datatype: 2, values: mask }) },
  ]);
  const uidOf = (name: string): string => {
    const found = study.received.find((one) => "header" in one && one.path === name);
    return found !== undefined && "header" in found ? found.header.seriesInstanceUid : "";
  };
  // NIfTI's first axis grows to the patient's right where its affine is the identity of RAS: LPS x is its negative.
  const point = (degrees: number): readonly [number, number, number] => {
    const [x, y] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return [-2 * (centre + 8 * x), -2 * (centre + 8 * y), 0];
  };
  const clicks = hasInsertion ? { "anterior-rv-insertion": 0, "inferior-rv-insertion": 120 } : {};
  return runStudy(study, {
    protocol: "cardiac/perfusion-mbf",
    overrides: { "time-step": 0.5 },
    roleChoices: Object.fromEntries(
      states.flatMap((state) => [
        [`${state}-images`, uidOf(`${state}.nii`)],
        [`${state}-aif`, uidOf(`${state}-aif.nii`)],
      ]),
    ),
    marks: {
      schema: "etalon.marks/2",
      labelMaps: states.map((state) => ({
        ...{ file: "mask.nii", role: `${state}-images` },
        labels: { "1": "lv-myocardium" },
      })),
      regions: states.flatMap((state) =>
        Object.entries(clicks).map(([label, degrees]) => ({
          ...{ id: `${state}-${label}`, label, role: `${state}-images` },
          shape: { kind: "point", pointLpsMm: point(degrees) },
        })),
      ),
    },
  });
}

describe("the pattern of stress flow", () => {
  it("finds a defect in the territory of the right coronary: segments 9 and 10, from 60 to 180 degrees", async () => {
    const result = await measure(({ angle }) => (angle >= 60 && angle < 180 ? 1.2 : 3));
    const value = (id: string, site?: string) => outputValue(result, id, site === undefined ? {} : { site }) ?? 0;
    // An exponential is not a Fermi function: within 10 %.
    expect(Math.abs(value("mbf-stress-territory", "RCA") / 1.2 - 1)).toBeLessThan(0.1);
    expect(Math.abs(value("mbf-stress-territory", "LAD") / 3 - 1)).toBeLessThan(0.1);
    expect(value("lowest-territory-stress-mbf")).toBe(value("mbf-stress-territory", "RCA"));
    expect(value("highest-territory-stress-mbf")).toBeGreaterThan(2.7);
    expect(value("reduced-segments-percent")).toBeCloseTo((100 * 2) / 6, 9);
    expect(value("reduced-in-one-territory-percent")).toBe(100);
    // Four of six segments have the flow of 3.
    expect(Math.abs(value("global-stress-mbf") / 3 - 1)).toBeLessThan(0.1);
    expect(Math.abs(value("global-perfusion-reserve") / 3 - 1)).toBeLessThan(0.1);
    expect(value("endocardial-ratio-stress")).toBeCloseTo(1, 1);
  });

  it("is global where flow is low everywhere, and lies in no one territory", async () => {
    const result = await measure(() => 1.5, { hasRest: false });
    expect(outputValue(result, "reduced-segments-percent")).toBe(100);
    expect(outputValue(result, "reduced-in-one-territory-percent")).toBeCloseTo(100 / 3, 9);
    expect(outputValue(result, "global-perfusion-reserve")).toBeUndefined();
  });

  it("sees a subendocardial reduction: half the flow in the inner half of the wall", async () => {
    const result = await measure(({ depth }) => (depth < 0.5 ? 1.5 : 3), { hasRest: false });
    // The halves have equal numbers of voxels and the outer rings are longer, so the medians fall on both sides.
    expect(Math.abs((outputValue(result, "endocardial-ratio-stress") ?? 0) - 0.5)).toBeLessThan(0.05);
  });

  it("says nothing of territories without the insertion of the right ventricle", async () => {
    const result = await measure(() => 3, { hasInsertion: false, hasRest: false });
    expect(outputValue(result, "global-stress-mbf")).toBeGreaterThan(2.7);
    expect(outputValue(result, "lowest-territory-stress-mbf")).toBeUndefined();
    expect(result.quality.map(({ code }) => code)).toContain("insertion-not-marked");
  });
});
