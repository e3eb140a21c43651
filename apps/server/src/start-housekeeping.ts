import type { Kysely } from "kysely";
import type { Logger } from "pino";
import { startAccountUpkeep } from "./accounts/start-account-upkeep.ts";
import type { Archive } from "./archive/archive.ts";
import { startUpkeep, usualUpkeep } from "./archive/upkeep.ts";
import { openSyslog } from "./audit/open-syslog.ts";
import { startAuditUpkeep, usualAuditTimes } from "./audit/start-audit-upkeep.ts";
import type { ServerConfig } from "./config.ts";
import { type Running, runInOne } from "./database/run-in-one.ts";
import type { ArchiveDatabase } from "./database/schema.ts";
import { startPublishing } from "./reading/publish-files.ts";
import type { BlobStore } from "./store/blob-store.ts";

/** What is kept in order. */
export interface HousekeepingPlace {
  readonly config: ServerConfig;
  readonly log: Logger;
  readonly connectionString: string;
  readonly database: Kysely<ArchiveDatabase>;
  readonly store: BlobStore;
  readonly archive: Archive;
  readonly siteId: number;
}

/**
 * What is done once for all processes that share a database, in whichever of them is elected: store and index are compared,
 * audit events handed on and anchored, expired sessions forgotten, signed objects stored that a program which ended left.
 */
export function startHousekeeping(place: HousekeepingPlace): Promise<Running> {
  const { connectionString, log } = place;
  return runInOne({ connectionString, name: "housekeeping", log, begin: () => beginAll(place) });
}

function beginAll({ config, log, database, store, archive, siteId }: HousekeepingPlace): Running {
  const clock = (): Date => new Date();
  const syslog = config.syslogUrl === undefined ? undefined : openSyslog(config.syslogUrl);
  const forwarding = { database, log, clock, syslog, source: config.dimse.aeTitle };
  const all = [
    startAuditUpkeep({ ...forwarding, ...usualAuditTimes }),
    startUpkeep({ database, store, clock }, { log, times: usualUpkeep, removesOrphans: config.removesOrphans }),
    startAccountUpkeep({ database, clock, siteId }, log),
    startPublishing({ database, archive, log }),
  ];
  return {
    stop: async () => {
      for (const each of all.toReversed()) await each.stop();
    },
  };
}
