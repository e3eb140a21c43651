export { buildNifti, type NiftiOptions } from "./build-nifti.ts";
export { buildVolume, type VolumeOverrides } from "./build-volume.ts";
export {
  buildConstructedCt,
  type ConstructedBox,
  type ConstructedCt,
  type ConstructedStudy,
} from "./constructed-ct.ts";
export { buildConstructedFiles } from "./constructed-files.ts";
export { createFhirValidator, type FhirValidator } from "./fhir-validator.ts";
export { buildInstanceHeader, type HeaderOverrides } from "./instance-header.ts";
export { type MeasuredPhantom, type MeasuredPhantomOptions, measurePhantom } from "./measured-phantom.ts";
export { outputValue } from "./output-value.ts";
export {
  freePort,
  type ProgramOutcome,
  type ProgramPlace,
  type RunningPeer,
  runProgram,
  startPeer,
} from "./peer-process.ts";
export { debianPython, describeWithPeer, hasProgram, hasPythonModule } from "./peer-program.ts";
export { receiveFolder } from "./receive-folder.ts";
export { type ReceivedFiles, receiveFiles } from "./receive-in-memory.ts";
export { buildReceivedInstance } from "./received-instance.ts";
export { type Asked, prepareStudy, runStudy } from "./run-study.ts";
export { scoreConstructedCt } from "./score-constructed-ct.ts";
export { describeWithSharedData, sharedDataPath, sharedDataRoot } from "./shared-data.ts";
export { verifyStudy } from "./verify-study.ts";
export { buildWeightedFiles, type WeightedFiles } from "./weighted-files.ts";
