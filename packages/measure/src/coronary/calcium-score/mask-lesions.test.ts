import { type MeasuredPhantom, measurePhantom, outputValue } from "@etalon/testing";
import { describe, expect, it } from "vitest";

/** The volume of each item of the mask, summed slice by slice as the score sums it, mm³. */
function maskVolumesMm3({ mask: { grid, items } }: MeasuredPhantom): Map<string, number> {
  const pixelAreaMm2 = grid.rowSpacingMm * grid.columnSpacingMm;
  return new Map(
    items.map(({ item, voxels }) => {
      const pixels = new Int32Array(grid.slices);
      for (const voxel of voxels) pixels[Math.floor(voxel / (grid.rows * grid.columns))]++;
      return [item, pixels.reduce((sum, count, k) => sum + count * pixelAreaMm2 * grid.sliceIncrementsMm[k], 0)];
    }),
  );
}

function expectVolumesOfResult(phantom: MeasuredPhantom): void {
  const volumes = maskVolumesMm3(phantom);
  const items = phantom.result.outputs.filter(({ id, item }) => id === "volume-score" && item !== undefined);
  expect(items.length).toBeGreaterThan(4);
  expect([...volumes.keys()]).toEqual(items.map(({ item }) => item));
  // Both sum the same counts; where a lesion has two parts in one slice the products are added in another order.
  for (const { item, value } of items) expect(Math.abs((volumes.get(item ?? "") ?? 0) - value)).toBeLessThan(1e-9);
}

describe("the outline of the lesions that count", () => {
  it("has the volume of each lesion's score", async () => {
    expectVolumesOfResult(await measurePhantom());
  });

  it("lies on the slabs where thin slices were averaged", async () => {
    const phantom = await measurePhantom({ thicknessMm: 1, incrementMm: 1 });
    expect(phantom.result.quality.map(({ code }) => code)).toContain("thin-slices-averaged");
    expect(phantom.mask.grid.sliceThicknessMm).toBe(3);
    expectVolumesOfResult(phantom);
  });

  it("holds the proposed lesions where no reader has marked any", async () => {
    const phantom = await measurePhantom({ marks: null });
    expect(phantom.result.provisional).toBe(true);
    expectVolumesOfResult(phantom);
  });

  it("leaves out the parts of a lesion that are too small to add to the score", async () => {
    // At 25 mm² only large parts count: fewer voxels than at 1 mm², still exactly the volume of the result.
    const whole = await measurePhantom();
    const large = await measurePhantom({ overrides: { "minimum-area": 25 } });
    const sizeOf = ({ mask }: MeasuredPhantom) => mask.items.reduce((sum, { voxels }) => sum + voxels.length, 0);
    expect(sizeOf(large)).toBeLessThan(sizeOf(whole));
    const volume = [...maskVolumesMm3(large).values()].reduce((sum, mm3) => sum + mm3, 0);
    expect(volume).toBeCloseTo(outputValue(large.result, "volume-score") ?? Number.NaN, 9);
  });

  it("says the site of each lesion, and gives no voxel twice", async () => {
    const { mask, result } = await measurePhantom();
    for (const { item, site } of mask.items) {
      expect(outputValue(result, "volume-score", { ...(site === undefined ? {} : { site }), item })).toBeGreaterThan(0);
    }
    const voxels = mask.items.flatMap((lesion) => [...lesion.voxels]);
    expect(new Set(voxels).size).toBe(voxels.length);
  });
});
