import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analysisChannel } from "../analyses/analysis-event.ts";
import { retentionRule } from "../archive/retention-rule.ts";
import { createAudit } from "../audit/create-audit.ts";
import { readConfig } from "../config.ts";
import { openEventChannel } from "../jobs/event-channel.ts";
import { openJobQueue } from "../jobs/job-queue.ts";
import { makePicturesHere } from "../pictures/make-pictures-here.ts";
import { serveWeb } from "../serve-web.ts";
import { createLink } from "./single-use.ts";
import { type ServedAccounts, serveAccounts, testPassword } from "./testing/served-accounts.ts";

let served: ServedAccounts;
let other: { readonly url: string; close(): Promise<void> };

beforeAll(async () => {
  served = await serveAccounts();
  other = await serveBeside(served);
});

afterAll(async () => {
  await other?.close();
  await served?.close();
});

/** A second web process' HTTP, over the same database. */
async function serveBeside({ database, archive, store, core: { documents } }: ServedAccounts): Promise<typeof other> {
  const { kysely, connectionString, siteId } = database;
  const log = pino({ enabled: false });
  const clock = (): Date => new Date();
  const queue = await openJobQueue({ connectionString, database: kysely }, { log });
  const events = await openEventChannel({ connectionString, channel: analysisChannel }, log);
  const open = { kysely, poolState: () => ({ total: 1, idle: 1, waiting: 0 }), close: async () => {} };
  const audit = createAudit({ database: kysely, clock });
  const config = readConfig({ ETALON_HTTP_PORT: "0" });
  const retention = retentionRule(config.retention, { database: kysely, log });
  const pictures = makePicturesHere();
  const core = {
    config,
    log,
    connectionString,
    database: open,
    store,
    archive,
    audit,
    retention,
    pictures,
    documents,
    queue,
    events,
    siteId,
  };
  const web = await serveWeb(core, { metrics: [] });
  return {
    url: web.url,
    close: async () => {
      await web.close();
      await events.stop();
      await queue.stop();
    },
  };
}

function signIn(url: string, name: string, password: string): Promise<Response> {
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  return fetch(`${url}/api/session`, { method: "POST", headers, body: JSON.stringify({ name, password }) });
}

const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
const search = async (url: string, cookie: string): Promise<number> =>
  (await fetch(`${url}/dicom-web/studies`, { headers: { cookie } })).status;

test("signed in at one web is signed in at the other, and ended there is ended here", async () => {
  await served.account("marie", "radiologist");
  const cookie = cookieOf(await signIn(served.url, "marie", testPassword));
  expect(await search(other.url, cookie)).toBe(200);
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  expect((await fetch(`${other.url}/api/session`, { method: "DELETE", headers })).status).toBe(204);
  expect(await search(served.url, cookie)).toBe(401);
});

test("a link opens at one of two webs that are asked at once, and once", async () => {
  const link = await createLink(served.place, await served.account("paul", "administrator"));
  const answers = await Promise.all(
    [served.url, other.url].map((url) => fetch(`${url}/api/enter?link=${link}`, { redirect: "manual" })),
  );
  expect(answers.map(cookieOf).filter((cookie) => cookie !== "")).toHaveLength(1);
});

test("wrong passwords count over both", async () => {
  await served.account("luc", "physician");
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1)
    statuses.push((await signIn(attempt % 2 === 0 ? served.url : other.url, "luc", "wrong")).status);
  // Five failures close a name to an address (attemptLimits.pair).
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
});
