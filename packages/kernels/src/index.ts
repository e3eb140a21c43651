export { cos, exp, log, pow, sin } from "./elementary.ts";
export { labelRunsInPlane, labelRunsInSpace, type PlaneConnectivity, type RunLabels } from "./label-runs.ts";
export { findRuns, type RunSearch, type Runs } from "./runs.ts";
