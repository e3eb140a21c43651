import { catalog } from "@etalon/measure";
import { buildWeightedFiles, prepareStudy, receiveFiles } from "@etalon/testing";
import { buildLedger } from "@etalon/volume";
import { describe, expect, it } from "vitest";
import { registerInputs } from "./register-inputs.ts";
import type { RegisteredPlane, RigidMovement, RigidRegistration } from "./rigid-registration.ts";

const side = 64;
const timesMs = [100, 180, 260, 1000, 1080, 1900, 2000, 2900];
const protocol = catalog.find(({ id }) => id === "cardiac/t1-map");
const still: RigidMovement = { angleDeg: 0, centerMm: [0, 0], translationMm: [0, 0] };

/** MOLLI of a disc; image 4 lies 3 pixels of 2 mm to the right. */
function study() {
  return receiveFiles(
    buildWeightedFiles({
      size: [side, side, 1],
      sideFiles: timesMs.map((ms) => ({ InversionTime: ms / 1000, FlipAngle: 35, SeriesDescription: "MOLLI" })),
      signal: (image, voxel) => {
        const [x, y] = [(voxel % side) - 32 - (image === 3 ? 3 : 0), Math.floor(voxel / side) - 32];
        const t1 = x * x + y * y < 64 ? 1400 : 700 + 5 * x;
        return Math.abs(500 - 950 * Math.exp((-0.9 * (timesMs[image] ?? 0)) / t1));
      },
    }),
  );
}

/** Says what a registration would find, and keeps what it was shown. */
function standIn(movements: readonly RigidMovement[]): RigidRegistration & { readonly shown: RegisteredPlane[] } {
  const shown: RegisteredPlane[] = [];
  return {
    name: "a stand-in 1.0",
    shown,
    register: (_, image) => {
      shown.push(image);
      return Promise.resolve(movements[shown.length - 1] ?? still);
    },
  };
}

async function register(registration: RigidRegistration, changes: object = {}) {
  if (protocol === undefined) throw new Error("the catalogue lacks the T1 map");
  const received = await study();
  const seen: string[] = [];
  const marks = await registerInputs(
    {
      ...{ protocol, ledger: buildLedger(received.received, new Map()), readFrame: received.readFrame },
      ...{ roleChoices: {}, marks: null, onImage: (done, total) => void seen.push(`${done}/${total}`) },
      ...changes,
    },
    registration,
  );
  return { marks, received, seen };
}

describe("registered inputs", () => {
  it("are marks that move every image onto the brightest, and mend the map", async () => {
    const shift: RigidMovement = { ...still, translationMm: [6, 0] };
    // The brightest is the last, at 2900 ms: the seven others are registered in their order.
    const registration = standIn([still, still, still, shift]);
    const { marks, received, seen } = await register(registration);
    expect(marks.schema === "etalon.marks/3" ? marks.transforms.map(({ image }) => image) : []).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ]);
    expect(seen.at(-1)).toBe("7/7");
    // The middle half of 64 pixels of 2 mm.
    expect(registration.shown[0]).toMatchObject({ columns: 32, rows: 32, columnSpacingMm: 2, originMm: [32, 32] });
    const blurred = await prepareStudy(received, { protocol: "cardiac/t1-map" });
    const mended = await prepareStudy(received, { protocol: "cardiac/t1-map", marks });
    const edge = 32 * side + 32 + 9;
    const t1 = (run: typeof mended): number => run.maps()[0]?.values[edge] ?? 0;
    expect(t1(mended)).toBeCloseTo(700 + 5 * 9, 0);
    expect(Math.abs(t1(blurred) - (700 + 5 * 9))).toBeGreaterThan(20);
    expect(mended.measure().quality.find(({ code }) => code === "images-moved")?.details["by"]).toBe("a stand-in 1.0");
  });

  it("keep what was marked, and are not moved twice", async () => {
    const region = { id: "a", label: "septum", mode: "assign", shape: { kind: "point", pointLpsMm: [0, 0, 0] } };
    const { marks } = await register(standIn([]), { marks: { schema: "etalon.marks/2", regions: [region] } });
    expect(marks.regions).toEqual([region]);
    await expect(register(standIn([]), { marks })).rejects.toMatchObject({ code: "unexpected-argument" });
  });

  it.each([
    // What a WebAssembly module throws is the address of its exception.
    ["throws", () => Promise.reject(1_629_776)],
    ["answers with no movement", () => Promise.resolve({ ...still, angleDeg: Number.NaN })],
  ])("are refused, by image, where the program %s", async (_, answer) => {
    await expect(register({ name: "a stand-in 1.0", register: answer })).rejects.toMatchObject({
      ...{ code: "registration-failed", field: "t1-images", received: "a stand-in 1.0" },
      details: { image: 1, slice: 1 },
    });
  });

  it("are refused of a protocol that fits no images together", async () => {
    const other = catalog.find(({ id }) => id === "cardiac/late-enhancement");
    await expect(register(standIn([]), { protocol: other })).rejects.toMatchObject({ code: "unexpected-argument" });
  });
});
