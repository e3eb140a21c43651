import { canonicalJson } from "@etalon/base";
import { derivedUid, type KeywordRecord } from "@etalon/dicom";
import type { Grid } from "@etalon/volume";
import type { ReportInput } from "../report-input.ts";

/** The study's own; where its images name none, one that says no more than that these voxels lie together. */
export function frameOfReferenceUid({ context, result }: ReportInput): string {
  const { frameOfReferenceUid: own, study } = context;
  return own ?? derivedUid(canonicalJson(["etalon", "frame-of-reference", study.instanceUid, result.digest]));
}

/** The item of the Pixel Measures functional group (PS3.3 C.7.6.16.2.1). */
export function pixelMeasures(grid: Grid): KeywordRecord {
  return {
    SliceThickness: grid.sliceThicknessMm,
    SpacingBetweenSlices: evenSpacingMm(grid),
    PixelSpacing: [grid.rowSpacingMm, grid.columnSpacingMm],
  };
}

/** Slices whose distances differ by less than this are evenly spaced, mm. */
const spacingToleranceMm = 0.01;

function evenSpacingMm({ sliceIncrementsMm: increments }: Grid): number | undefined {
  const [first] = increments;
  return increments.every((mm) => Math.abs(mm - first) < spacingToleranceMm) ? first : undefined;
}
