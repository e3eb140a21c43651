import { numberOf, textOf } from "./attribute-values.ts";
import type { DataSet } from "./data-set.ts";
import type { ComplexComponent } from "./instance.ts";

/** Values of ComplexImageComponent (PS3.3 C.8.13.3.1.1). MIXED says nothing of one frame. */
const standardValues: Readonly<Record<string, ComplexComponent>> = {
  MAGNITUDE: "magnitude",
  PHASE: "phase",
  REAL: "real",
  IMAGINARY: "imaginary",
};

/** GE's own attribute (0043,xx2F) of the block of GEMS_PARM_01, "Image Type (real, imaginary, phase, magnitude)". */
const geValues: readonly ComplexComponent[] = ["magnitude", "phase", "real", "imaginary"];

/**
 * Which part of the complex signal an image shows: ComplexImageComponent, else what GE writes in an attribute of its own,
 * where four images of one series differ in nothing else. `undefined` where neither is said.
 */
export function componentOf(dataSet: DataSet): ComplexComponent | undefined {
  const standard = standardValues[textOf(dataSet, "00089208")?.trim().toUpperCase() ?? ""];
  if (standard !== undefined) return standard;
  if (textOf(dataSet, "00430010")?.trim() !== "GEMS_PARM_01") return undefined;
  const value = numberOf(dataSet, "0043102F");
  return value === undefined ? undefined : geValues[value];
}
