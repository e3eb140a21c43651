import { parseMarks } from "@etalon/measure";
import { buildThoraxPhantom, type ThoraxPhantomOptions, thoraxPhantomDefaults } from "@etalon/phantom";
import { describe, expect, test } from "vitest";
import { outputValue } from "./output-value.ts";
import { receivePhantom, scorePhantom } from "./score-phantom.ts";

/** A quarter of the default phantom's pixels, since nothing here is about small lesions. */
const small: ThoraxPhantomOptions = { ...thoraxPhantomDefaults, columns: 256, rows: 256 };

async function scoreOf(options: ThoraxPhantomOptions, overrides: Readonly<Record<string, string>> = {}) {
  const phantom = buildThoraxPhantom(options);
  return scorePhantom(await receivePhantom(phantom), parseMarks(phantom.marks), overrides);
}

describe("contrast agent in a phantom", () => {
  test("is refused from the blood alone, the header being silent", async () => {
    // 350 HU: the blood of a coronary CT angiography; the rule's limit is 100 HU, unenhanced blood 40.
    await expect(scoreOf({ ...small, bloodHu: 350 })).rejects.toMatchObject({ code: "contrast-enhanced" });
  });

  test("is refused from the header alone, the blood being at 40 HU", async () => {
    await expect(scoreOf({ ...small, contrastTagged: true })).rejects.toMatchObject({ code: "contrast-enhanced" });
  });

  test("is scored under a named override, which stands in the result", async () => {
    const result = await scoreOf({ ...small, bloodHu: 350 }, { "contrast-override": "test of the override" });
    expect(result.quality).toContainEqual({
      code: "contrast-overridden",
      severity: "warning",
      details: { reason: "test of the override" },
    });
  });

  test("is not seen in a phantom without any", async () => {
    const result = await scoreOf(small);
    expect(result.provisional).toBe(false);
    expect(result.quality.map(({ code }) => code)).toEqual(["mass-not-calibrated"]);
    // All four arteries of the phantom hold calcium.
    expect(outputValue(result, "vessel-count")).toBe(4);
  });
});
