export { type NiftiGeometry, type NiftiSpacing, niftiGeometry } from "./nifti/nifti-geometry.ts";
export { isNifti, type NiftiHeader, niftiHeaderLength, niftiTypes } from "./nifti/nifti-header.ts";
export { type NiftiSamples, niftiSlice } from "./nifti/nifti-samples.ts";
export { isGzip, type NiftiFile, readNifti } from "./nifti/read-nifti.ts";
export { readSideFile, type SideFile } from "./nifti/side-file.ts";
export { type NiftiImage, writeNifti } from "./nifti/write-nifti.ts";
