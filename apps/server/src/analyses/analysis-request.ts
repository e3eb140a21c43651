import { factsSchema } from "@etalon/decide";
import { marksSchema } from "@etalon/measure";
import { z } from "zod";

/** What a measurement is given beside the images: all of it optional. */
export const analysisRequestSchema = z.strictObject({
  /** Parameters other than the protocol's own, and `<id>-source` entries that say why. */
  parameters: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
  /** A reader's marks (`etalon.marks/1`). */
  marks: marksSchema.nullable().default(null),
  /** Inputs that are numbers, by role, in the unit that the role declares. */
  numbers: z.record(z.string(), z.number()).default({}),
  /** Series by role where somebody chose; of a cine, with "@" and the number of the phase, from 1. */
  roles: z.record(z.string(), z.string().max(80)).default({}),
  /** Other series whose images may play a role. */
  series: z.array(z.string().max(64)).max(64).default([]),
  /** What is known of the person (`etalon.facts/1`), for the verdicts in the report; no number depends on it. */
  facts: factsSchema.nullable().default(null),
});

/** See {@link analysisRequestSchema}. */
export type AnalysisRequest = z.output<typeof analysisRequestSchema>;

/** What a series is measured with when it arrives: nothing but the images. */
export const arrivalRequest: AnalysisRequest = analysisRequestSchema.parse({});
