import type { Language } from "@etalon/base";
import type { StudyContext } from "@etalon/dicom";
import type { MeasuredCurve, ParametricMap, Result } from "@etalon/measure";
import type { LesionSegmentation, SourceInstance } from "@etalon/report";
import type { AnalysisRequest } from "../../analyses/analysis-request.ts";
import type { StoreChoice } from "../../store/open-blob-store.ts";

/** What is measured: everything that the answer depends on, and where the bytes lie. */
export interface MeasuringTask {
  /** The blob store. */
  readonly store: StoreChoice;
  readonly instances: readonly {
    readonly sopInstanceUid: string;
    readonly fileSha256: string;
    readonly sizeBytes: number;
  }[];
  readonly protocolId: string;
  readonly request: AnalysisRequest;
  /** Language of the report. */
  readonly language: Language;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** What a task is doing. */
export type MeasuringStep = "reading" | "loading" | "measuring" | "reporting";

/** What documents are made of besides the result: plain data, read from the images' headers. */
export interface MeasuredMaterial {
  readonly context: StudyContext;
  readonly sources: readonly SourceInstance[];
  /** The segmentation as reports refer to it; null where there is none. */
  readonly segmentation: Omit<LesionSegmentation, "bytes"> | null;
  /** The points of the result's curves; absent of what was measured before reports drew them. */
  readonly curves?: readonly PlainCurve[];
}

/** A curve as JSON keeps it. */
export interface PlainCurve extends Omit<MeasuredCurve, "timesS" | "values"> {
  readonly timesS: readonly number[];
  readonly values: readonly number[];
}

/** How a task ended. */
export type MeasuringOutcome =
  | {
      readonly kind: "done";
      readonly result: Result;
      readonly material: MeasuredMaterial;
      /** Part 10 files to be stored beside the images, where there is a study and something to be outlined. */
      readonly segmentation: Uint8Array | null;
      readonly report: Uint8Array | null;
      readonly maps: readonly ParametricMap[];
    }
  /** No correct number can be given: an answer too. */
  | { readonly kind: "refused"; readonly errorCode: string }
  /** What was given cannot be used, however often it is tried. */
  | { readonly kind: "failed"; readonly errorCode: string }
  /** Something around it went wrong, and may not the next time. */
  | { readonly kind: "broken"; readonly errorCode: string };

/** From the process that measures. */
export type MeasuringMessage =
  | { readonly kind: "progress"; readonly step: MeasuringStep; readonly progress: number }
  | { readonly kind: "ended"; readonly outcome: MeasuringOutcome };
