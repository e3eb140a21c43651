import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithSharedData, outputValue, receiveFolder, runStudy, verifyStudy } from "@etalon/testing";
import { expect, it } from "vitest";

/** Instances of end-diastole; the others are of end-systole (MANIFEST.tsv: frame 20 and frame 8 of 20). */
const diastolic = new Set([20, 40, 60, 80, 100]);

describeWithSharedData("Sunnybrook SCD0003701", "3-cardiac-mr/cine-sax-sunnybrook-SCD0003701", (folder) => {
  const experts = join(folder, "Expert");

  /** The experts' contours as marks: x y in pixels of the image of the same number. */
  async function readCase() {
    const study = await receiveFolder(join(folder, "Images_og"));
    const uidOf = new Map(
      study.received.flatMap((item) =>
        "header" in item ? [[item.header.instanceNumber, item.header.sopInstanceUid] as const] : [],
      ),
    );
    const names = readdirSync(experts).filter((name) => name.endsWith(".txt"));
    const regions = names.map((name) => {
      const instance = Number(/^IM-\d+-(\d+)-/.exec(name)?.[1]);
      const lines = readFileSync(join(experts, name), "utf8").trim().split("\n");
      return {
        id: name,
        label: name.includes("ocontour") ? "lv-epicardium" : "lv-blood-pool",
        role: diastolic.has(instance) ? "end-diastole" : "end-systole",
        shape: {
          kind: "contour",
          sopInstanceUid: uidOf.get(instance),
          pointsColumnRow: lines.map((line) => line.trim().split(/\s+/).map(Number)),
        },
      };
    });
    return { study, regions };
  }

  // MANIFEST.tsv, polygon area × PixelSpacing × 8 mm: EDV 62.52 mL, ESV 26.04 mL, EF 58.35 %; 4 ED + 5 ES levels would give
  // 48.7 %, file order 64.5 %.
  it("pairs contours by position: 58.35 % on 4 levels, and lists what has no partner", async () => {
    const { study, regions } = await readCase();
    const asked = { protocol: "cardiac/lv-function", marks: { schema: "etalon.marks/2", regions } };
    const result = await runStudy(study, asked);
    expect(Math.abs((outputValue(result, "lv-ejection-fraction") ?? 0) - 58.35)).toBeLessThanOrEqual(0.05);
    expect(outputValue(result, "lv-edv")).toBeCloseTo(62.52, 1);
    expect(outputValue(result, "lv-esv")).toBeCloseTo(26.04, 1);
    const partial = result.quality.find(({ code }) => code === "partial-stack");
    expect(partial?.details).toMatchObject({
      pairedLevels: 4,
      unpaired: [
        expect.stringMatching(/^end-systole .* \(image 108\): lv-blood-pool$/),
        expect.stringMatching(/^end-diastole .* \(image 20\): lv-epicardium$/),
      ],
    });
    expect(await verifyStudy(result, study)).toMatchObject({ verdict: "identical" });
  });

  it("does not depend on the order of the contours", async () => {
    const { study, regions } = await readCase();
    const inOrder = (list: typeof regions) =>
      runStudy(study, { protocol: "cardiac/lv-function", marks: { schema: "etalon.marks/2", regions: list } });
    expect((await inOrder(regions.toReversed())).outputs).toEqual((await inOrder(regions)).outputs);
  });
});
