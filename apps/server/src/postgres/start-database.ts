import type { Logger } from "pino";
import type { DatabaseServer } from "./database-server.ts";
import { startEmbeddedDatabase } from "./embedded-database.ts";
import { useExternalDatabase } from "./external-database.ts";
import { waitForDatabase } from "./wait-for-database.ts";

/** Which database is meant. */
export interface DatabaseChoice {
  /** One that somebody else runs; the embedded one where absent. */
  readonly databaseUrl: string | undefined;
  /** Absolute path. */
  readonly dataFolder: string;
}

/** How long a database that runs elsewhere may take to answer at the start. */
const externalPatienceMs = 60_000;

/** Starts the embedded database of a configuration, or waits for the one that runs elsewhere. @throws {EtalonError} as they do */
export async function startDatabase({ databaseUrl, dataFolder }: DatabaseChoice, log: Logger): Promise<DatabaseServer> {
  if (databaseUrl === undefined) return startEmbeddedDatabase({ folder: dataFolder, log });
  await (await waitForDatabase(databaseUrl, externalPatienceMs)).end();
  return useExternalDatabase(databaseUrl);
}
