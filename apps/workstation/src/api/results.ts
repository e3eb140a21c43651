import { z } from "zod";
import { requestJson } from "./request.ts";

const outputSchema = z.object({ id: z.string(), value: z.number(), unit: z.string() });

const resultSchema = z.object({
  digest: z.string(),
  protocol: z.string(),
  studyInstanceUid: z.string(),
  seriesInstanceUid: z.string(),
  provisional: z.boolean(),
  outputs: z.array(outputSchema),
});

/** A result by its sums. */
export type FoundResult = z.infer<typeof resultSchema>;

const analysisSchema = z.object({
  id: z.number(),
  protocol: z.string(),
  studyInstanceUid: z.string(),
  seriesInstanceUid: z.string(),
  state: z.string(),
  progress: z.number(),
  errorCode: z.string().nullable(),
});

/** A measurement that is asked for, under way or ended. */
export type FoundAnalysis = z.infer<typeof analysisSchema>;

/** The newest results of one study, or of all. @throws {ApiError} */
export async function findResults(study?: string): Promise<readonly FoundResult[]> {
  const query = new URLSearchParams({ limit: "1000", ...(study === undefined ? {} : { study }) });
  return z.object({ results: z.array(resultSchema) }).parse(await requestJson(`api/results?${query}`)).results;
}

/** The newest analyses of one study, or of all. @throws {ApiError} */
export async function findAnalyses(study?: string): Promise<readonly FoundAnalysis[]> {
  const query = new URLSearchParams({ limit: "1000", ...(study === undefined ? {} : { study }) });
  return z.object({ analyses: z.array(analysisSchema) }).parse(await requestJson(`api/analyses?${query}`)).analyses;
}
