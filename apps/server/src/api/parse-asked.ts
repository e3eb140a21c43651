import { EtalonError } from "@etalon/base";
import { z } from "zod";

/**
 * What a request asks, checked by its schema.
 *
 * @throws {EtalonError} `request-malformed` naming the first part that does not fit
 */
export function parseAsked<Schema extends z.ZodType>(schema: Schema, asked: unknown): z.output<Schema> {
  const parsed = schema.safeParse(asked ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = (issue?.path ?? []).join(".") || (issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : "body");
  throw new EtalonError("request-malformed", {
    field,
    received: "…",
    details: { expected: issue?.message ?? "valid" },
  });
}

/** A UID in a request (PS3.5 section 9.1). */
export const uidSchema = z
  .string()
  .max(64)
  .regex(/^\d+(\.\d+)*$/, "a UID of PS3.5 section 9.1");

/** A text that PostgreSQL takes: without NUL. */
export const textSchema = z
  .string()
  .max(1024)
  .regex(/^[^\0]*$/, "a text without NUL");

/** The number of a row in a path: a 32-bit integer of PostgreSQL. */
export const rowIdSchema = z.strictObject({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
});

/** A SHA-256 in a request. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

/** How many entries one answer may hold. */
export const mostEntries = 1000;

/** Which part of a list is asked for; in queries, where all is text. */
export const pageSchema = {
  limit: z.coerce.number().int().min(1).max(mostEntries).default(100),
  offset: z.coerce.number().int().min(0).default(0),
};
