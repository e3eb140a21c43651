export { buildCtSeries, type CtSeries, type CtSlice } from "./ct-series.ts";
export type { Phantom, PhantomFile, PhantomKind, PhantomMarks, PhantomRequest, PhantomTruth } from "./phantom.ts";
export { phantomKinds } from "./phantom-kinds.ts";
export { syntheticUid } from "./synthetic-uid.ts";
export { type ThoraxPhantomOptions, thoraxPhantomDefaults } from "./thorax/thorax-options.ts";
export { buildThoraxPhantom } from "./thorax/thorax-phantom.ts";
export type { CalcificationTruth, LesionTruth, ThoraxTruth, TruthSum } from "./thorax/thorax-truth.ts";
