import { z } from "zod";
import { analysisStates } from "../database/schema.ts";
import { protocolOf, type ReadingRow } from "./find-reading.ts";
import { personSchema } from "./find-versions.ts";
import { editionsSchema, readEditions } from "./read-editions.ts";
import { type Database, measurementsOnly } from "./reading-place.ts";
import { readingStatuses } from "./reading-tables.ts";

/** A reading as it stands, as the API shows it. */
export const readingStateSchema = z.object({
  studyInstanceUid: z.string(),
  protocol: z.string(),
  /** Null of measurements without a protocol. */
  protocolVersion: z.string().nullable(),
  status: z.enum(readingStatuses),
  version: z.number(),
  savedAt: z.string(),
  author: personSchema,
  /** The draft that was asked for last; its state is that of its analysis. */
  run: z
    .object({
      version: z.number(),
      analysisId: z.number(),
      state: z.enum(analysisStates),
      progress: z.number(),
      step: z.string().nullable(),
      errorCode: z.string().nullable(),
      digest: z.string().nullable(),
      provisional: z.boolean().nullable(),
    })
    .nullable(),
  preliminary: z.object({ version: z.number(), at: z.string(), by: z.string() }).nullable(),
  /** The signature that was asked for last. */
  signing: z
    .object({
      version: z.number(),
      digest: z.string(),
      state: z.enum(["checking", "done", "refused", "failed", "cancelled"]),
      progress: z.number(),
      computedDigest: z.string().nullable(),
      errorCode: z.string().nullable(),
      by: personSchema,
      at: z.string(),
    })
    .nullable(),
  ...editionsSchema.shape,
});

/** See {@link readingStateSchema}. */
export type ReadingState = z.output<typeof readingStateSchema>;

/** How a reading stands, with its runs and its signature. */
export async function readingState(
  database: Database,
  reading: ReadingRow,
  studyInstanceUid: string,
): Promise<ReadingState> {
  const { version, savedAt, author } = await newestVersion(database, reading);
  return {
    studyInstanceUid,
    protocol: reading.protocol,
    protocolVersion: reading.protocol === measurementsOnly ? null : protocolOf(reading.protocol).version,
    status: reading.status,
    version,
    savedAt,
    author,
    run: await latestRun(database, reading.id),
    preliminary: preliminaryOf(reading),
    signing: await latestSigning(database, reading.id),
    ...(await readEditions(database, reading.id)),
  };
}

async function newestVersion(database: Database, { id, version }: ReadingRow) {
  const row = await database
    .selectFrom("reading_version")
    .select(["saved_at", "saved_by", "saved_by_name"])
    .where("reading_id", "=", id)
    .where("version", "=", version)
    .executeTakeFirstOrThrow();
  return { version, savedAt: row.saved_at.toISOString(), author: { id: row.saved_by, name: row.saved_by_name } };
}

function preliminaryOf(reading: ReadingRow): ReadingState["preliminary"] {
  const { preliminary_version: version, preliminary_at: at, preliminary_by: by } = reading;
  return version === null || at === null || by === null ? null : { version, at: at.toISOString(), by };
}

/** The draft of a reading that was asked for last. */
export async function latestRun(database: Database, readingId: number): Promise<ReadingState["run"]> {
  const row = await database
    .selectFrom("reading_run")
    .innerJoin("analysis", "analysis.id", "reading_run.analysis_id")
    .leftJoin("result", (join) =>
      join.onRef("result.digest", "=", "analysis.result_digest").onRef("result.site_id", "=", "analysis.site_id"),
    )
    .select([
      "reading_run.version",
      "analysis.id",
      "state",
      "progress",
      "step",
      "error_code",
      "result_digest",
      "is_provisional",
    ])
    .where("reading_run.reading_id", "=", readingId)
    .where("purpose", "=", "draft")
    .orderBy("asked_at", "desc")
    .orderBy("analysis.id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    version: row.version,
    analysisId: row.id,
    state: row.state,
    progress: row.progress,
    step: row.step,
    errorCode: row.error_code,
    digest: row.result_digest?.toString("hex") ?? null,
    provisional: row.is_provisional,
  };
}

/** What the states of an analysis mean to whoever waits for a signature. */
const signingStates = {
  queued: "checking",
  running: "checking",
  done: "done",
  refused: "refused",
  failed: "failed",
  dead: "failed",
  cancelled: "cancelled",
} as const;

async function latestSigning(database: Database, readingId: number): Promise<ReadingState["signing"]> {
  const row = await database
    .selectFrom("signing")
    .innerJoin("analysis", "analysis.id", "signing.analysis_id")
    .select([
      "signing.version",
      "signing.digest",
      "computed_digest",
      "signed_by",
      "signer_name",
      "asked_at",
      "state",
      "progress",
      "error_code",
    ])
    .where("signing.reading_id", "=", readingId)
    .orderBy("signing.id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    version: row.version,
    digest: row.digest.toString("hex"),
    state: signingStates[row.state],
    progress: row.progress,
    computedDigest: row.computed_digest?.toString("hex") ?? null,
    errorCode: row.error_code,
    by: { id: row.signed_by, name: row.signer_name },
    at: row.asked_at.toISOString(),
  };
}
