import { EtalonError } from "@etalon/base";
import { definitionOf, type Facts, factsSchema, isFactId, parseFacts } from "@etalon/decide";
import { type AnyProtocol, marksSchema, parseMarks, resolveParameters } from "@etalon/measure";
import { z } from "zod";
import { textSchema, uidSchema } from "../api/parse-asked.ts";

/** Characters of one section of a report, or of an addendum. */
export const longestText = 20_000;

/** Bytes of one document: contours on every slice of a cine are some megabytes. */
export const longestDocument = 8 * 1024 ** 2;

/** Pictures that a report shows at most. */
const mostKeyImages = 12;

/** Lengths, angles and regions of one reading at most. */
const mostMeasurements = 1000;

/** A text that a reader writes: paragraphs, without NUL. */
export const writtenSchema = z
  .string()
  .max(longestText)
  .regex(/^[^\0]*$/, "a text without NUL");

const sectionsSchema = z.strictObject({
  indication: writtenSchema.optional(),
  findings: writtenSchema.optional(),
  conclusion: writtenSchema.optional(),
  comment: writtenSchema.optional(),
});

const keyImageSchema = z.strictObject({
  sopInstanceUid: uidSchema,
  /** From 1. */
  frame: z.int().positive().default(1),
  /** As VOI LUT windows are: in the values after rescale. */
  window: z.strictObject({ center: z.number(), width: z.number().positive() }).optional(),
  caption: textSchema.max(200).optional(),
});

/** Something drawn on a picture, in its pixels: a length, an angle, the box around a region. */
const measurementSchema = z.strictObject({
  id: textSchema.max(100),
  kind: z.enum(["length", "angle", "ellipse", "rectangle"]),
  /** SOP Instance UID, "/" and the number of the frame, from 1. */
  pictureId: z.string().regex(/^[\d.]{1,64}\/[1-9]\d{0,8}$/, "a SOP Instance UID, / and a frame"),
  seriesInstanceUid: uidSchema,
  /** Column and row of each point. */
  points: z
    .array(z.tuple([z.number(), z.number()]))
    .min(2)
    .max(3),
});

/** A picture that the reader chose for the report. */
export type ChosenKeyImage = z.output<typeof keyImageSchema>;

/** `etalon.reading/1`: all that a reader did and wrote. */
export const readingDocumentSchema = z.strictObject({
  schema: z.literal("etalon.reading/1"),
  marks: marksSchema.nullable().default(null),
  /** Parameters other than the protocol's own, and `<id>-source` entries that say why. */
  parameters: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
  /** Inputs that are numbers, by role, in the unit that the role declares. */
  numbers: z.record(z.string(), z.number()).default({}),
  facts: factsSchema.nullable().default(null),
  /** Series by role where the reader chose; of a cine, with "@" and the number of the phase, from 1. */
  roles: z
    .record(z.string(), z.string().regex(/^\d+(\.\d+)*(@\d+)?$/, "a series UID, with @phase or without"))
    .default({}),
  /** What the reader wrote, by language. */
  sections: z.strictObject({ en: sectionsSchema.optional(), fr: sectionsSchema.optional() }).default({}),
  keyImages: z.array(keyImageSchema).max(mostKeyImages).default([]),
  /** What was drawn to look, not to measure by the protocol: it changes no result. */
  measurements: z.array(measurementSchema).max(mostMeasurements).default([]),
  /** Of the report; the server's where absent. */
  language: z.enum(["en", "fr"]).optional(),
});

/** See {@link readingDocumentSchema}. */
export type ReadingDocument = z.output<typeof readingDocumentSchema>;

/**
 * Refuses what would only be found when it is measured or printed.
 *
 * @throws {EtalonError} `schema-mismatch` of the marks; `unknown-name`, `wrong-type`, `out-of-range`,
 *   `override-without-source` of parameters, numbers and roles; what `parseFacts` finds; `fact-not-kept`
 */
export function refuseUnusable(protocol: AnyProtocol, document: ReadingDocument): void {
  if (document.marks !== null) parseMarks(document.marks);
  resolveParameters(protocol, document.parameters);
  for (const role of Object.keys(document.numbers)) requireRole(protocol, role, "number");
  for (const role of Object.keys(document.roles)) requireRole(protocol, role, "series");
  refuseSensitive(factsOf(document));
}

/** Refuses what only a protocol makes use of. @throws {EtalonError} `unknown-name` */
export function refuseMeasured(document: ReadingDocument): void {
  const { schema: _schema, measurements: _measurements, language: _language, ...others } = document;
  for (const [name, value] of Object.entries(others)) {
    if (value === null || Object.keys(value).length === 0) continue;
    throw new EtalonError("unknown-name", { field: "document", received: name, details: { expected: "measurements" } });
  }
}

/** The facts of a document. @throws {EtalonError} as `parseFacts` */
export function factsOf({ facts }: Pick<ReadingDocument, "facts">): Facts {
  return facts === null ? new Map() : parseFacts(facts);
}

function requireRole(protocol: AnyProtocol, role: string, kind: "number" | "series"): void {
  if (Object.hasOwn(protocol.roles, role) && protocol.roles[role]?.kind === kind) return;
  const expected = Object.entries(protocol.roles)
    .flatMap(([id, declared]) => (declared.kind === kind ? [id] : []))
    .join(", ");
  throw new EtalonError("unknown-name", { field: `${kind} role`, received: role, details: { expected } });
}

/** A sensitive fact is given again each time it is needed: it stands in no table and in no backup. */
function refuseSensitive(facts: Facts): void {
  for (const id of facts.keys()) {
    if (isFactId(id) && definitionOf(id).isSensitive === true) throw new EtalonError("fact-not-kept", { field: id });
  }
}
