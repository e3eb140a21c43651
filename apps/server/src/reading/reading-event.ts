import { sql } from "kysely";
import { z } from "zod";
import { analysisChannel } from "../analyses/analysis-event.ts";
import type { Database } from "./reading-place.ts";
import { readingStatuses } from "./reading-tables.ts";

/** What happened to a reading, or to a study's priority. Never a patient's name. */
export const readingEventSchema = z.object({
  siteId: z.number(),
  studyInstanceUid: z.string(),
  /** Null of a priority. */
  protocol: z.string().nullable(),
  version: z.number().nullable(),
  status: z.enum(readingStatuses).nullable(),
  /** Internal id of who did it. */
  by: z.string(),
  change: z.enum(["saved", "run", "preliminary", "signing", "signed", "amended", "priority"]),
});

/** See {@link readingEventSchema}. */
export type ReadingEvent = z.infer<typeof readingEventSchema>;

const payloadSchema = z.object({ reading: readingEventSchema });

/** A notification's payload; `undefined` for what is none of a reading. */
export function parseReadingEvent(payload: string): ReadingEvent | undefined {
  try {
    return payloadSchema.safeParse(JSON.parse(payload)).data?.reading;
  } catch {
    return undefined;
  }
}

/** Tells everybody who listens, once the transaction is kept. */
export async function tellReading(database: Database, event: ReadingEvent): Promise<void> {
  await sql`select pg_notify(${analysisChannel}, ${JSON.stringify({ reading: event })})`.execute(database);
}

/** Tells what became of a reading, as its row stands now. */
export async function tellReadingRow(
  database: Database,
  readingId: number,
  said: Pick<ReadingEvent, "change" | "by">,
): Promise<void> {
  const row = await database
    .selectFrom("reading")
    .innerJoin("study", "study.id", "reading.study_id")
    .select(["reading.site_id", "study_instance_uid", "protocol", "version", "status"])
    .where("reading.id", "=", readingId)
    .executeTakeFirst();
  if (row === undefined) return;
  const { site_id: siteId, study_instance_uid: studyInstanceUid, protocol, version, status } = row;
  await tellReading(database, { siteId, studyInstanceUid, protocol, version, status, ...said });
}
