import { describe, expect, it } from "vitest";
import { componentOf } from "./complex-component.ts";
import { dataSetOf } from "./data-set-of.ts";

const ge = (creator: string, value: number) => ({
  "00430010": { vr: "LO", Value: [creator] },
  "0043102F": { vr: "SS", Value: [value] },
});

describe("which part of a complex signal an image shows", () => {
  it.each([
    ["MAGNITUDE", "magnitude"],
    ["IMAGINARY", "imaginary"],
    ["MIXED", undefined],
  ])("is what ComplexImageComponent %s says", (value, expected) => {
    expect(componentOf(dataSetOf({ ComplexImageComponent: value }))).toBe(expected);
  });

  it.each([
    [0, "magnitude"],
    [1, "phase"],
    [2, "real"],
    [3, "imaginary"],
    [7, undefined],
  ])("is what GE's own attribute says: %i", (value, expected) => {
    expect(componentOf(dataSetOf(ge("GEMS_PARM_01", value)))).toBe(expected);
  });

  it("is not what another maker's attribute of that number says", () => {
    expect(componentOf(dataSetOf(ge("SOMEBODY ELSE", 1)))).toBeUndefined();
    expect(componentOf({})).toBeUndefined();
  });
});
