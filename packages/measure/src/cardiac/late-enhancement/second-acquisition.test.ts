import { buildNifti, outputValue, receiveFiles, runStudy, verifyStudy } from "@etalon/testing";
import { describe, expect, it } from "vitest";

/** An acquisition of one wall (10 to 16 mm about the centre of a field of 48 mm, 32 mm long), in pixels and slices of its own. */
interface Grid {
  readonly pixelMm: number;
  readonly sliceMm: number;
}

const standard: Grid = { pixelMm: 1.5, sliceMm: 8 };
const fine: Grid = { pixelMm: 1, sliceMm: 4 };
const fieldMm = 48;
const lengthMm = 32;
/** Middle of the anterior and inferior insertions, mm from the corner: up left and down left, the septum between them. */
const insertions = { "anterior-rv-insertion": [14.8, 14.8], "inferior-rv-insertion": [14.8, 33.2] } as const;

const labels = { "1": "lv-blood-pool", "2": "lv-myocardium", "3": "infarct" };

interface Place {
  /** Degrees from +x of the image, growing downwards. */
  readonly angle: number;
  /** 0 at the endocardium to 1. */
  readonly depth: number;
}

function image({ pixelMm, sliceMm }: Grid, of: (place: Place) => number, cavity: number): Uint8Array {
  const side = Math.round(fieldMm / pixelMm);
  const slices = Math.round(lengthMm / sliceMm);
  const values = Int16Array.from({ length: side * side * slices }, (_, i) => {
    const x = (i % side) * pixelMm - fieldMm / 2;
    const y = (Math.floor(i / side) % side) * pixelMm - fieldMm / 2;
    const radius = Math.sqrt(x * x + y * y);
    if (radius < 10) return cavity;
    if (radius > 16) return 0;
    return of({ angle: ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360, depth: (radius - 10) / 6 });
  });
  const sform = [
    [-pixelMm, 0, 0, 0],
    [0, -pixelMm, 0, 0],
    [0, 0, sliceMm, 0],
  ];
  return buildNifti({ size: [side, side, slices], pixdimMm: [pixelMm, pixelMm, sliceMm], sform, values });
}

type Scar = (place: Place) => boolean;

async function measure(
  first: Scar,
  second: Scar | null,
  asked: { readonly isMarked?: boolean; readonly isBare?: boolean } = {},
) {
  const acquisitions = [
    { role: "late-enhancement", grid: standard, isScar: first },
    ...(second === null ? [] : [{ role: "second-acquisition", grid: fine, isScar: second }]),
  ];
  const study = await receiveFiles(
    acquisitions.flatMap(({ role, grid, isScar }) => [
      {
        name: `${role}.nii`,
        bytes: image(grid, (place) => (isScar(place) ? 300 : 100 + (Math.floor(place.angle) % 2)), 200),
      },
      { name: `${role}-mask.nii`, bytes: image(grid, (place) => (isScar(place) ? 3 : 2), 1) },
    ]),
  );
  const uidOf = (name: string): string => {
    const found = study.received.find((one) => "header" in one && one.path === name);
    return found !== undefined && "header" in found ? found.header.seriesInstanceUid : "";
  };
  const marked = asked.isMarked === false ? [] : Object.entries(insertions);
  const result = await runStudy(study, {
    protocol: "cardiac/late-enhancement",
    roleChoices: Object.fromEntries(acquisitions.map(({ role }) => [role, uidOf(`${role}.nii`)])),
    marks: {
      schema: "etalon.marks/2",
      labelMaps: acquisitions.map(({ role }) => ({
        ...{ file: `${role}-mask.nii`, role },
        labels: asked.isBare && role === "second-acquisition" ? { "2": "lv-myocardium" } : labels,
      })),
      regions: acquisitions.flatMap(({ role }) =>
        marked.map(([label, [x, y]]) => ({
          ...{ id: `${role}-${label}`, label, role },
          shape: { kind: "point", pointLpsMm: [x, y, 0] },
        })),
      ),
    },
  });
  return { result, study };
}

/** From the anterior insertion (225°) backwards over the septum: its first sixth is 165° to 225°, the segments 2 and 8. */
const septal: Scar = ({ angle }) => angle >= 165 && angle < 225;
/** 225° to 240° on from the anterior insertion, in the inner third of the wall: segments 5 and 11, and the apex' 16. */
const lateralRim: Scar = ({ angle, depth }) => angle >= 345 && depth < 0.34;

describe("two acquisitions side by side", () => {
  it("says in which segments the second shows enhancement that the first does not", async () => {
    const { result, study } = await measure(septal, (place) => septal(place) || lateralRim(place));
    const value = (id: string, site?: string) =>
      outputValue(result, id, site === undefined ? {} : { site }) ?? Number.NaN;
    const note = result.quality.find(({ code }) => code === "second-acquisition-adds");
    expect(note?.details).toEqual({ segments: "5, 11, 16", enhancedFrom: 1 });
    expect(value("second-added-segments")).toBe(3);
    expect(value("second-lost-segments")).toBe(0);
    for (const segment of [5, 11, 16]) {
      const site = `AHA-${segment}`;
      expect(value("infarct-percent", site)).toBeLessThan(1);
      expect(value("second-infarct-percent", site)).toBeGreaterThan(1);
    }
    // Segments 2 and 8 are scarred through on both: no difference but that of the pixels at the edges.
    expect(Math.abs(value("second-infarct-difference", "AHA-2"))).toBeLessThan(6);
    expect(value("second-infarct-difference")).toBe(value("second-infarct-percent") - value("infarct-percent"));
    expect(await verifyStudy(result, study)).toMatchObject({ verdict: "identical" });
  });

  it("adds nothing where both show the same, whatever the grid; and says so", async () => {
    const { result } = await measure(septal, septal);
    expect(Math.abs(outputValue(result, "second-infarct-difference") ?? 1)).toBeLessThan(1.5);
    expect(result.quality.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["second-acquisition-adds-nothing", "second-acquisition-pattern"]),
    );
    expect(outputValue(result, "second-added-segments")).toBe(0);
  });

  it("names what is enhanced on the first alone", async () => {
    const { result } = await measure((place) => septal(place) || lateralRim(place), septal);
    expect(result.quality.find(({ code }) => code === "second-acquisition-lacks")?.details["segments"]).toBe(
      "5, 11, 16",
    );
    expect(outputValue(result, "second-lost-segments")).toBe(3);
  });

  it("is refused where no scar is drawn on the second, and drawings are asked for", async () => {
    await expect(measure(septal, () => false, { isBare: true })).rejects.toMatchObject({ code: "structure-missing" });
  });

  it("compares totals alone where the insertions are not marked", async () => {
    const { result } = await measure(septal, septal, { isMarked: false });
    expect(result.quality.map(({ code }) => code)).toContain("second-acquisition-no-segments");
    expect(outputValue(result, "second-infarct-percent")).toBeGreaterThan(10);
    expect(outputValue(result, "second-added-segments")).toBeUndefined();
  });

  it("has none of this where a single acquisition is given", async () => {
    const { result } = await measure(septal, null);
    expect(result.outputs.filter(({ id }) => id.startsWith("second-"))).toEqual([]);
    expect(result.quality.filter(({ code }) => code.startsWith("second-"))).toEqual([]);
  });
});
