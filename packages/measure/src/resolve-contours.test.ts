import { buildVolume } from "@etalon/testing";
import { expect, test } from "vitest";
import type { SeriesInput } from "./protocol.ts";
import { type ContourRegion, type ContourShape, resolveContours } from "./resolve-contours.ts";

/** Three slices 2 mm apart, of 8 × 6 pixels of 0.5 mm by 1 mm; each has two images, 1.<slice>.1 and 1.<slice>.2. */
const volume = buildVolume({ columns: 8, rows: 6, columnSpacingMm: 0.5, rowSpacingMm: 1, positionsMm: [0, 2, 4] });
const frames = [0, 1, 2].flatMap((slice) =>
  [1, 2].map((image) => ({
    instance: { header: { sopInstanceUid: `1.${slice}.${image}` } },
    header: { frameIndex: 0 },
  })),
);
// Contours ask an input for nothing else.
const input = { volume, stack: { frames } } as unknown as SeriesInput;

function contour(
  shape: Omit<ContourShape, "kind" | "sopInstanceUid" | "frameNumber">,
  more: Partial<ContourShape> = {},
): ContourRegion {
  const made = { kind: "contour", sopInstanceUid: "1.1.1", frameNumber: 1, ...shape, ...more };
  return { id: "c", label: "lv", shape: made as ContourShape };
}

/** Columns 1 to 4 and rows 1 to 3, drawn along the edges of their pixels. */
const box: [number, number][] = [
  [0.5, 0.5],
  [4.5, 0.5],
  [4.5, 3.5],
  [0.5, 3.5],
];

test("a contour holds the pixels whose centres it holds, in the slice of the image it is drawn on", () => {
  const [structure] = resolveContours([contour({ pointsColumnRow: box })], "cine", input);
  const held = [...(structure?.voxels ?? []).entries()].flatMap(([at, isIn]) => (isIn === 1 ? [at] : []));
  // Slice 1 begins at 48; rows 1 to 3, columns 1 to 4.
  expect(held).toEqual([1, 2, 3].flatMap((row) => [1, 2, 3, 4].map((column) => 48 + 8 * row + column)));
  // 4 columns of 0.5 mm by 3 rows of 1 mm.
  expect([...(structure?.areaMm2 ?? [])]).toEqual([0, 6, 0]);
  expect(structure).toMatchObject({ role: "cine", label: "lv", source: "contours" });
});

test("a contour in patient coordinates is the one of its pixels", () => {
  const pointsLpsMm = box.map(([column, row]): [number, number, number] => [column * 0.5, row, 2.5]);
  expect(resolveContours([contour({ pointsLpsMm })], "cine", input)).toEqual(
    resolveContours([contour({ pointsColumnRow: box })], "cine", input),
  );
});

test("any image of a slice may be drawn on, contours of one label add up, other labels stand apart", () => {
  const other = { ...contour({ pointsColumnRow: box }, { sopInstanceUid: "1.2.2" }), id: "d" };
  const apart = { ...contour({ pointsColumnRow: box }), id: "e", label: "rv" };
  const structures = resolveContours([contour({ pointsColumnRow: box }), other, apart], "cine", input);
  expect(structures.map(({ label, areaMm2 }) => [label, ...areaMm2])).toEqual([
    ["lv", 0, 6, 6],
    ["rv", 0, 6, 0],
  ]);
});

test.each<[string, ContourRegion, string]>([
  [
    "crosses itself",
    contour({
      pointsColumnRow: [
        [0, 0],
        [4, 4],
        [4, 0],
        [0, 4],
      ],
    }),
    "crosses itself",
  ],
  [
    "has no area",
    contour({
      pointsColumnRow: [
        [0, 0],
        [4, 0],
        [2, 0],
      ],
    }),
    "",
  ],
  ["lies outside its image", contour({ pointsColumnRow: box.map(([x, y]) => [x + 4, y]) }), "outside its image"],
  ["names no image", contour({ pointsColumnRow: box }, { sopInstanceUid: "9" }), "no image 9 in cine"],
  ["names no frame", contour({ pointsColumnRow: box }, { frameNumber: 2 }), "no image 1.1.1 in cine"],
])("a contour that %s is refused", (_, region, received) => {
  expect(() => resolveContours([region], "cine", input)).toThrow(
    expect.objectContaining({
      code: "contour-malformed",
      field: "c",
      ...(received === "" ? {} : { received }),
    }),
  );
});

test("a contour off its image's plane is refused with how far it is, mm", () => {
  // Slice 1 lies at 2 mm: up to 1 mm is rounding, 1.5 mm is not.
  const at = (z: number) => contour({ pointsLpsMm: box.map(([column, row]) => [column * 0.5, row, z]) });
  expect(resolveContours([at(3)], "cine", input)).toHaveLength(1);
  expect(() => resolveContours([at(3.5)], "cine", input)).toThrow(
    expect.objectContaining({ code: "contour-off-plane", received: 1.5 }),
  );
});
