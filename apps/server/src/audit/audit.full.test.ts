import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { canonicalJson } from "@etalon/base";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";
import type { AuditEvent } from "./audit-event.ts";
import { createAudit } from "./create-audit.ts";
import { eventHash } from "./event-hash.ts";
import { verifyAudit } from "./verify-audit.ts";

let database: TestDatabase;
const clock = (): Date => new Date("2026-01-02T03:04:05.678Z");

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database?.stop());

function someEvent(over: Partial<AuditEvent> = {}): AuditEvent {
  const said = { actor: "7", action: "read", outcome: "success", purpose: "test", address: "loopback" } as const;
  return { site: database.siteId, ...said, object: { kind: "study", id: "12" }, ...over };
}

/** Works as a superuser who passes over the triggers, shows what `work` left, and undoes it. */
async function tampered(statement: ReturnType<typeof sql>): Promise<Awaited<ReturnType<typeof verifyAudit>>> {
  const { kysely } = database;
  const rows = await kysely.selectFrom("audit_event").select(["position", "event", "previous_hash", "hash"]).execute();
  const head = await kysely.selectFrom("audit_head").selectAll().executeTakeFirstOrThrow();
  const asSuperuser = (work: ReturnType<typeof sql>) =>
    kysely.transaction().execute(async (transaction) => {
      await sql`SET LOCAL session_replication_role = replica`.execute(transaction);
      await work.execute(transaction);
    });
  await asSuperuser(statement);
  const verdict = await verifyAudit(kysely);
  await asSuperuser(sql`DELETE FROM audit_event`);
  await asSuperuser(sql`UPDATE audit_head SET position = ${head.position}, hash = ${head.hash}`);
  await kysely.insertInto("audit_event").values(rows).execute();
  return verdict;
}

test("a chain that was only added to is whole, and each row is what the rule says", async () => {
  const audit = createAudit({ database: database.kysely, clock });
  await Promise.all(Array.from({ length: 20 }, (_, index) => audit.record(someEvent({ count: index }))));
  const rows = await database.kysely.selectFrom("audit_event").selectAll().orderBy("position").execute();
  expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  let previous: Uint8Array = new Uint8Array(32);
  for (const row of rows) {
    expect(canonicalJson(JSON.parse(row.event))).toBe(row.event);
    expect(row.previous_hash).toEqual(Buffer.from(previous));
    expect(row.hash).toEqual(eventHash(previous, row.event));
    expect(row).toMatchObject({ actor: "7", action: "read", object_kind: "study", object_id: "12" });
    previous = row.hash;
  }
  expect(await verifyAudit(database.kysely)).toEqual({
    isWhole: true,
    events: 20,
    head: { position: 20, hash: Buffer.from(previous).toString("hex") },
    faults: [],
  });
});

test("rows are not changed, removed or emptied, and the head never goes back", async () => {
  for (const statement of [
    sql`UPDATE audit_event SET event = event WHERE position = 3`,
    sql`DELETE FROM audit_event WHERE position = 3`,
    sql`TRUNCATE audit_event`,
    sql`UPDATE audit_head SET position = 3`,
    sql`DELETE FROM audit_head`,
    sql`TRUNCATE audit_head`,
  ]) {
    await expect(statement.execute(database.kysely)).rejects.toMatchObject({ code: "42501" });
  }
});

const forged = sql`replace(event, '"actor":"7"', '"actor":"8"')`;

test.each([
  [
    "a changed text",
    sql`UPDATE audit_event SET event = ${forged} WHERE position = 5`,
    { kind: "changed", position: 5 },
  ],
  [
    "a changed text with its hash made anew",
    sql`UPDATE audit_event SET event = ${forged}, hash = sha256(previous_hash || convert_to(${forged}, 'UTF8')) WHERE position = 5`,
    { kind: "changed", position: 5 },
  ],
  [
    "the last, changed with its hash",
    sql`UPDATE audit_event SET event = ${forged}, hash = sha256(previous_hash || convert_to(${forged}, 'UTF8')) WHERE position = 20`,
    { kind: "changed", position: 20 },
  ],
  [
    "a text that is no event",
    sql`UPDATE audit_event SET event = '{"at":"","site":1,"actor":"","action":""}' WHERE position = 6`,
    { kind: "changed", position: 6 },
  ],
  [
    "a changed hash",
    sql`UPDATE audit_event SET hash = sha256(hash) WHERE position = 9`,
    { kind: "changed", position: 9 },
  ],
  ["a row gone", sql`DELETE FROM audit_event WHERE position = 5`, { kind: "removed", position: 5 }],
  ["the first gone", sql`DELETE FROM audit_event WHERE position = 1`, { kind: "removed", position: 1 }],
  [
    "the last two gone",
    sql`DELETE FROM audit_event WHERE position > 18`,
    { kind: "removed", position: 19, lastPosition: 20 },
  ],
  ["all gone", sql`DELETE FROM audit_event`, { kind: "removed", position: 1, lastPosition: 20 }],
  [
    "a row more at the end",
    sql`INSERT INTO audit_event (position, event, previous_hash, hash)
      SELECT 21, text, hash, sha256(hash || convert_to(text, 'UTF8'))
      FROM (SELECT hash, replace(event, '"position":20', '"position":21') AS text FROM audit_event WHERE position = 20) last`,
    { kind: "inserted", position: 21 },
  ],
])("%s is named", async (_, statement, fault) => {
  const verdict = await tampered(statement);
  expect(verdict.isWhole).toBe(false);
  expect(verdict.faults).toEqual([fault]);
  expect((await verifyAudit(database.kysely)).isWhole).toBe(true);
});

test("a row pushed between two others is named", async () => {
  const verdict = await tampered(sql`
    WITH moved AS (UPDATE audit_event SET position = position + 1000 WHERE position >= 8 RETURNING 1)
    INSERT INTO audit_event (position, event, previous_hash, hash)
    SELECT 8, text, hash, sha256(hash || convert_to(text, 'UTF8')) FROM (
      SELECT hash, replace(event, '"position":7', '"position":8') AS text
      FROM audit_event, (SELECT count(*) FROM moved) waited WHERE position = 7) seventh`);
  expect(verdict.faults).toEqual([{ kind: "inserted", position: 8 }]);
});

test("a chain that was forged from one row to its head is told by an anchor kept elsewhere", async () => {
  const { kysely } = database;
  const kept = (await verifyAudit(kysely)).head;
  expect(await verifyAudit(kysely, [kept])).toMatchObject({ isWhole: true });
  const verdict = await verifyAudit(kysely, [{ position: kept.position, hash: "00".repeat(32) }]);
  expect(verdict.faults).toEqual([{ kind: "changed", position: kept.position }]);
  const later = await verifyAudit(kysely, [{ position: kept.position + 2, hash: kept.hash }]);
  expect(later.faults).toEqual([{ kind: "removed", position: 21, lastPosition: 22 }]);
});

test("an event and the change that it tells of are there both or neither", async () => {
  const audit = createAudit({ database: database.kysely, clock });
  const before = (await verifyAudit(database.kysely)).events;
  const failing = database.kysely.transaction().execute(async (transaction) => {
    await audit.recordIn(transaction, [someEvent({ action: "remove" })]);
    throw new RangeError("the change failed");
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(await verifyAudit(database.kysely)).toMatchObject({ isWhole: true, events: before });
});

test.each([
  ["a name as actor", { actor: "LEFÈVRE^Zoé" }],
  ["a UID as id", { object: { kind: "study", id: "1.2.826.0.1" } }],
  ["free text", { purpose: "x".repeat(65) }],
  ["another field", { actor: "7", patientName: "DOE" }],
] as const)("%s has no place in it, and takes no other event with it", async (_, over) => {
  const audit = createAudit({ database: database.kysely, clock });
  const before = (await verifyAudit(database.kysely)).events;
  const [bad, good] = await Promise.allSettled([audit.record(someEvent(over)), audit.record(someEvent())]);
  expect(bad).toMatchObject({ status: "rejected", reason: { code: "wrong-type", received: "…" } });
  expect(good.status).toBe("fulfilled");
  expect((await verifyAudit(database.kysely)).events).toBe(before + 1);
});

test("two processes at once make one chain", async () => {
  const program = fileURLToPath(new URL("testing/append-process.ts", import.meta.url));
  const before = (await verifyAudit(database.kysely)).events;
  const append = (actor: string) =>
    promisify(execFile)(process.execPath, [program, database.connectionString, String(database.siteId), actor, "2000"]);
  await Promise.all([append("A"), append("B")]);
  expect(await verifyAudit(database.kysely)).toMatchObject({ isWhole: true, events: before + 4000 });
}, 60_000);
