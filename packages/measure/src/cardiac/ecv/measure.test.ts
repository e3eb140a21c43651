import { buildNifti, outputValue, prepareStudy, receiveFiles } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { extracellularVolume, partitionCoefficient, syntheticHaematocrit } from "./volume-fraction.ts";

describe("published examples (reference 05a, ecv.1 and ecv.2)", () => {
  it("λ 0.4547 and ECV 26.37 %, ECV 28.91 %", () => {
    const lambda = partitionCoefficient({ nativeMs: 1000, postMs: 450 }, { nativeMs: 1550, postMs: 300 });
    expect(lambda).toBeCloseTo(0.4547, 4);
    expect(100 * extracellularVolume(lambda, 0.42)).toBeCloseTo(26.37, 2);
    const other = partitionCoefficient({ nativeMs: 1050, postMs: 420 }, { nativeMs: 1650, postMs: 280 });
    expect(100 * extracellularVolume(other, 0.4)).toBeCloseTo(28.91, 2);
  });

  it("synthetic haematocrit at 1.5 T alone: 866/1600 − 0.1232", () => {
    expect(syntheticHaematocrit(1600, 1.5)).toBeCloseTo(0.41805, 10);
    for (const field of [3, 1, undefined]) {
      expect(() => syntheticHaematocrit(1600, field)).toThrow(
        expect.objectContaining({ code: "field-strength-unsupported" }),
      );
    }
  });
});

const size = [8, 8, 2] as const;
const volume = (of: (voxel: number) => number, grid: readonly number[] = size): Uint8Array =>
  buildNifti({
    ...{ size: grid, pixdimMm: [2, 2, 8] as const, datatype: 16 },
    values: Float32Array.from({ length: grid.reduce((a, b) => a * b, 1) }, (_, voxel) => of(voxel)),
  });
const isBlood = (voxel: number): boolean => voxel % 8 < 2;
const labels = { "1": "lv-myocardium", "2": "lv-blood-pool" };
const native = { name: "native.nii", bytes: volume((v) => (isBlood(v) ? 1550 : 1000)) };
const post = { name: "post.nii", bytes: volume((v) => (isBlood(v) ? 300 : 450)) };
const mask = { name: "mask.nii", bytes: volume((v) => (isBlood(v) ? 2 : 1)) };
const onNative = { schema: "etalon.marks/1", labelMaps: [{ file: "mask.nii", role: "native-t1", labels }] };

async function measure(
  asked: { readonly haematocrit?: number; readonly overrides?: Record<string, string>; readonly field?: number },
  files = [native, post, mask],
  marks: unknown = onNative,
) {
  const study = await receiveFiles(files);
  const seriesOf = (name: string): string =>
    study.received.flatMap((one) => ("header" in one && one.path === name ? [one.header.seriesInstanceUid] : []))[0] ??
    "";
  const run = await prepareStudy(study, {
    ...{ protocol: "cardiac/ecv", marks, overrides: asked.overrides ?? {} },
    roleChoices: { "native-t1": seriesOf("native.nii"), "post-t1": seriesOf("post.nii") },
    numbers: {
      ...(asked.haematocrit === undefined ? {} : { haematocrit: asked.haematocrit }),
      ...(asked.field === undefined ? {} : { "field-strength": asked.field }),
    },
  });
  return { result: run.measure(), maps: run.maps() };
}

describe("cardiac/ecv", () => {
  it("gives the wall's extracellular volume and a map of fractions", async () => {
    const { result, maps } = await measure({ haematocrit: 0.42 });
    expect(outputValue(result, "ecv", { site: "lv-myocardium" })).toBeCloseTo(26.37, 2);
    expect(outputValue(result, "partition-coefficient", { site: "lv-myocardium" })).toBeCloseTo(0.4547, 4);
    expect(outputValue(result, "haematocrit")).toBeCloseTo(42, 10);
    expect(result.provisional).toBe(false);
    expect(maps[0]?.values[7]).toBeCloseTo(0.2637, 4);
    // Blood holds one minus the haematocrit.
    expect(maps[0]?.values[0]).toBeCloseTo(0.58, 6);
    expect(result.quality.map(({ code }) => code)).toContain("regions-of-native");
  });

  it("flags a synthetic haematocrit, and refuses it at 3 T", async () => {
    const overrides = { "haematocrit-from": "native-blood" };
    const { result } = await measure({ overrides, field: 1.5 });
    expect(result.provisional).toBe(true);
    expect(result.quality).toContainEqual(
      expect.objectContaining({ code: "synthetic-haematocrit", severity: "warning" }),
    );
    expect(outputValue(result, "haematocrit")).toBeCloseTo(100 * (866 / 1550 - 0.1232), 6);
    await expect(measure({ overrides, field: 3 })).rejects.toMatchObject({ code: "field-strength-unsupported" });
    await expect(measure({ overrides })).rejects.toMatchObject({ code: "field-strength-unsupported" });
  });

  it("keeps the regions of two maps on two grids, and has no map then", async () => {
    const small = [8, 8, 1];
    const files = [
      ...[native, mask, { name: "post.nii", bytes: volume((v) => (isBlood(v) ? 300 : 450), small) }],
      { name: "post-mask.nii", bytes: volume((v) => (isBlood(v) ? 2 : 1), small) },
    ];
    const both = {
      ...onNative,
      labelMaps: [...onNative.labelMaps, { file: "post-mask.nii", role: "post-t1", labels }],
    };
    const { result, maps } = await measure({ haematocrit: 0.42 }, files, both);
    expect(outputValue(result, "ecv", { site: "lv-myocardium" })).toBeCloseTo(26.37, 2);
    expect(maps).toEqual([]);
    await expect(measure({ haematocrit: 0.42 }, files)).rejects.toMatchObject({ code: "mask-grid-mismatch" });
  });

  const given = { haematocrit: 0.42 };
  it.each([
    ["no haematocrit", {}, {}, "haematocrit-missing"],
    ["a haematocrit in percent", { haematocrit: 42 }, {}, "out-of-range"],
    ["no blood", given, { "mask.nii": volume(() => 1) }, "structure-missing"],
    ["no wall", given, { "mask.nii": volume(() => 2) }, "structure-missing"],
    ["maps swapped", given, { "native.nii": post.bytes, "post.nii": native.bytes }, "contrast-not-seen"],
    ["a map of zeros", given, { "post.nii": volume(() => 0) }, "no-signal"],
    ["a voxel that is no number", given, { "post.nii": volume(() => Number.NaN) }, "not-finite"],
  ])("refuses %s", async (...[, asked, replaced, code]) => {
    const others = new Map<string, Uint8Array>(Object.entries(replaced));
    const files = [native, post, mask].map(({ name, bytes }) => ({ name, bytes: others.get(name) ?? bytes }));
    await expect(measure(asked, files)).rejects.toMatchObject({ code });
  });
});
