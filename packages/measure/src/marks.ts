import { EtalonError } from "@etalon/base";
import { z } from "zod";

const finite = z.number();
const pointLpsMm = z.tuple([finite, finite, finite]);

const sphere = z.strictObject({ kind: z.literal("sphere"), centerLpsMm: pointLpsMm, radiusMm: finite.positive() });

const box = z
  .strictObject({ kind: z.literal("box"), minLpsMm: pointLpsMm, maxLpsMm: pointLpsMm })
  .refine((shape) => shape.minLpsMm.every((low, axis) => low < (shape.maxLpsMm[axis] ?? low)), {
    message: "minLpsMm must lie below maxLpsMm on every axis",
  });

const segment = z.strictObject({
  kind: z.literal("segment"),
  /** SOP Instance UID of a DICOM SEG among the files given. */
  sopInstanceUid: z.string().min(1),
  segmentNumber: z.int().positive(),
});

const region = z.strictObject({
  id: z.string().min(1),
  label: z.string().min(1),
  mode: z.enum(["assign", "clip"]).default("assign"),
  shape: z.discriminatedUnion("kind", [sphere, box, segment]),
});

/**
 * Schema of `etalon.marks/1`: what a reader drew or chose. A region's `mode` is `assign` (a lesion in a slice belongs to
 * the region that holds its centroid) or `clip` (only voxels inside count).
 */
export const marksSchema = z.strictObject({
  schema: z.literal("etalon.marks/1"),
  revision: z.int().positive().optional(),
  author: z.strictObject({ name: z.string().min(1), role: z.string().optional() }).optional(),
  /** ISO 8601 time at which the reader saved it. */
  savedAt: z.string().optional(),
  /** SHA-256 of the canonical JSON of the revision before. */
  parentSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  regions: z.array(region),
});

/** A reader's marks, version 1. */
export type Marks = z.infer<typeof marksSchema>;

/** One region of the marks. */
export type Region = Marks["regions"][number];

/**
 * Marks from parsed JSON, with defaults filled in.
 *
 * @throws {EtalonError} `schema-mismatch` naming the first place that does not fit, also for two regions of one id
 */
export function parseMarks(value: unknown): Marks {
  const parsed = marksSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw mismatch(`marks.${(issue?.path ?? []).join(".")}`, issue?.message ?? "not valid");
  }
  const ids = new Set<string>();
  for (const { id } of parsed.data.regions) {
    if (ids.has(id)) throw mismatch("marks.regions", `two regions have the id ${id}`);
    ids.add(id);
  }
  return parsed.data;
}

function mismatch(field: string, received: string): EtalonError {
  return new EtalonError("schema-mismatch", { field, received, details: { schema: "etalon.marks/1" } });
}
