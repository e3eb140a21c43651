import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EtalonError } from "@etalon/base";
import type { Logger } from "pino";
import { type ClusterPlace, databaseName, placeCluster } from "./cluster-place.ts";
import { createCluster } from "./create-cluster.ts";
import type { DatabaseServer } from "./database-server.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { findEmbeddedBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import { findPostgresUser } from "./postgres-user.ts";
import { findPostmaster, type Postmaster, socketPort, startPostmaster, stopPostmaster } from "./postmaster.ts";
import { isPostmasterOf } from "./postmaster-file.ts";
import { canEnter, makeReachable } from "./reachable-binaries.ts";
import { createDatabaseIfMissing } from "./wait-for-database.ts";

/** What a start of the embedded PostgreSQL rests on. */
export interface EmbeddedDatabaseOptions {
  /** Made where it is missing; belongs to one running program at a time. */
  readonly folder: string;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  /** Other programs than those npm brought. */
  readonly binaries?: PostgresBinaries;
  /** PostgreSQL settings besides ours, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** False in tests whose data nobody needs after a power cut. */
  readonly isLasting?: boolean;
}

/** How often the supervisor looks after PostgreSQL. */
const lookEveryMs = 250;

/** Pause after a start that failed: doubled each time from the first to the second. */
const retryMs = { first: 250, longest: 10_000 } as const;

/**
 * Starts the PostgreSQL of a folder, or attaches to the one that an earlier run of this program left alive, and from then on
 * keeps it running: killed, it is started again and recovers. Settles when the database takes statements.
 *
 * It listens on a socket in its folder, on 127.0.0.1 only where the folder's path is too long for one; its password is random
 * and readable by the owner only. As root it runs as a user of its own.
 *
 * @throws {EtalonError} `data-folder-in-use`, `data-folder-unusable`, `postgres-absent`, `postgres-failed`,
 *   `postgres-version`
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<DatabaseServer> {
  const { log, settings = {}, isLasting = true } = options;
  const folder = resolve(options.folder);
  const lock = lockFolder(folder);
  try {
    const place = await preparePlace(join(folder, "postgres"), options.binaries);
    const password = await createCluster(place, isLasting);
    const found = await findPostmaster(place);
    const postmaster = found ?? (await startPostmaster(place, settings));
    log.info({ pid: postmaster.pid, attached: found !== undefined }, "PostgreSQL runs");
    await createDatabaseIfMissing(addressOf(place, postmaster, { password, database: "postgres" }), databaseName);
    const supervisor = supervise({ place, settings, log }, postmaster);
    return {
      connectionString: addressOf(place, postmaster, { password, database: databaseName }),
      stop: () => stopAll(supervisor, lock),
    };
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}

/**
 * The PostgreSQL of a folder that another running program keeps: nothing is started, and it goes when that program ends it.
 *
 * @throws {EtalonError} `data-folder-in-use` where it does not run either
 */
export async function attachEmbeddedDatabase(dataFolder: string): Promise<DatabaseServer> {
  const folder = resolve(dataFolder);
  const place = await preparePlace(join(folder, "postgres"), undefined);
  const postmaster = await findPostmaster(place);
  if (postmaster === undefined) throw new EtalonError("data-folder-in-use", { field: folder, received: "?" });
  const password = await createCluster(place, true);
  const stop = async (): Promise<void> => {};
  return { connectionString: addressOf(place, postmaster, { password, database: databaseName }), stop };
}

async function preparePlace(folder: string, given: PostgresBinaries | undefined): Promise<ClusterPlace> {
  const user = await findPostgresUser();
  const found = given ?? (await findEmbeddedBinaries());
  const binaries = user === undefined ? found : await makeReachable(found, user);
  const isReachable = user === undefined || (await canEnter(dirname(folder), user));
  return placeCluster(folder, { binaries, user, isReachable });
}

function addressOf(
  { socketFolder }: ClusterPlace,
  { tcpPort }: Postmaster,
  { password, database }: { readonly password: string; readonly database: string },
): string {
  const host = tcpPort === undefined ? encodeURIComponent(socketFolder) : "127.0.0.1";
  return `postgresql://${databaseName}:${password}@${host}:${tcpPort ?? socketPort}/${database}`;
}

interface Supervised {
  readonly place: ClusterPlace;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: EmbeddedDatabaseOptions["log"];
}

interface Supervisor {
  stop(): Promise<void>;
}

function supervise({ place, settings, log }: Supervised, first: Postmaster): Supervisor {
  const stopping = new AbortController();
  let postmaster = first;
  const { signal } = stopping;

  async function restart(): Promise<void> {
    log.warn({ pid: postmaster.pid }, "PostgreSQL has gone: starting it again");
    for (let waitMs: number = retryMs.first; !signal.aborted; waitMs = Math.min(waitMs * 2, retryMs.longest)) {
      try {
        // Somebody may have started it by hand.
        postmaster = (await findPostmaster(place)) ?? (await startPostmaster(place, settings, first.tcpPort));
        log.info({ pid: postmaster.pid }, "PostgreSQL runs again");
        return;
      } catch (error) {
        log.error({ err: error }, "PostgreSQL did not start");
        await pause(waitMs, undefined, { signal }).catch(() => {});
      }
    }
  }

  async function look(): Promise<void> {
    while (!signal.aborted) {
      if (!(await isPostmasterOf(postmaster.pid, place.cluster))) await restart();
      await pause(lookEveryMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  const looking = look();
  return {
    stop: async () => {
      stopping.abort();
      await looking;
      await stopPostmaster(place, postmaster);
      log.info({ pid: postmaster.pid }, "PostgreSQL has shut down");
    },
  };
}

async function stopAll(supervisor: Supervisor, lock: FolderLock): Promise<void> {
  await supervisor.stop();
  lock.release();
}
