export { averageToSlabs } from "./average-to-slabs.ts";
export { buildLedger } from "./build-ledger.ts";
export { createFrameReader, type FrameReader } from "./frame-reader.ts";
export { gridNifti } from "./grid-nifti.ts";
export type {
  Ledger,
  LedgerEntry,
  LedgerNote,
  Place,
  Stack,
  StackAxis,
  StackFrame,
  StackInstance,
  UndecidedInstance,
  UnplacedReason,
} from "./ledger.ts";
export { ledgerSummary } from "./ledger-summary.ts";
export { type LoadSeriesOptions, loadSeries4D } from "./load-series-4d.ts";
export { type LoadOptions, loadVolume } from "./load-volume.ts";
export type { ResearchFileOptions } from "./receive-nifti.ts";
export { type Received, receiveSource } from "./receive-source.ts";
export type { ReceivedInstance, ReceivedOther, VersionChoices } from "./received.ts";
export type { Series4D } from "./series-4d.ts";
export { stackOfFrames } from "./stack-of-frames.ts";
export type { Vector3 } from "./vector3.ts";
export type { Grid, Volume } from "./volume.ts";
export { lpsToContinuousVoxel, voxelToLps } from "./voxel-to-lps.ts";
