import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import type { VoxelFit } from "../../mapping/fit-map.ts";
import type { WeightedImage } from "../../protocol.ts";
import type { T1Model } from "./choose-model.ts";
import { t1Fitter } from "./fitters.ts";

const range = { shortest: 10, longest: 10_000 };

/** T1 of one signal, ms. */
// biome-ignore lint/complexity/useMaxParams: three lists and what only flip angles need.
function t1Of(
  model: T1Model,
  weightings: readonly number[],
  signal: readonly number[],
  repetitionTimeMs = Number.NaN,
): number {
  const images = weightings.map((weighting) => ({
    weightings: Float64Array.of(weighting),
    repetitionTimesMs: Float64Array.of(repetitionTimeMs),
    timesMs: Float64Array.of(Number.NaN),
    // The fitter reads the weightings alone.
  })) as unknown as WeightedImage[];
  const fit: VoxelFit = { value: 0, squares: 0, total: 0, used: 0 };
  expect(t1Fitter(model, images, { slice: 0, range })(Float64Array.from(signal), fit)).toBe("converged");
  return fit.value;
}

describe("published example molli.1 (reference 05a)", () => {
  const times = [100, 180, 260, 1000, 1080, 1900, 2000, 2900];
  const signal = [-376.943, -302.356, -234.114, 177.391, 204.83, 381.319, 393.799, 460.931];

  // 900 · (980/500 − 1) ms, to half of the last digit.
  it("T1 864.0 ms from signed signals and from their magnitudes", () => {
    expect(Math.abs(t1Of("molli", times, signal) - 864)).toBeLessThan(0.05);
    expect(Math.abs(t1Of("molli", times, signal.map(Math.abs)) - 864)).toBeLessThan(0.05);
  });
});

/** Rows of a table of OSIPI's: columns by the names of its first line, numbers of one column apart by blanks. */
function readTable(path: string): readonly Readonly<Record<string, readonly number[]>>[] {
  const [names = "", ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const columns = names.split(",").map((name) => name.trim());
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(columns.map((name, i) => [name, (cells[i] ?? "").trim().split(/\s+/).map(Number)]));
  });
}

// OSIPI's own tolerance (DCE-DSC-MRI_CodeCollection, test_t1_VFA…): 0.05 /s and 5 %.
const isWithin = (perSecond: number, reference: number): boolean =>
  Math.abs(perSecond - reference) <= 0.05 + 0.05 * reference;

describeWithSharedData("variable flip angles beside OSIPI's table", "4-dce-dwi/osipi-t1-vfa", (folder) => {
  it.each([
    // TR in seconds in both; R1 per millisecond in the first, per second in the second.
    ["t1_quiba_data.csv", 1000],
    ["t1_brain_data.csv", 1],
  ])("%s: R1 of every voxel within 0.05 /s + 5 %%, linear and nonlinear", (name, perSecond) => {
    const rows = readTable(join(folder, "data", name));
    expect(rows.length).toBeGreaterThan(40);
    for (const model of ["vfa", "vfa-linear"] as const) {
      const within = rows.filter(({ FA = [], TR = [], s = [], R1 = [] }) => {
        const t1Ms = t1Of(model, FA, s, 1000 * (TR[0] ?? Number.NaN));
        return isWithin(1000 / t1Ms, perSecond * (R1[0] ?? Number.NaN));
      });
      expect(within.length, model).toBe(rows.length);
    }
  });
});

describeWithSharedData("variable flip angles of the prostate", "4-dce-dwi/osipi-t1-prostate", (folder) => {
  // TR in milliseconds; the table's T1 (ms) is another program's, with no truth beside it.
  it("agree with the peer's linear and nonlinear fit within 5 %", () => {
    const rows = readTable(join(folder, "data/t1_prostate_data.csv"));
    expect(rows.length).toBeGreaterThan(40);
    for (const [model, column] of [
      ["vfa-linear", "T1 linear"],
      ["vfa", "T1 nonlinear"],
    ] as const) {
      const differences = rows.map(({ FA = [], TR = [], s = [], [column]: peer = [] }) => {
        const [peerMs = Number.NaN] = peer;
        return Math.abs(t1Of(model, FA, s, TR[0]) - peerMs) / peerMs;
      });
      expect(Math.max(...differences), model).toBeLessThan(0.05);
    }
  });
});
