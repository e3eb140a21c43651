import { z } from "zod";
import { personSchema } from "./find-versions.ts";
import type { Database } from "./reading-place.ts";

/** The signature of a reading and what was added since, as the API shows them. */
export const editionsSchema = z.object({
  signature: z
    .object({
      version: z.number(),
      digest: z.string(),
      signedAt: z.string(),
      by: personSchema,
      organization: z.string().nullable(),
      editions: z.array(
        z.object({
          edition: z.number(),
          kind: z.enum(["signed", "addendum"]),
          at: z.string(),
          by: personSchema,
          /** Of the objects among the study's instances. */
          sopInstanceUids: z.array(z.string()),
        }),
      ),
    })
    .nullable(),
  addenda: z.array(
    z.object({
      edition: z.number(),
      text: z.string(),
      language: z.enum(["en", "fr"]),
      at: z.string(),
      by: personSchema,
    }),
  ),
});

/** The signature of a reading and its addenda, as the API shows them. */
export async function readEditions(database: Database, readingId: number): Promise<z.output<typeof editionsSchema>> {
  const rows = await database
    .selectFrom("reading_edition")
    .select([
      "edition",
      "version",
      "digest",
      "addendum",
      "language",
      "signed_by",
      "signer_name",
      "organization",
      "signed_at",
    ])
    .where("reading_id", "=", readingId)
    .orderBy("edition")
    .execute();
  const [first] = rows;
  if (first === undefined) return { signature: null, addenda: [] };
  const objects = await objectsOf(database, readingId);
  const editions = rows.map((row) => ({
    edition: row.edition,
    kind: row.addendum === null ? ("signed" as const) : ("addendum" as const),
    at: row.signed_at.toISOString(),
    by: { id: row.signed_by, name: row.signer_name },
    sopInstanceUids: objects.get(row.edition) ?? [],
  }));
  return {
    signature: {
      version: first.version,
      digest: first.digest.toString("hex"),
      signedAt: first.signed_at.toISOString(),
      by: { id: first.signed_by, name: first.signer_name },
      organization: first.organization,
      editions,
    },
    addenda: rows.flatMap((row) =>
      row.addendum === null
        ? []
        : [
            {
              edition: row.edition,
              text: row.addendum,
              language: row.language,
              at: row.signed_at.toISOString(),
              by: { id: row.signed_by, name: row.signer_name },
            },
          ],
    ),
  };
}

async function objectsOf(database: Database, readingId: number): Promise<ReadonlyMap<number, string[]>> {
  const rows = await database
    .selectFrom("reading_file")
    .select(["edition", "sop_instance_uid"])
    .where("reading_id", "=", readingId)
    .where("sop_instance_uid", "is not", null)
    .orderBy("id")
    .execute();
  const found = new Map<number, string[]>();
  for (const { edition, sop_instance_uid: uid } of rows) {
    if (uid === null) continue;
    found.set(edition, [...(found.get(edition) ?? []), uid]);
  }
  return found;
}
