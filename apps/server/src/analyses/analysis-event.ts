import { z } from "zod";
import { analysisStates } from "../database/schema.ts";

/** Channel of the database on which every change of an analysis is told. */
export const analysisChannel = "etalon_analysis";

/** An analysis as its latest change left it: what listeners are told. Never a patient's name. */
export const analysisEventSchema = z.object({
  id: z.number(),
  siteId: z.number(),
  /** Grows with every change of any analysis. */
  revision: z.number(),
  state: z.enum(analysisStates),
  progress: z.number(),
  step: z.string().nullable(),
  attempts: z.number(),
  errorCode: z.string().nullable(),
  protocol: z.string(),
  studyInstanceUid: z.string(),
  seriesInstanceUid: z.string(),
  resultDigest: z.string().nullable(),
});

/** See {@link analysisEventSchema}. */
export type AnalysisEvent = z.infer<typeof analysisEventSchema>;

/** A notification's payload; `undefined` for what is none of ours. */
export function parseAnalysisEvent(payload: string): AnalysisEvent | undefined {
  try {
    return analysisEventSchema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
