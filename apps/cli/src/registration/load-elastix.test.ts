import { describe, expect, it } from "vitest";
import { runJson } from "../testing/run-main.ts";
import { loadElastix, movementOf } from "./load-elastix.ts";

/** Elastix is no dependency: a machine may have it all the same. */
const isInstalled = await loadElastix().then(
  () => true,
  () => false,
);

describe("elastix", () => {
  it("is read: an angle in radians, then the shift, about a centre", () => {
    // As version 1.0.1 answered for two pictures 4 degrees, 6 mm and -4.5 mm apart.
    const answer = {
      transformParameterObject: [
        {
          Transform: ["EulerTransform"],
          TransformParameters: ["0.06627830503984562", "5.986588102275403", "-4.492854295725655"],
          CenterOfRotationPoint: ["71.25", "71.25"],
          Size: ["96", "96"],
        },
      ],
    };
    expect(movementOf(answer)).toEqual({
      angleDeg: expect.closeTo(3.7975, 3),
      centerMm: [71.25, 71.25],
      translationMm: [5.986588102275403, -4.492854295725655],
    });
  });

  it.each([
    ["another transform", { Transform: ["AffineTransform"] }],
    ["too few numbers", { TransformParameters: ["0", "1"] }],
    ["what is no number", { TransformParameters: ["a", "0", "0"] }],
  ])("is not believed with %s", (_, change) => {
    const good = {
      Transform: ["EulerTransform"],
      TransformParameters: ["0", "0", "0"],
      CenterOfRotationPoint: ["0", "0"],
    };
    expect(() => movementOf({ transformParameterObject: [{ ...good, ...change }] })).toThrow();
  });

  it.skipIf(isInstalled)("is asked for by name where it is missing, before any file is read", async () => {
    const asked = ["measure", "nowhere", "--protocol", "cardiac/t1-map", "--register", "rigid"];
    const { exitCode, answer } = await runJson(...asked);
    expect(exitCode).toBe(2);
    expect(answer["code"]).toBe("registration-missing");
    expect(answer["message"]).toContain("npm install --no-save @itk-wasm/elastix@1.0.1");
  });

  it("is rigid or none", async () => {
    const { exitCode, answer } = await runJson("measure", "nowhere", "--register", "bspline");
    expect([exitCode, answer["code"]]).toEqual([2, "unknown-name"]);
  });
});
