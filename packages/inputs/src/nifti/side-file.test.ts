import { describe, expect, it } from "vitest";
import { readSideFile } from "./side-file.ts";

const read = (fields: unknown) => readSideFile(JSON.stringify(fields), "x.json");

describe("a side file", () => {
  it("says times in seconds, which become the milliseconds that were written", () => {
    expect(read({ EchoTime: 0.004611, RepetitionTime: 0.130389, FlipAngle: 25, MagneticFieldStrength: 3 })).toEqual({
      echoTimesMs: [4.611],
      repetitionTimeMs: 130.389,
      flipAnglesDeg: [25],
      fieldStrengthT: 3,
    });
  });

  it("says a time for each volume, in their order", () => {
    expect(read({ InversionTime: [0.1, 1.1, 0.18] })).toEqual({ inversionTimesMs: [100, 1100, 180] });
  });

  it.each([
    ["EchoTime", 4.6],
    ["EchoTime", -0.001],
    ["InversionTime", 400],
    ["InversionTime", [0.1, "0.2"]],
  ])("is refused with a %s of %j: no time in seconds", (key, value) => {
    expect(() => read({ [key]: value })).toThrow(expect.objectContaining({ code: "side-file-malformed", field: key }));
  });

  it.each(["not json", "[1]", '{"schema":"etalon.marks/1"}', "null"])("is not %s", (text) => {
    expect(readSideFile(text, "x.json")).toBeUndefined();
  });
});
