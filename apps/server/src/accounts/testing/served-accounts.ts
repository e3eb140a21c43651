import { pino } from "pino";
import { analysisChannel } from "../../analyses/analysis-event.ts";
import { createArchive } from "../../archive/create-archive.ts";
import { retentionRule } from "../../archive/retention-rule.ts";
import { openTestArchive, type TestArchive } from "../../archive/testing/open-test-archive.ts";
import { createAudit } from "../../audit/create-audit.ts";
import { readConfig } from "../../config.ts";
import type { QueueingCore } from "../../core.ts";
import { openEventChannel } from "../../jobs/event-channel.ts";
import { openJobQueue } from "../../jobs/job-queue.ts";
import { makePicturesHere } from "../../pictures/make-pictures-here.ts";
import { openDocumentPool } from "../../reading/documents/document-pool.ts";
import { serveWeb } from "../../serve-web.ts";
import type { AccountPlace } from "../account-place.ts";
import { createAccount } from "../accounts.ts";
import type { Role } from "../roles.ts";
import { createToken } from "../sessions.ts";

/** The server's HTTP with accounts, over an archive of one test file. */
export interface ServedAccounts extends TestArchive {
  readonly place: AccountPlace;
  /** "http://127.0.0.1:40000". */
  readonly url: string;
  /** What the HTTP stands on. */
  readonly core: QueueingCore;
  /** Lines of the log. */
  readonly log: readonly string[];
  /** Makes an account that signs in with {@link testPassword}. */
  account(name: string, role: Role): Promise<number>;
  /** The Authorization header of a new token of an account. */
  bearer(accountId: number): Promise<string>;
}

/** Password of every account that {@link ServedAccounts.account} makes. */
export const testPassword = "une longue phrase de passe";

/** Serves all of the server's HTTP on the loopback address, set by `environment`. */
export async function serveAccounts(environment: Readonly<Record<string, string>> = {}): Promise<ServedAccounts> {
  const config = readConfig({ ETALON_HTTP_PORT: "0", ...environment });
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
  const opened = await openTestArchive();
  const { kysely, connectionString, siteId } = opened.database;
  const retention = retentionRule(config.retention, { database: kysely, log });
  const clock = (): Date => new Date();
  const queue = await openJobQueue({ connectionString, database: kysely }, { log });
  const events = await openEventChannel({ connectionString, channel: analysisChannel }, log);
  const database = { kysely, poolState: () => ({ total: 1, idle: 1, waiting: 0 }), close: async () => {} };
  const { store } = opened;
  const archive = createArchive({ database: kysely, store, retention });
  const audit = createAudit({ database: kysely, clock });
  const pictures = makePicturesHere();
  const documents = openDocumentPool();
  const core = {
    documents,
    config,
    log,
    database,
    store,
    archive,
    audit,
    retention,
    pictures,
    queue,
    events,
    siteId,
    connectionString,
  };
  const web = await serveWeb(core, { metrics: [] });
  const place = { database: kysely, clock, siteId };
  return {
    ...opened,
    archive,
    place,
    core,
    url: web.url,
    log: lines,
    account: async (name, role) => {
      const made = { name, displayName: name, role, password: testPassword, mustChangePassword: false };
      return (await createAccount(place, made)).id;
    },
    bearer: async (accountId) => `Bearer ${(await createToken(place, { accountId, name: "test", days: 1 })).token}`,
    close: async () => {
      await web.close();
      await documents.close();
      await events.stop();
      await queue.stop();
      await opened.close();
    },
  };
}
