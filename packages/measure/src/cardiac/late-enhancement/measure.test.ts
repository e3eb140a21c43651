import { buildNifti, outputValue, receiveFiles, runStudy } from "@etalon/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { otsuThreshold } from "../../otsu-threshold.ts";
import { segmentAt } from "../aha-segment.ts";
import { territoryOf } from "../coronary-territory.ts";
import { fwhmThreshold, meanAndSd, nSdThreshold } from "../thresholds.ts";
import { degreesOf } from "../wall-geometry.ts";
import { transmuralityBand } from "./segments.ts";

const side = 80;
const centre = 40;
const labels = { "1": "lv-blood-pool", "2": "lv-myocardium", "3": "infarct", "4": "no-reflow" };

interface Wall {
  readonly depth: number;
  /** Degrees from +x of the image (to the right of its reader), growing downwards. */
  readonly angle: number;
  readonly slice: number;
}

/** Rings of 10 to 20 mm (one slice smaller than the other towards the apex), with what a test says of each voxel. */
function rings(slices: number, of: (wall: Wall) => number, outside = 0): Int16Array {
  const values = new Int16Array(side * side * slices).fill(outside);
  for (let slice = 0; slice < slices; slice++) {
    const outer = 20 - slice;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const [x, y] = [column - centre, row - centre];
        const radius = Math.sqrt(x * x + y * y);
        if (radius > outer) continue;
        const angle = ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
        values[(slice * side + row) * side + column] =
          radius < 10 ? 1 : of({ depth: (radius - 10) / (outer - 10), angle, slice });
      }
    }
  }
  return values;
}

interface Case {
  readonly labelOf: (wall: Wall) => number;
  readonly signalOf?: (wall: Wall) => number;
  readonly overrides?: Readonly<Record<string, string | number>>;
  readonly insertions?: Readonly<Record<string, readonly [number, number]>>;
  readonly slices?: number;
  readonly image?: Uint8Array;
  readonly names?: Readonly<Record<string, string>>;
}

async function measure({
  labelOf,
  signalOf,
  overrides = {},
  insertions = {},
  slices = 3,
  image,
  names = labels,
}: Case) {
  const pixdimMm = [1, 1, 8] as const;
  const size = [side, side, slices];
  // The affine turns x and y round, so that columns and rows are LPS.
  const sform = [
    [-1, 0, 0, 0],
    [0, -1, 0, 0],
    [0, 0, 8, 0],
  ];
  const signal = signalOf ?? ((wall: Wall) => (labelOf(wall) >= 3 ? 300 : 100 + (Math.floor(wall.angle) % 2)));
  const study = await receiveFiles([
    { name: "lge.nii", bytes: image ?? buildNifti({ size, pixdimMm, sform, values: rings(slices, signal) }) },
    { name: "gt.nii", bytes: buildNifti({ size, pixdimMm, sform, values: rings(slices, labelOf) }) },
  ]);
  const [series] = study.received.flatMap((item) => ("header" in item ? [item.header.seriesInstanceUid] : []));
  return runStudy(study, {
    protocol: "cardiac/late-enhancement",
    overrides,
    roleChoices: { "late-enhancement": series ?? "" },
    marks: {
      schema: "etalon.marks/2",
      labelMaps: [{ file: "gt.nii", role: "late-enhancement", labels: names }],
      regions: Object.entries(insertions).map(([label, [column, row]]) => ({
        ...{ id: label, label },
        shape: { kind: "point", pointLpsMm: [column, row, 0] },
      })),
    },
  });
}

const isSector = (from: number, to: number) => (wall: Wall) => wall.angle >= from && wall.angle < to;

describe("published values", () => {
  // ../shared/reference/05a, examples lge.1 and lge.2.
  it("gives the thresholds of example lge.1 and the counts of lge.2", () => {
    const nsd = nSdThreshold({ mean: 100, sd: 12 }, 5);
    const fwhm = fwhmThreshold(420, 0);
    expect([nsd, fwhm]).toEqual([160, 210]);
    const pixels = [100, 150, 161, 200, 215, 400, 420];
    expect(pixels.filter((pixel) => pixel >= nsd)).toHaveLength(5);
    expect(pixels.filter((pixel) => pixel >= fwhm)).toHaveLength(3);
  });

  // By hand: (1 + 2 + 3 + 4) / 4; squares 2.25 + 0.25 + 0.25 + 2.25 = 5, over 3.
  it("takes the standard deviation over n − 1", () => {
    expect(meanAndSd([1, 2, 3, 4])).toEqual({ mean: 2.5, sd: Math.sqrt(5 / 3) });
  });

  it("separates two groups by Otsu, and calls nothing enhanced where all is alike", () => {
    const threshold = otsuThreshold([10, 11, 12, 100, 101, 102]);
    expect(threshold).toBeGreaterThan(12);
    expect(threshold).toBeLessThanOrEqual(100);
    expect(otsuThreshold([7, 7, 7])).toBeGreaterThan(7);
  });

  // Kim 2000: 0, 1-25, 26-50, 51-75, 76-100 %.
  it("bands an extent on its unrounded value", () => {
    expect([0, 0.1, 25, 25.1, 50, 75, 75.1, 100].map(transmuralityBand)).toEqual([0, 1, 1, 2, 2, 3, 4, 4]);
  });

  // Cerqueira 2002: from the anterior insertion over the septum: anteroseptal, inferoseptal, inferior …
  it("names the AHA's segments by their angle, and their artery", () => {
    expect([10, 70, 130, 190, 250, 310].map((angle) => segmentAt("basal", angle))).toEqual([2, 3, 4, 5, 6, 1]);
    expect([10, 70, 130, 190, 250, 310].map((angle) => segmentAt("mid", angle))).toEqual([8, 9, 10, 11, 12, 7]);
    expect([60, 150, 240, 330, 10].map((angle) => segmentAt("apical", angle))).toEqual([14, 15, 16, 13, 13]);
    expect(segmentAt("cap", 0)).toBe(17);
    expect([1, 4, 5, 17].map(territoryOf)).toEqual(["LAD", "RCA", "LCX", "LAD"]);
  });
});

describe("a ring", () => {
  it("holds no-reflow in its extent: 90 of 360 degrees, a third of it dark", async () => {
    const labelOf = (wall: Wall) => (isSector(0, 60)(wall) ? 3 : isSector(60, 90)(wall) ? 4 : 2);
    const result = await measure({ labelOf });
    expect(Math.abs((outputValue(result, "infarct-percent") ?? 0) - 25)).toBeLessThan(1);
    expect(Math.abs((outputValue(result, "no-reflow-percent") ?? 0) - 25 / 3)).toBeLessThan(1);
    expect(result.provisional).toBe(false);
  });

  it("is the same for labels that hold each other", async () => {
    const exclusive = await measure({ labelOf: (wall) => (isSector(0, 90)(wall) ? 3 : 2) });
    const names = { "2": "lv-myocardium", "3": "infarct" };
    const held = await measure({ labelOf: (wall) => (isSector(0, 90)(wall) ? 3 : 2), names });
    expect(held.outputs).toEqual(exclusive.outputs);
  });

  // Remote is 100 or 101, scar 300: every threshold method finds the sector that is drawn.
  it.each(["n-sd", "fwhm", "fwhm-remote", "otsu"])("is found by %s where the signal is clear", async (method) => {
    const labelOf = (wall: Wall) => (isSector(0, 90)(wall) ? 3 : 2);
    const drawn = await measure({ labelOf });
    const found = await measure({ labelOf, overrides: { method } });
    expect(outputValue(found, "infarct-percent")).toBe(outputValue(drawn, "infarct-percent"));
    expect(found.quality.map(({ code }) => code)).toContain("enhancement-by-threshold");
  });

  it("has its scar in the segments where it lies, from the two insertions on", async () => {
    // In LPS rows grow to the back: the anterior insertion up left, the inferior down left, the septum between them.
    const insertions = { "anterior-rv-insertion": [25, 25], "inferior-rv-insertion": [25, 55] } as const;
    // From the anterior insertion (225°) backwards over the septum: 60° on are 165° to 225°: segments 2, 8 and most of 14.
    const labelOf = (wall: Wall) => (isSector(165, 225)(wall) ? 3 : 2);
    const result = await measure({ labelOf, insertions });
    const extent = (segment: number) => outputValue(result, "infarct-percent", { site: `AHA-${segment}` }) ?? -1;
    expect(extent(2)).toBeGreaterThan(95);
    expect(extent(8)).toBeGreaterThan(95);
    expect(outputValue(result, "transmurality-band", { site: "AHA-2" })).toBe(4);
    for (const segment of [4, 5, 10, 11, 15, 16]) expect(extent(segment), `${segment}`).toBe(0);
    expect(extent(14)).toBeGreaterThan(45);
    const pattern = result.quality.find(({ code }) => code.startsWith("pattern-"));
    expect(pattern).toMatchObject({ code: "pattern-ischaemic", details: { territory: "LAD" } });
  });

  it.each([
    ["subendocardial", (depth: number) => depth < 0.4, "pattern-ischaemic"],
    ["mid-wall", (depth: number) => depth > 0.4 && depth < 0.7, "pattern-non-ischaemic"],
    ["subepicardial", (depth: number) => depth > 0.7, "pattern-non-ischaemic"],
  ] as const)("of %s enhancement has its pattern", async (...[, isScar, code]) => {
    const labelOf = (wall: Wall) => (isSector(0, 90)(wall) && isScar(wall.depth) ? 3 : 2);
    const result = await measure({ labelOf });
    expect(result.quality.map((note) => note.code)).toContain(code);
  });

  it("without infarct has an extent of 0 and no pattern", async () => {
    const result = await measure({ labelOf: () => 2, signalOf: (wall) => 100 + (Math.floor(wall.angle) % 3) });
    expect(outputValue(result, "infarct-percent")).toBe(0);
    expect(result.quality.filter(({ code }) => code.startsWith("pattern-"))).toEqual([]);
  });
});

describe("properties", () => {
  it("gives every direction its angle, as atan2 does to 1e-7 degrees", () => {
    const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        fc.pre(Math.abs(x) + Math.abs(y) > 1e-3);
        const expected = ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
        const difference = Math.abs(degreesOf(y, x) - expected);
        expect(Math.min(difference, 360 - difference)).toBeLessThan(1e-7);
      }),
    );
  });

  it("an extent falls as the number of standard deviations grows", async () => {
    const labelOf = (wall: Wall) => (isSector(0, 90)(wall) ? 3 : 2);
    const signalOf = (wall: Wall) => 100 + 2 * Math.floor(wall.angle / 10) + (Math.floor(wall.angle * 7) % 13);
    const { sensitivity } = await measure({ labelOf, signalOf });
    const values = sensitivity.filter(({ choice }) => choice.startsWith("sd-")).map(({ value }) => value);
    expect(values).toHaveLength(5);
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThanOrEqual(values[i - 1]);
  });
});

describe("refusals", () => {
  const blank = (value: number) =>
    buildNifti({
      ...{ size: [side, side, 3], pixdimMm: [1, 1, 8], datatype: 16 },
      sform: [
        [-1, 0, 0, 0],
        [0, -1, 0, 0],
        [0, 0, 8, 0],
      ],
      values: new Float32Array(side * side * 3).fill(value),
    });
  const wall: Pick<Case, "labelOf"> = { labelOf: () => 2 };

  it.each([
    ["no myocardium", { labelOf: () => 1 }, "structure-missing"],
    [
      "no infarct label where drawings are asked for",
      { ...wall, names: { "2": "lv-myocardium" } },
      "structure-missing",
    ],
    ["images that are all zero", { ...wall, image: blank(0) }, "no-signal"],
    ["images without numbers", { ...wall, image: blank(Number.NaN) }, "not-finite"],
    ["a mask on another grid", { ...wall, image: undersized() }, "mask-grid-mismatch"],
    ["7 standard deviations", { ...wall, overrides: { "sd-count": 7 } }, "out-of-range"],
  ] as const)("refuses %s", async (...[, asked, code]) => {
    await expect(measure(asked)).rejects.toMatchObject({ code });
  });

  function undersized(): Uint8Array {
    return buildNifti({ size: [side, side, 2], pixdimMm: [1, 1, 8], values: new Int16Array(side * side * 2).fill(3) });
  }
});
