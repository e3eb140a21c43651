export { buildVolume, type VolumeOverrides } from "./build-volume.ts";
export { buildInstanceHeader, type HeaderOverrides } from "./instance-header.ts";
export { debianPython, describeWithPeer, hasProgram, hasPythonModule } from "./peer-program.ts";
export { buildReceivedInstance } from "./received-instance.ts";
export { describeWithSharedData, sharedDataPath, sharedDataRoot } from "./shared-data.ts";
