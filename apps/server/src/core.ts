import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { analysisChannel } from "./analyses/analysis-event.ts";
import type { Archive } from "./archive/archive.ts";
import { createArchive } from "./archive/create-archive.ts";
import type { RetentionRule } from "./archive/remove-instances.ts";
import { retentionRule } from "./archive/retention-rule.ts";
import type { Audit } from "./audit/audit.ts";
import { auditChanges, auditedArchive } from "./audit/audited-archive.ts";
import { createAudit } from "./audit/create-audit.ts";
import type { ServerConfig } from "./config.ts";
import { migrateToLatest } from "./database/migrate.ts";
import { type OpenDatabase, openDatabase } from "./database/open-database.ts";
import type { ArchiveDatabase } from "./database/schema.ts";
import { type EventChannel, openEventChannel } from "./jobs/event-channel.ts";
import { type JobQueue, openJobQueue } from "./jobs/job-queue.ts";
import type { PictureMaker } from "./pictures/picture-maker.ts";
import { openPicturePool } from "./pictures/picture-pool.ts";
import { startDatabase } from "./postgres/start-database.ts";
import { type DocumentMaker, openDocumentPool } from "./reading/documents/document-pool.ts";
import { startHousekeeping } from "./start-housekeeping.ts";
import type { BlobStore } from "./store/blob-store.ts";
import { openBlobStore } from "./store/open-blob-store.ts";
import { withRoomLimits } from "./store/with-room-limits.ts";

/** What every service of the server stands on. */
export interface ServerCore {
  readonly config: ServerConfig;
  readonly log: Logger;
  /** Where the database is, for what needs a connection of its own. */
  readonly connectionString: string;
  readonly database: OpenDatabase;
  readonly store: BlobStore;
  /** Writes down who asks, see `auditedArchive`. */
  readonly archive: Archive;
  readonly audit: Audit;
  /** What may not be removed yet. */
  readonly retention: RetentionRule;
  /** Decodes and draws, beside this thread. */
  readonly pictures: PictureMaker;
  /** Makes reports, beside this thread. */
  readonly documents: DocumentMaker;
  /** The site that every object is of, as long as there is one only. */
  readonly siteId: number;
}

/** A core with the queue of analyses, and what is told of them. */
export interface QueueingCore extends ServerCore {
  readonly queue: JobQueue;
  readonly events: EventChannel;
}

/** Ends of what was begun, in the order in which it was. */
export type Stops = (() => Promise<void>)[];

/**
 * Opens database and store, brings the database to this program's schema, and adds to `stops` what ends each again.
 *
 * @throws {EtalonError} what is wrong with the data folder, the store or the database
 */
export async function openCore(config: ServerConfig, log: Logger, stops: Stops): Promise<ServerCore> {
  const server = await startDatabase(config, log);
  stops.push(() => server.stop());
  const { connectionString } = server;
  const database = openDatabase({ connectionString, poolSize: config.databaseConnections, log });
  stops.push(() => database.close());
  const migrated = await migrateToLatest(database.kysely);
  if (migrated.length > 0) log.info({ migrations: migrated }, "database migrated");
  const usedBytes = (): Promise<number> => readUsedBytes(database.kysely);
  const store = withRoomLimits(await openBlobStore(config), config.room, { usedBytes });
  const place = { database: database.kysely, store };
  const clock = (): Date => new Date();
  const audit = createAudit({ database: database.kysely, clock });
  const retention = retentionRule(config.retention, { database: database.kysely, log });
  const plain = createArchive({ ...place, retention, onChange: auditChanges(audit) });
  const archive = auditedArchive(plain, { audit, database: database.kysely, clock });
  const pictures = openPicturePool();
  stops.push(() => pictures.close());
  const documents = openDocumentPool();
  stops.push(() => documents.close());
  const siteId = await readFirstSite(database.kysely);
  const housekeeping = await startHousekeeping({
    config,
    log,
    connectionString,
    store,
    archive,
    siteId,
    database: database.kysely,
  });
  stops.push(() => housekeeping.stop());
  const activity = {
    site: siteId,
    actor: "local",
    purpose: "server",
    address: "loopback",
    outcome: "success",
  } as const;
  await audit.record({ ...activity, action: "start", object: { kind: "server" } });
  stops.push(() =>
    audit
      .record({ ...activity, action: "stop", object: { kind: "server" } })
      // A server ends also where its database has gone.
      .catch((error: unknown) => log.warn({ err: error }, "the end is not in the audit log")),
  );
  return { config, log, connectionString, database, store, archive, audit, retention, pictures, documents, siteId };
}

/**
 * Opens the queue of analyses and the channel on which their changes are told, and adds to `stops` what ends each again: for
 * processes that ask for analyses or compute them.
 */
export async function openQueueing(core: ServerCore, stops: Stops): Promise<QueueingCore> {
  const { connectionString, log } = core;
  const queue = await openJobQueue({ connectionString, database: core.database.kysely }, { log });
  stops.push(() => queue.stop());
  const events = await openEventChannel({ connectionString, channel: analysisChannel }, log);
  stops.push(() => events.stop());
  return { ...core, queue, events };
}

async function readUsedBytes(database: Kysely<ArchiveDatabase>): Promise<number> {
  const { bytes } = await database
    .selectFrom("instance")
    .select((query) => query.fn.sum<string | null>("size_bytes").as("bytes"))
    .executeTakeFirstOrThrow();
  return Number(bytes ?? 0);
}

async function readFirstSite(database: Kysely<ArchiveDatabase>): Promise<number> {
  const { id } = await database.selectFrom("site").select("id").orderBy("id").limit(1).executeTakeFirstOrThrow();
  return id;
}
