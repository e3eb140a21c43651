import { z } from "zod";
import type { TraceNode } from "./verdict.ts";

const text = z.strictObject({ en: z.string(), fr: z.string() });
const value = z.union([z.number(), z.string(), z.boolean()]);
const trace: z.ZodType<TraceNode> = z.lazy(() =>
  z.strictObject({
    truth: z.union([z.boolean(), z.literal("unknown")]),
    condition: z.string(),
    received: value.optional(),
    parts: z.array(trace).optional(),
  }),
) as z.ZodType<TraceNode>;

const source = z.strictObject({
  citation: z.string(),
  doi: z.string().optional(),
  isDoiRecalled: z.boolean().optional(),
  document: z.string().optional(),
  edition: z.string(),
  table: z.string().optional(),
  verification: z.enum(["primary", "public-source", "not-verified"]),
  confirmedIn: z.string().optional(),
  lastChecked: z.string(),
  supersededBy: z.string().optional(),
  isRetracted: z.boolean(),
});

const verdict = z.strictObject({
  rule: z.string(),
  pack: z.string(),
  outcome: z.enum(["applies", "does-not", "undetermined"]),
  value: z.record(z.string(), value).optional(),
  missing: z.array(z.string()).optional(),
  kind: z.enum(["guideline", "consensus", "risk-equation", "expert-opinion"]),
  class: z.enum(["I", "IIa", "IIb", "III", "none"]),
  level: z.enum(["A", "B", "B-R", "B-NR", "C", "C-LD", "C-EO", "none"]),
  source,
  title: text,
  statement: text,
  caveats: z.array(text),
  needsAgain: z.array(z.string()).optional(),
  trace: z.array(trace),
});

/** Schema of `etalon.verdicts/1`. */
export const verdictsSchema = z.strictObject({
  schema: z.literal("etalon.verdicts/1"),
  packs: z.array(z.strictObject({ id: z.string(), version: z.string() })),
  facts: z.array(
    z.strictObject({
      id: z.string(),
      value,
      unit: z.string().optional(),
      source: z.string(),
      date: z.string().optional(),
      needsAgain: z.array(z.string()).optional(),
    }),
  ),
  verdicts: z.array(verdict),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
