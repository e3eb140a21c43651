import { EtalonError, type JsonValue } from "@etalon/base";
import { z } from "zod";
import { marksSchema } from "./marks.ts";

const json: z.ZodType<JsonValue> = z.json();
const details = z.record(z.string(), json);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const code = z.strictObject({
  value: z.string(),
  scheme: z.enum(["LN", "SCT", "DCM", "RADLEX", "99ETALON"]),
  meaning: z.string(),
});

const output = z.strictObject({
  id: z.string(),
  value: z.number(),
  unit: z.string(),
  site: z.string().optional(),
  item: z.string().optional(),
  code,
});

const candidate = z.strictObject({
  id: z.string(),
  status: z.enum(["candidate", "excluded", "assigned"]),
  reason: z.string().optional(),
  site: z.string().optional(),
  item: z.string().optional(),
  measures: details,
});

const storedArray = z.strictObject({ id: z.string(), unit: z.string(), sha256 });

const recipe = z.strictObject({
  /** Every image that was measured, sorted by role and hash. */
  inputs: z.array(
    z.strictObject({
      kind: z.enum(["dicom", "nifti"]),
      role: z.string(),
      dataSetSha256: sha256,
      uid: z.string(),
      /** Frames that were measured, from 1; all of the object's when absent. */
      frames: z.array(z.int().positive()).optional(),
    }),
  ),
  numbers: z.array(z.strictObject({ role: z.string(), value: z.number(), unit: z.string() })),
  /** Which series played which role, and who chose it. */
  roles: z.array(z.strictObject({ role: z.string(), stackId: z.string(), chosenBy: z.enum(["rule", "user"]) })),
  /** Versions chosen among data sets that share one UID. */
  choices: z.array(z.strictObject({ uid: z.string(), dataSetSha256: sha256, source: z.string().optional() })),
  marks: marksSchema.nullable(),
  parameters: z.array(
    z.strictObject({
      id: z.string(),
      value: z.union([z.number(), z.string(), z.null()]),
      unit: z.string().optional(),
      source: z.enum(["default", "override"]),
      overrideSource: z.string().optional(),
    }),
  ),
  /** SHA-256 of each part of the recipe, by a name such as "mark:r1", so that a change can be named. */
  hashes: z.record(z.string(), sha256),
});

/** Schema of `etalon.result/1`. */
export const resultSchema = z.strictObject({
  schema: z.literal("etalon.result/1"),
  protocol: z.strictObject({ id: z.string(), version: z.string() }),
  outputs: z.array(output),
  provisional: z.boolean(),
  quality: z.array(z.strictObject({ code: z.string(), severity: z.enum(["info", "warning"]), details })),
  candidates: z.array(candidate),
  maps: z.array(storedArray),
  curves: z.array(storedArray),
  sensitivity: z.array(
    z.strictObject({
      parameter: z.string(),
      choice: z.string(),
      output: z.string(),
      value: z.number(),
      category: z.string(),
      changesCategory: z.boolean(),
    }),
  ),
  /** Summary of what was received and where it went; beside the digest, since it holds paths. */
  ledger: json,
  recipe,
  /** SHA-256 of the canonical JSON of everything that the result depends on and everything it says. */
  digest: sha256,
  /** What computed it; beside the digest. */
  build: z.strictObject({ etalon: z.string(), engine: z.string() }),
});

/** A result, version 1. */
export type Result = z.infer<typeof resultSchema>;

/** What a result was made from. */
export type Recipe = Result["recipe"];

/**
 * A result from parsed JSON.
 *
 * @throws {EtalonError} `schema-mismatch` naming the first place that does not fit
 */
export function parseResult(value: unknown): Result {
  const parsed = resultSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new EtalonError("schema-mismatch", {
    field: `result.${(issue?.path ?? []).join(".")}`,
    received: issue?.message ?? "not valid",
    details: { schema: "etalon.result/1" },
  });
}
