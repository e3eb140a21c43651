import type { ResearchFileOptions } from "@etalon/volume";

/** How research files are read, from the value of the parameter `nifti-spacing`; a value of another kind is refused elsewhere. */
export function researchOptions(niftiSpacing: string | number | null | undefined): ResearchFileOptions {
  return { niftiSpacing: niftiSpacing === "pixdim" ? "pixdim" : "affine" };
}
