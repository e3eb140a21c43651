import { z } from "zod";
import { conclusions, meanings, patientChecks, reserves } from "./comparison.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const text = z.strictObject({ en: z.string(), fr: z.string() });

const limit = z.strictObject({
  value: z.number(),
  condition: z.string(),
  circumstances: text,
  citation: z.string(),
  doi: z.string().optional(),
  readAt: text,
});

const output = z.strictObject({
  output: z.string(),
  site: z.string().optional(),
  unit: z.string(),
  earlier: z.number(),
  later: z.number(),
  change: z.number(),
  changePercent: z.number().nullable(),
  meaning: z.enum(meanings),
  limits: z.array(limit),
  conclusion: z.enum(conclusions),
  reserve: z.enum(reserves).optional(),
});

/** Schema of `etalon.comparison/1`, which `compareResults` writes. */
export const comparisonSchema = z.strictObject({
  schema: z.literal("etalon.comparison/1"),
  protocol: z.strictObject({ id: z.string(), version: z.string() }),
  earlier: sha256,
  later: sha256,
  dates: z.strictObject({ earlier: day, later: day }).nullable(),
  daysBetween: z.int().nullable(),
  patient: z.enum(patientChecks),
  differentParameters: z.array(z.strictObject({ id: z.string(), earlier: z.string(), later: z.string() })),
  outputs: z.array(output),
  onlyEarlier: z.array(z.string()),
  onlyLater: z.array(z.string()),
  digest: sha256,
});
