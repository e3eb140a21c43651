import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { analysisPurpose, programActor } from "../analyses/match-series.ts";
import type { Archive } from "../archive/archive.ts";
import type { ArchiveDatabase } from "../database/schema.ts";

/** Where signed objects are, and where they go. */
export interface PublishingPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly archive: Pick<Archive, "store">;
  readonly log: Logger;
}

/** Between two looks for what a program that ended left unpublished. */
const everyMs = 30_000;

/**
 * Stores the DICOM objects of signed reports among their study's instances, those that wait, in their order. What is signed is
 * signed already: this may be done late, and by any program; done twice it stores nothing.
 */
export async function publishFiles({ database, archive, log }: PublishingPlace): Promise<void> {
  for (let after = 0; ; ) {
    const row = await database
      .selectFrom("file_to_publish")
      .innerJoin("reading_file", "reading_file.id", "file_to_publish.file_id")
      .innerJoin("reading", "reading.id", "reading_file.reading_id")
      .select(["reading_file.id", "bytes", "reading.site_id", "kind"])
      .where("reading_file.id", ">", after)
      .orderBy("reading_file.id")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return;
    after = row.id;
    const scope = { siteId: row.site_id, actor: programActor, purpose: analysisPurpose };
    const stored = await archive.store(scope, { form: "part10", bytes: inOnePiece(row.bytes) });
    if (stored.kind === "refused") {
      log.warn({ fileId: row.id, kind: row.kind, code: stored.errorCode }, "a signed object could not be stored yet");
      continue;
    }
    await database.deleteFrom("file_to_publish").where("file_id", "=", row.id).execute();
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Publishes what waits, at once and every half minute, until it is stopped. */
export function startPublishing(place: PublishingPlace): { stop(): Promise<void> } {
  const publish = (): Promise<void> =>
    publishFiles(place).catch((error: unknown) => {
      const name = error instanceof Error ? error.name : "unknown";
      place.log.warn({ name }, "signed objects wait to be stored");
    });
  let running = publish();
  const timer = setInterval(() => {
    running = running.then(publish);
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
