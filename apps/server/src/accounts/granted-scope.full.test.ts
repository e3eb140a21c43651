import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type AnalysisEvent, analysisChannel } from "../analyses/analysis-event.ts";
import { inPieces, smallInstance } from "../archive/testing/small-instance.ts";
import { type ServedAccounts, serveAccounts } from "./testing/served-accounts.ts";

let served: ServedAccounts;
let administrator = "";
let guest = "";
let guestId = 0;

const patients = {
  chu: { PatientID: "4711", IssuerOfPatientID: "CHU" },
  elsewhere: { PatientID: "4711", IssuerOfPatientID: "ELSEWHERE" },
  nobody: { PatientID: "4711" },
} as const;

beforeAll(async () => {
  served = await serveAccounts();
  administrator = await served.bearer(await served.account("root", "administrator"));
  guestId = await served.account("guest", "guest");
  guest = await served.bearer(guestId);
  await store(1, patients.chu);
  await store(2, patients.elsewhere);
  await store(3, patients.nobody);
}, 60_000);
afterAll(() => served?.close());

const study = (index: number): string => `1.2.826.0.2.${index}`;

async function store(index: number, said: object): Promise<void> {
  const uids = { StudyInstanceUID: study(index), SeriesInstanceUID: `${study(index)}.1` };
  const bytes = inPieces(smallInstance(index, { ...uids, ...said }));
  const stored = await served.archive.store(served.scope, { form: "part10", bytes });
  if (stored.kind === "refused") throw new Error(stored.message);
}

async function grant(what: object): Promise<number> {
  const headers = { authorization: administrator, "content-type": "application/json" };
  const body = JSON.stringify({ accountId: guestId, ...what });
  const answer = await fetch(`${served.url}/api/grants`, { method: "POST", headers, body });
  expect(answer.status).toBe(201);
  return z.object({ id: z.number() }).parse(await answer.json()).id;
}

async function takeBack(id: number): Promise<void> {
  const headers = { authorization: administrator };
  expect((await fetch(`${served.url}/api/grants/${id}`, { method: "DELETE", headers })).status).toBe(204);
}

const listSchema = z.array(z.object({ "0020000D": z.object({ Value: z.array(z.string()) }) }));

/** Study UIDs that the guest finds. */
async function seen(): Promise<readonly string[]> {
  const answer = await fetch(`${served.url}/dicom-web/studies`, { headers: { authorization: guest } });
  if (answer.status === 204) return [];
  return listSchema
    .parse(await answer.json())
    .flatMap((one) => one["0020000D"].Value)
    .toSorted();
}

test("a patient's grant opens their studies, those to come too, of that issuer alone", async () => {
  expect(await seen()).toEqual([]);
  const chu = await grant({ patientId: "4711", issuerOfPatientId: "CHU" });
  expect(await seen()).toEqual([study(1)]);
  await store(4, patients.chu);
  expect(await seen()).toEqual([study(1), study(4)]);
  const nobody = await grant({ patientId: "4711" });
  expect(await seen()).toEqual([study(1), study(3), study(4)]);
  await takeBack(chu);
  expect(await seen()).toEqual([study(3)]);
  await takeBack(nobody);
  const over = await grant({ patientId: "4711", expiresAt: new Date(Date.now() - 1).toISOString() });
  expect(await seen()).toEqual([]);
  await takeBack(over);
});

/** An analysis of a study's series, told to everybody who listens; its id. */
async function tell(index: number): Promise<number> {
  const { kysely, siteId } = served.database;
  const series = await kysely
    .selectFrom("series")
    .select("id")
    .where("series_instance_uid", "=", `${study(index)}.1`)
    .executeTakeFirstOrThrow();
  const hash = Buffer.alloc(32, index);
  const row = await kysely
    .insertInto("analysis")
    .values({
      site_id: siteId,
      series_id: series.id,
      identity: hash,
      variant: hash,
      protocol: "coronary/calcium-score",
      protocol_version: "1",
      request: "{}",
      requested_by: "etalon",
      created_at: new Date(),
      changed_at: new Date(),
    })
    .returning(["id", "revision"])
    .executeTakeFirstOrThrow();
  const { id, revision } = row;
  const event: AnalysisEvent = {
    ...{ siteId, id, revision, state: "queued", progress: 0, step: null, attempts: 0, errorCode: null },
    ...{ protocol: "coronary/calcium-score", studyInstanceUid: study(index), resultDigest: null },
    seriesInstanceUid: `${study(index)}.1`,
  };
  await sql`SELECT pg_notify(${analysisChannel}, ${JSON.stringify(event)})`.execute(kysely);
  return id;
}

test("events tell of analyses of granted studies alone", async () => {
  await grant({ patientId: "4711", issuerOfPatientId: "CHU" });
  const ending = new AbortController();
  const init = { headers: { authorization: guest }, signal: ending.signal };
  const answer = await fetch(`${served.url}/api/events`, init);
  const body = answer.body?.pipeThrough(new TextDecoderStream());
  if (body === undefined) throw new Error("no events");
  const reader = body.getReader();
  let text = "";
  const until = async (mark: RegExp): Promise<void> => {
    while (!mark.test(text)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`ended: ${text}`);
      text += value;
    }
  };
  await until(/retry: 1000/);
  // What is told of first is heard first: had the others been shown, they would stand before it.
  const hidden = [await tell(2), await tell(3)];
  const shown = await tell(1);
  await until(new RegExp(`"id":${shown}\\b`));
  ending.abort();
  for (const id of hidden) expect(text).not.toMatch(new RegExp(`"id":${id}\\b`));
  const list = await fetch(`${served.url}/api/analyses`, { headers: { authorization: guest } });
  expect(await list.json()).toMatchObject({ total: 1, analyses: [{ id: shown }] });
});

async function refusals(): Promise<readonly Record<string, unknown>[]> {
  const rows = await served.database.kysely.selectFrom("audit_event").select("event").orderBy("position").execute();
  return rows
    .map(({ event }): Record<string, unknown> => JSON.parse(event))
    .filter(({ outcome }) => outcome === "refused");
}

test("what somebody is refused is written down: who, what, why, once a minute", async () => {
  const before = (await refusals()).length;
  const ask = async (method: string, path: string): Promise<void> => {
    const answer = await fetch(`${served.url}/${path}`, { method, headers: { authorization: guest } });
    expect(answer.status).toBe(403);
  };
  for (let times = 0; times < 3; times += 1) await ask("DELETE", `dicom-web/studies/${study(1)}`);
  await ask("GET", "api/audit");
  await ask("POST", "dicom-web/studies");
  const actor = `account:${guestId}`;
  expect((await refusals()).slice(before)).toMatchObject([
    { actor, action: "remove", object: { kind: "study" }, error: "not-allowed", address: "loopback" },
    { actor, action: "query", object: { kind: "audit" }, error: "not-allowed" },
    { actor, action: "store", object: { kind: "study" }, error: "not-allowed" },
  ]);
});
