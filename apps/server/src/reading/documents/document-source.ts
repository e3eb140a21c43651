import type { Verdicts } from "@etalon/decide";
import type { Result } from "@etalon/measure";
import type { Addendum, PriorResult, ReportReading, Signature } from "@etalon/report";
import type { MeasuredMaterial } from "../../jobs/process/measuring-messages.ts";

/** A picture of the report, drawn. */
export interface DrawnPicture {
  readonly png: Uint8Array;
  readonly caption?: string;
  readonly sopInstanceUid: string;
  readonly frame: number;
}

/** All that a reading's documents are renderings of: plain data, which goes to another thread. */
export interface DocumentSource extends MeasuredMaterial {
  readonly result: Result;
  readonly verdicts: Verdicts;
  readonly sections: ReportReading["sections"];
  readonly pictures: readonly DrawnPicture[];
  readonly prior: PriorResult | null;
  readonly signature: Signature | null;
  readonly addenda: readonly Addendum[];
  readonly predecessor: NonNullable<ReportReading["predecessor"]> | null;
  /** ISO 8601 with offset. */
  readonly createdAt: string;
}
