export { debianPython, describeWithPeer, hasProgram, hasPythonModule } from "./peer-program.ts";
export { describeWithSharedData, sharedDataPath, sharedDataRoot } from "./shared-data.ts";
