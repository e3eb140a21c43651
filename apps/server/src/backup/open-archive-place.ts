import { EtalonError } from "@etalon/base";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { readConfig } from "../config.ts";
import { createLog } from "../create-log.ts";
import { openDatabase } from "../database/open-database.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { Host } from "../host.ts";
import type { DatabaseServer } from "../postgres/database-server.ts";
import { attachEmbeddedDatabase } from "../postgres/embedded-database.ts";
import { startDatabase } from "../postgres/start-database.ts";
import type { BlobStore } from "../store/blob-store.ts";
import { openBlobStore } from "../store/open-blob-store.ts";

/** An archive's database, as it is: no migration is done; and its store. */
export interface OpenPlace {
  readonly connectionString: string;
  readonly database: Kysely<ArchiveDatabase>;
  readonly store: BlobStore;
  readonly log: Logger;
}

/** Connections: these commands do one thing after the other. */
const poolSize = 4;

/**
 * Opens what the environment names for the time of `work`.
 *
 * @param isShared whether a server of ours may be running on the data folder: its embedded PostgreSQL is used then
 */
export async function withArchivePlace<T>(
  host: Host,
  isShared: boolean,
  work: (place: OpenPlace) => Promise<T>,
): Promise<T> {
  const config = readConfig(host.environment);
  // What PostgreSQL is doing is of no interest here unless it goes wrong.
  const log = createLog(config.logLevel === "info" ? "warn" : config.logLevel, { write: host.err });
  const server = await startDatabase(config, log).catch((thrown: unknown): Promise<DatabaseServer> => {
    const isRunning = thrown instanceof EtalonError && thrown.code === "data-folder-in-use";
    if (isShared && isRunning) return attachEmbeddedDatabase(config.dataFolder);
    throw thrown;
  });
  try {
    const { connectionString } = server;
    const opened = openDatabase({ connectionString, poolSize, log });
    try {
      return await work({ connectionString, database: opened.kysely, store: await openBlobStore(config), log });
    } finally {
      await opened.close();
    }
  } finally {
    await server.stop();
  }
}

/** The one argument of a command. @throws {EtalonError} `missing-value`, `unexpected-argument` */
export function onlyFolder([folder, surplus]: readonly string[], command: string): string {
  if (folder === undefined) throw new EtalonError("missing-value", { field: `etalon ${command} FOLDER` });
  if (surplus !== undefined) throw new EtalonError("unexpected-argument", { field: command, received: surplus });
  return folder;
}
