export { cos, exp, log, pow, sin } from "./elementary.ts";
export { type FermiFit, type FermiModel, type FermiOutcome, fitFermi, prepareFermiModel } from "./fermi-fit.ts";
export { labelRunsInPlane, labelRunsInSpace, type PlaneConnectivity, type RunLabels } from "./label-runs.ts";
export { fitMagnitudeRecovery, recoveryRoom } from "./magnitude-recovery.ts";
export { fitRate, prepareRateModel, type RateFit, type RateModel, type RateOutcome, spreadRates } from "./rate-fit.ts";
export { decayCurve, saturationCurve, spoiledEchoCurve } from "./relaxation-curves.ts";
export { findRuns, type RunSearch, type Runs } from "./runs.ts";
