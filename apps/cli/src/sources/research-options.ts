import type { ResearchFileOptions } from "@etalon/volume";

type Value = string | number | null | undefined;

/**
 * How research files are read, from the values of the parameters `nifti-spacing` and `third-axis`; values of another kind
 * are refused elsewhere.
 */
export function researchOptions(values: (id: "nifti-spacing" | "third-axis") => Value): ResearchFileOptions {
  return {
    niftiSpacing: values("nifti-spacing") === "pixdim" ? "pixdim" : "affine",
    thirdAxis: values("third-axis") === "time" ? "time" : "slices",
  };
}
