export { type ProposalRules, proposeBloodPool } from "./cardiac/lv-function/propose-blood-pool.ts";
export { defaultProposalRules } from "./cardiac/lv-function/structures-of.ts";
export { catalog } from "./catalog.ts";
export { type CalciumCategory, calciumCategory } from "./coronary/calcium-score/categories.ts";
export { type LesionScore, type ScoreRules, scoreLesions } from "./coronary/calcium-score/score.ts";
export { findBrightRuns, findSliceLesions, type SliceLesions } from "./coronary/calcium-score/slice-lesions.ts";
export { digestOf } from "./digest.ts";
export { gatherWeighted, holdsWeightings, isWeighted } from "./gather-weighted.ts";
export { publishedSchemas } from "./json-schemas.ts";
export { mapNifti } from "./mapping/map-nifti.ts";
export type { ParametricMap } from "./mapping/parametric-map.ts";
export { type ImageTransform, type Marks, marksSchema, parseMarks, type Region } from "./marks.ts";
export { type Overrides, type ParameterRecord, resolveParameters } from "./parameters.ts";
export type { MeasuredCurve } from "./perfusion/measured-curve.ts";
export type {
  AnyProtocol,
  Candidate,
  CandidateRuns,
  DrawnStructure,
  ItemMask,
  MeasureInputs,
  Measurement,
  NumberRole,
  Output,
  OutputDeclaration,
  Parameter,
  Protocol,
  QualityNote,
  Role,
  RoleMatch,
  SensitivityRow,
  SeriesInput,
  SeriesRole,
  WeightedInput,
  WeightedRole,
} from "./protocol.ts";
export { type PointLpsMm, type ResolvedRegion, resolveAnalyticRegion } from "./region.ts";
export { parseResult, type Recipe, type Result, resultSchema } from "./result.ts";
export { type PreparedRun, prepareRun, type RunRequest, runProtocol } from "./run.ts";
export { type CompareOptions, compareResults, type PatientIdentity } from "./serial-compare/compare-results.ts";
export type { ComparedOutput, Comparison, Conclusion, Reserve } from "./serial-compare/comparison.ts";
export { type Difference, type ReceivedImage, type ReplaySources, type Verdict, verifyResult } from "./verify.ts";
