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

/** What `assign` and `clip` mean: see {@link marksSchema}. */
const mode = z.enum(["assign", "clip"]).default("assign");

const regionOfVersion1 = z.strictObject({
  id: z.string().min(1),
  label: z.string().min(1),
  mode,
  shape: z.discriminatedUnion("kind", [sphere, box, segment]),
});

const contour = z
  .strictObject({
    kind: z.literal("contour"),
    /** SOP Instance UID of the image it is drawn on. */
    sopInstanceUid: z.string().min(1),
    /** Frame of a multi-frame image, from 1. */
    frameNumber: z.int().positive().default(1),
    /** Corners of the closed polygon in patient space; the last is joined to the first. */
    pointsLpsMm: z.array(pointLpsMm).min(3).optional(),
    /** The same in the image: column and row, the centre of the first pixel at [0, 0]. */
    pointsColumnRow: z
      .array(z.tuple([finite, finite]))
      .min(3)
      .optional(),
  })
  .refine((shape) => (shape.pointsLpsMm === undefined) !== (shape.pointsColumnRow === undefined), {
    message: "either pointsLpsMm or pointsColumnRow",
  });

/** A click: where something is, as the seed of a proposal. */
const point = z.strictObject({ kind: z.literal("point"), pointLpsMm });

const region = z.strictObject({
  id: z.string().min(1),
  label: z.string().min(1),
  mode,
  /** Input that it is drawn on, for a protocol with several. */
  role: z.string().min(1).optional(),
  shape: z.discriminatedUnion("kind", [sphere, box, segment, contour, point]),
});

const labelMap = z.strictObject({
  /** Path of the label map, beside the marks or as the command line would name it. */
  file: z.string().min(1),
  /** SHA-256 of its decompressed bytes, once it was read: by it a replay knows the file. */
  dataSetSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Input on whose grid it lies. */
  role: z.string().min(1),
  /** Structure by voxel value; values that are not named count as nothing. */
  labels: z.record(z.string().regex(/^-?\d+$/), z.string().min(1)),
});

const pairMm = z.tuple([finite, finite]);

/** A rigid movement in the plane of one slice of one image of an input that is fitted image by image. */
const imageTransform = z.strictObject({
  role: z.string().min(1),
  /** From 1, in the order of the weightings. */
  image: z.int().positive(),
  /** From 1. */
  slice: z.int().positive().default(1),
  /** Turns the first axis (columns) towards the second (rows), about `centerMm`. */
  angleDeg: finite.min(-180).max(180),
  /** Along columns and rows, from the centre of the first pixel. */
  centerMm: pairMm,
  /** Where a point of the reference lies in the image, after the turn. */
  translationMm: pairMm,
  /** Program that found it, with its version. */
  by: z.string().min(1),
});

const document = {
  revision: z.int().positive().optional(),
  author: z.strictObject({ name: z.string().min(1), role: z.string().optional() }).optional(),
  /** ISO 8601 time at which the reader saved it. */
  savedAt: z.string().optional(),
  /** SHA-256 of the canonical JSON of the revision before. */
  parentSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Label maps that name structures; without one, `regions` must be there. */
  labelMaps: z.array(labelMap).min(1).optional(),
};

/** Schema of `etalon.marks/1`: regions of simple shapes, and label maps. */
export const marksSchemaOfVersion1 = z.strictObject({
  schema: z.literal("etalon.marks/1"),
  ...document,
  regions: z.array(regionOfVersion1).default([]),
});

/** Schema of `etalon.marks/2`: contours and clicks too, and the input that each region is drawn on. */
export const marksSchemaOfVersion2 = z.strictObject({
  schema: z.literal("etalon.marks/2"),
  ...document,
  regions: z.array(region).default([]),
});

/** Schema of `etalon.marks/3`: movements of images too, found by a registration; without any, nothing is moved. */
export const marksSchemaOfVersion3 = z.strictObject({
  schema: z.literal("etalon.marks/3"),
  ...document,
  regions: z.array(region).default([]),
  transforms: z.array(imageTransform).default([]),
});

/**
 * What a reader drew or chose, of any version. A region's `mode` is `assign` (a lesion in a slice belongs to the region
 * that holds its centroid) or `clip` (only voxels inside count).
 */
export const marksSchema = z.discriminatedUnion("schema", [
  marksSchemaOfVersion1,
  marksSchemaOfVersion2,
  marksSchemaOfVersion3,
]);

/** A reader's marks, of any version that is read. */
export type Marks = z.infer<typeof marksSchema>;

/** One region of the marks, of any version. */
export type Region = z.infer<typeof region> | z.infer<typeof regionOfVersion1>;

/** A movement of one slice of one image. */
export type ImageTransform = z.infer<typeof imageTransform>;

/** The movements of images that marks hold. */
export function transformsOf(marks: Marks | null): readonly ImageTransform[] {
  return marks?.schema === "etalon.marks/3" ? marks.transforms : [];
}

/** A label map that marks name. */
export type LabelMap = z.infer<typeof labelMap>;

/**
 * Marks from parsed JSON, with defaults filled in.
 *
 * @throws {EtalonError} `schema-mismatch` naming the first place that does not fit, also for two regions of one id
 */
export function parseMarks(value: unknown): Marks {
  const parsed = marksSchema.safeParse(value);
  if (parsed.success && !drawsSomething(value)) throw mismatch("marks.regions", "neither regions nor labelMaps");
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

/** Whether a document says what was drawn, be it nothing. */
function drawsSomething(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "regions" in value || "labelMaps" in value || "transforms" in value;
}

function mismatch(field: string, received: string): EtalonError {
  return new EtalonError("schema-mismatch", { field, received, details: { schema: "etalon.marks/1, /2, /3" } });
}
