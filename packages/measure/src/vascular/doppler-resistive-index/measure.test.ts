import { InputError } from "@etalon/base";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureResistiveIndex } from "./measure.ts";

const ri = (peakSystolicVelocityCmPerS: number, endDiastolicVelocityCmPerS: number): number =>
  measureResistiveIndex({ peakSystolicVelocityCmPerS, endDiastolicVelocityCmPerS });

describe("published values", () => {
  // Baxter & Rodger, Nephrol Dial Transplant 1997;12:2449: in a normal renal graft EDV is about one third of PSV or
  // more, and a normal RI is below 0.7. The two statements must agree.
  it("puts the normal renal graft waveform below the normal limit", () => {
    expect(ri(30, 10)).toBeCloseTo(0.667, 3);
    expect(ri(30, 10)).toBeLessThan(0.7);
  });

  // (PSV − EDV) / PSV by hand.
  it.each([
    { flow: "equal systolic and diastolic flow", psv: 40, edv: 40, expected: 0 },
    { flow: "absent end-diastolic flow", psv: 40, edv: 0, expected: 1 },
    { flow: "reversed end-diastolic flow", psv: 40, edv: -10, expected: 1.25 },
  ])("gives $expected for $flow", ({ psv, edv, expected }) => {
    expect(ri(psv, edv)).toBe(expected);
  });
});

describe("properties", () => {
  const psv = fc.double({ min: 1, max: 700, noNaN: true });
  const fraction = fc.double({ min: -1, max: 1, noNaN: true });

  it("does not depend on the Doppler angle, which scales both velocities alike", () => {
    const cosine = fc.double({ min: 0.1, max: 1, noNaN: true });
    fc.assert(
      fc.property(psv, fraction, cosine, (v, f, c) => {
        expect(ri(v * c, v * f * c)).toBeCloseTo(ri(v, v * f), 9);
      }),
    );
  });

  it("stays between 0 and 2", () => {
    fc.assert(
      fc.property(psv, fraction, (v, f) => {
        expect(ri(v, v * f)).toBeGreaterThanOrEqual(0);
        expect(ri(v, v * f)).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe("refusals", () => {
  it.each([
    { psv: 0, edv: 0, code: "out-of-range", field: "peak-systolic-velocity" },
    { psv: 20, edv: 30, code: "out-of-range", field: "end-diastolic-velocity" },
    { psv: Number.NaN, edv: 5, code: "not-finite", field: "peak-systolic-velocity" },
    { psv: 20, edv: Number.POSITIVE_INFINITY, code: "not-finite", field: "end-diastolic-velocity" },
  ])("refuses PSV $psv, EDV $edv with $code on $field", ({ psv, edv, code, field }) => {
    expect(() => ri(psv, edv)).toThrow(InputError);
    expect(() => ri(psv, edv)).toThrow(expect.objectContaining({ code, field }));
  });
});
