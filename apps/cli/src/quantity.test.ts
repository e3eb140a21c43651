import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readQuantity } from "./quantity.ts";

/** The library must not write between us and the JSON on standard output. */
const log = vi.spyOn(console, "log").mockImplementation(() => {});
afterEach(() => expect(log).not.toHaveBeenCalled());

describe("readQuantity", () => {
  // By the definitions of the units.
  it.each([
    ["60cm/s", 60],
    ["60 cm/s", 60],
    [" 0.6 m/s ", 60],
    ["6e-1 m/s", 60],
    ["2.16 km/h", 60],
    ["-10cm/s", -10],
    ["+10", 10],
    [".5 cm/s", 0.5],
  ])("reads %s", async (text, cmPerS) => {
    expect(await readQuantity("v", text, "cm/s")).toBeCloseTo(cmPerS, 9);
  });

  it.each([
    "",
    "cm/s",
    "60 kg",
    "60 cm / s",
    "0,6 m/s",
    "1 2 cm/s",
    "60 furlongs",
    "60 [",
    "1e999 cm/s",
    "NaN",
    "0x10",
  ])("refuses %j", async (text) => {
    await expect(readQuantity("v", text, "cm/s")).rejects.toMatchObject({ code: "wrong-unit", field: "v" });
  });

  it("gives a finite number or refuses, whatever is typed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary-ascii" }), async (unit) => {
        const answer = await readQuantity("v", `3${unit}`, "cm/s").catch((error: unknown) => error);
        if (typeof answer === "number") expect(Number.isFinite(answer)).toBe(true);
        else expect(answer).toMatchObject({ code: "wrong-unit" });
      }),
    );
  });
});
