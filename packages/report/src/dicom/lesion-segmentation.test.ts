import { type DataSet, itemsOf, numberOf, numbersOf, textOf } from "@etalon/dicom";
import type { ItemMask, Result } from "@etalon/measure";
import { type MeasuredPhantom, measurePhantom, receiveFiles, runStudy } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { type LesionSegmentation, lesionSegmentation } from "./lesion-segmentation.ts";
import { packFrames } from "./segment-frames.ts";
import { readObject } from "./testing/read-object.ts";
import { reportInputOf } from "./testing/report-input-of.ts";

function segmentationOf(phantom: MeasuredPhantom): LesionSegmentation {
  const segmentation = lesionSegmentation(reportInputOf(phantom), phantom.mask);
  if (segmentation === null) throw new Error("nothing counts in the phantom");
  return segmentation;
}

interface ReadSegmentation {
  readonly dataSet: DataSet;
  readonly pixels: Uint8Array;
}

async function read(bytes: Uint8Array): Promise<ReadSegmentation> {
  const { dataSet, binary } = await readObject(bytes);
  return { dataSet, pixels: await binary("7FE00010") };
}

/** World positions of the voxels of each segment, from nothing but the file. */
function voxelsOf({ dataSet, pixels }: ReadSegmentation): Map<number, string[]> {
  const [rows, columns] = [numberOf(dataSet, "00280010") ?? 0, numberOf(dataSet, "00280011") ?? 0];
  const [shared] = itemsOf(dataSet, "52009229");
  const [orientation] = itemsOf(shared, "00209116");
  const [measures] = itemsOf(shared, "00289110");
  const u = numbersOf(orientation, "00200037", 6) ?? [];
  const [rowMm, columnMm] = numbersOf(measures, "00280030", 2) ?? [];
  const found = new Map<number, string[]>();
  itemsOf(dataSet, "52009230").forEach((frame, f) => {
    const segment = numberOf(itemsOf(frame, "0062000A")[0], "0062000B") ?? 0;
    const at = numbersOf(itemsOf(frame, "00209113")[0], "00200032", 3) ?? [];
    for (let p = 0; p < rows * columns; p++) {
      const bit = f * rows * columns + p;
      if (((pixels[bit >> 3] >> (bit & 7)) & 1) === 0) continue;
      const [i, j] = [(p % columns) * columnMm, Math.floor(p / columns) * rowMm];
      const lpsMm = at.map((origin, axis) => (origin + i * u[axis] + j * u[axis + 3]).toFixed(6));
      found.set(segment, [...(found.get(segment) ?? []), lpsMm.join(" ")]);
    }
  });
  return found;
}

function voxelsOfMask({ grid, items }: ItemMask): Map<number, string[]> {
  const { columns, rows, columnSpacingMm, rowSpacingMm, rowDirection: u, columnDirection: v } = grid;
  return new Map(
    items.map(({ voxels }, index) => [
      index + 1,
      [...voxels].map((voxel) => {
        const slice = Math.floor(voxel / (rows * columns));
        const i = (voxel % columns) * columnSpacingMm;
        const j = (Math.floor(voxel / columns) % rows) * rowSpacingMm;
        return [0, 1, 2]
          .map((axis) => (grid.sliceOriginsLpsMm[3 * slice + axis] + i * u[axis] + j * v[axis]).toFixed(6))
          .join(" ");
      }),
    ]),
  );
}

describe("the segmentation of a result", () => {
  let phantom: MeasuredPhantom;
  let segmentation: ReadSegmentation;
  let dataSet: DataSet;
  beforeAll(async () => {
    phantom = await measurePhantom();
    segmentation = await read(segmentationOf(phantom).bytes);
    dataSet = segmentation.dataSet;
  });

  it("holds the voxels of each lesion, each at its place in the patient", () => {
    expect(voxelsOf(segmentation)).toEqual(voxelsOfMask(phantom.mask));
    expect(phantom.mask.items.length).toBeGreaterThan(4);
  });

  it("names each segment by its lesion, its vessel in SNOMED CT", () => {
    const segments = itemsOf(dataSet, "00620002");
    expect(segments.map((segment) => textOf(segment, "00620005"))).toEqual(
      phantom.mask.items.map(({ item, site }) => `${item} (${site})`),
    );
    const lad = segments.find((segment) => textOf(segment, "00620005")?.endsWith("(LAD)"));
    expect(textOf(itemsOf(lad ?? {}, "00082218")[0], "00080100")).toBe("59438005");
    expect(segments.map((segment) => textOf(segment, "00620008"))).toEqual(segments.map(() => "SEMIAUTOMATIC"));
  });

  it("says of each frame which image it was found in", () => {
    const positions = new Map(phantom.sources.map((source) => [source.sopInstanceUid, source.positionLpsMm]));
    for (const frame of itemsOf(dataSet, "52009230")) {
      const [derivation] = itemsOf(frame, "00089124");
      const images = itemsOf(derivation, "00082112").map((image) => textOf(image, "00081155") ?? "");
      expect(images).toHaveLength(1);
      expect(positions.get(images[0])).toEqual(numbersOf(itemsOf(frame, "00209113")[0], "00200032", 3));
    }
  });

  it.each(["clip", "assign"] as const)("gives the same numbers when it is read as marks that %s", async (mode) => {
    const { bytes, segments, sopInstanceUid } = segmentationOf(phantom);
    const siteOf = new Map(phantom.mask.items.map(({ item, site }) => [item, site ?? ""]));
    const regions = segments.map(({ item, number }) => ({
      id: item,
      label: siteOf.get(item),
      mode,
      shape: { kind: "segment", sopInstanceUid, segmentNumber: number },
    }));
    const again = await runStudy(await receiveFiles([...phantom.files, { name: "seg.dcm", bytes }]), { regions });
    // The same voxels in the same order: the same numbers to the last bit.
    const numbersOf = ({ outputs }: Result) => outputs.map(({ id, site, item, value }) => ({ id, site, item, value }));
    expect(new Set(numbersOf(again))).toEqual(new Set(numbersOf(phantom.result)));
    expect(again.recipe.inputs.filter(({ role }) => role === "marks")).toHaveLength(1);
  });

  it("is the same file whenever it is made", () => {
    const later = lesionSegmentation(reportInputOf(phantom, { createdAt: "2027-01-01T00:00:00Z" }), phantom.mask);
    expect(later).toEqual(segmentationOf(phantom));
  });
});

describe("the segmentation of averaged slices", () => {
  it("lies on the slabs, each derived from the images in it", async () => {
    const phantom = await measurePhantom({ thicknessMm: 1, incrementMm: 1 });
    const segmentation = await read(segmentationOf(phantom).bytes);
    expect(voxelsOf(segmentation)).toEqual(voxelsOfMask(phantom.mask));
    const counts = itemsOf(segmentation.dataSet, "52009230").map(
      (frame) => itemsOf(itemsOf(frame, "00089124")[0], "00082112").length,
    );
    // Three slices of 1 mm make one slab of 3 mm.
    expect(new Set(counts)).toEqual(new Set([3]));
  });
});

describe("a segmentation of nothing", () => {
  it("is none", async () => {
    const phantom = await measurePhantom();
    expect(lesionSegmentation(reportInputOf(phantom), { ...phantom.mask, items: [] })).toBeNull();
  });
});

describe("pixels of one bit", () => {
  it("follow one another across frames, the first in the lowest bit", () => {
    // Two frames of 5 pixels: pixels 0 and 4 of the first are bits 0 and 4, pixel 3 of the second is bit 8.
    const frames = [
      { segment: 1, slice: 0, pixels: [0, 4] },
      { segment: 1, slice: 1, pixels: [3] },
    ];
    expect([...packFrames(frames, 5)]).toEqual([0b0001_0001, 0b0000_0001]);
  });
});
