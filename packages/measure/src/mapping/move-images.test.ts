import { buildWeightedFiles, prepareStudy, receiveFiles, runStudy, verifyStudy } from "@etalon/testing";
import { describe, expect, it } from "vitest";

const side = 32;
const size = [side, side, 1] as const;
const timesMs = [100, 180, 260, 1000, 1080, 1900, 2000, 2900];

/** T1 of a place, ms: smooth, so that what lies between pixels is known too. */
function t1At(x: number, y: number): number {
  return 900 + 500 * Math.sin(x / 5) * Math.cos(y / 6);
}

function signalAt(ms: number, x: number, y: number): number {
  return 500 - 950 * Math.exp((-0.9 * ms) / t1At(x, y));
}

interface Movement {
  readonly angleDeg: number;
  readonly centerMm: readonly [number, number];
  readonly translationMm: readonly [number, number];
}

const none: Movement = { angleDeg: 0, centerMm: [0, 0], translationMm: [0, 0] };

/** Signed recovery images of pixels of 2 mm; the heart of some lies where a movement puts it. */
function study(movementOf: (image: number) => Movement) {
  return receiveFiles(
    buildWeightedFiles({
      size,
      sideFiles: timesMs.map((ms) => ({ InversionTime: ms / 1000, FlipAngle: 35, SeriesDescription: "MOLLI" })),
      signal: (image, voxel) => {
        const { angleDeg, centerMm, translationMm } = movementOf(image);
        const angle = (angleDeg * Math.PI) / 180;
        // The other way round: which point of the reference is seen at this pixel.
        const [u, v] = [
          2 * (voxel % side) - centerMm[0] - translationMm[0],
          2 * Math.floor(voxel / side) - centerMm[1] - translationMm[1],
        ];
        const x = Math.cos(angle) * u + Math.sin(angle) * v + centerMm[0];
        const y = -Math.sin(angle) * u + Math.cos(angle) * v + centerMm[1];
        return 1000 + signalAt(timesMs[image] ?? 0, x / 2, y / 2);
      },
    }),
  );
}

const marksOf = (transforms: readonly object[]) => ({ schema: "etalon.marks/3", transforms });
const recorded = (image: number, movement: Movement) => ({ role: "t1-images", image, ...movement, by: "a test 1.0" });
/** Signed images above an offset: a recovery of three unknowns is what they are. */
const asked = { protocol: "cardiac/t1-map", overrides: { model: "sasha-3" } };

/** Largest difference of two maps of the middle of the field, where no edge is near, as a share. */
function apart(one: Float32Array, other: Float32Array): number {
  let most = 0;
  for (let y = 8; y < 24; y++) {
    for (let x = 8; x < 24; x++) {
      const at = y * side + x;
      most = Math.max(most, Math.abs((one[at] ?? 0) / (other[at] ?? 1) - 1));
    }
  }
  return most;
}

async function mapOf(movementOf: (image: number) => Movement, transforms: readonly object[]) {
  const received = await study(movementOf);
  const run = await prepareStudy(received, {
    ...asked,
    ...(transforms.length === 0 ? {} : { marks: marksOf(transforms) }),
  });
  const result = run.measure();
  return { result, received, values: run.maps()[0]?.values ?? new Float32Array() };
}

describe("images that are moved by recorded transforms", () => {
  const movement: Movement = { angleDeg: 5, centerMm: [31, 31], translationMm: [8.6, -6.4] };
  const moving = (image: number): Movement => (image === 1 || image === 3 ? movement : none);

  it("give the map of images that never moved, are said, and are replayed", async () => {
    const still = await mapOf(() => none, []);
    const blurred = await mapOf(moving, []);
    const mended = await mapOf(moving, [recorded(2, movement), recorded(4, movement)]);
    expect(apart(blurred.values, still.values)).toBeGreaterThan(0.1);
    // Between pixels a straight line is off by h²/8 of the curvature: 1/8 · (1/25 + 1/36) · 500 ms = 4.2 ms of 400 and more.
    expect(apart(mended.values, still.values)).toBeLessThan(0.0105);
    const note = mended.result.quality.find(({ code }) => code === "images-moved");
    expect(note?.details).toMatchObject({ moved: 2, by: "a test 1.0" });
    expect(still.result.quality.map(({ code }) => code)).not.toContain("images-moved");
    expect(mended.result.digest).not.toBe(blurred.result.digest);
    expect(await verifyStudy(mended.result, mended.received)).toMatchObject({ verdict: "identical" });
  });

  it("says how far: a corner by a turn of 90 degrees about the middle goes the whole side", async () => {
    const turn = { angleDeg: 90, centerMm: [31, 31], translationMm: [0, 0] } as const;
    const { result } = await mapOf(() => none, [recorded(1, turn)]);
    // 31 pixels of 2 mm.
    expect(result.quality.find(({ code }) => code === "images-moved")?.details["farthestMm"]).toBeCloseTo(62, 9);
  });

  it("changes nothing where nothing is moved, and a whole pixel exactly", async () => {
    const [still, same] = [await mapOf(() => none, []), await mapOf(() => none, [recorded(1, none)])];
    expect([...same.values]).toEqual([...still.values]);
    const shift: Movement = { ...none, translationMm: [4, -2] };
    const mended = await mapOf((image) => (image === 0 ? shift : none), [recorded(1, shift)]);
    expect(apart(mended.values, still.values)).toBeLessThan(1e-4);
  });

  it.each([
    ["another input", [{ ...recorded(1, none), role: "t2-images" }], "unknown-name"],
    ["an image that is not there", [recorded(9, none)], "out-of-range"],
    ["a slice that is not there", [{ ...recorded(1, none), slice: 2 }], "out-of-range"],
    ["one slice moved twice", [recorded(1, none), recorded(1, none)], "out-of-range"],
    ["a movement that is no number", [{ ...recorded(1, none), angleDeg: "5" }], "schema-mismatch"],
    ["a movement without its program", [{ ...recorded(1, none), by: "" }], "schema-mismatch"],
  ] as const)("refuses %s", async (_, transforms, code) => {
    await expect(
      study(() => none).then((received) => runStudy(received, { ...asked, marks: marksOf(transforms) })),
    ).rejects.toMatchObject({ code });
  });
});
