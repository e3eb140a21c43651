import type { DicomObject } from "./dicom-object.ts";

/** A segmentation and the number that each item of the result has in it. */
export interface LesionSegmentation extends DicomObject {
  readonly segments: readonly { readonly item: string; readonly number: number }[];
}
