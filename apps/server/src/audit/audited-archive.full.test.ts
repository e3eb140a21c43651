import { afterAll, beforeAll, expect, test } from "vitest";
import type { Archive } from "../archive/archive.ts";
import { createArchive } from "../archive/create-archive.ts";
import { openTestArchive, type TestArchive } from "../archive/testing/open-test-archive.ts";
import { inPieces, smallInstance } from "../archive/testing/small-instance.ts";
import type { Audit } from "./audit.ts";
import { auditChanges, auditedArchive } from "./audited-archive.ts";
import { createAudit } from "./create-audit.ts";
import { verifyAudit } from "./verify-audit.ts";

let opened: TestArchive;
let archive: Archive;
let audit: Audit;
let nowMs = Date.UTC(2026, 0, 2);
const clock = (): Date => new Date(nowMs);
const study = { studyInstanceUid: "1.2.826.0.2.1" };

beforeAll(async () => {
  opened = await openTestArchive();
  const database = opened.database.kysely;
  audit = createAudit({ database, clock });
  const plain = createArchive({ database, store: opened.store, onChange: auditChanges(audit) });
  archive = auditedArchive(plain, { audit, database, clock });
});
afterAll(() => opened?.close());

async function events(): Promise<readonly Record<string, unknown>[]> {
  const rows = await opened.database.kysely.selectFrom("audit_event").select("event").orderBy("position").execute();
  return rows.map(({ event }): Record<string, unknown> => JSON.parse(event));
}

async function since(work: () => Promise<unknown>): Promise<readonly Record<string, unknown>[]> {
  const before = (await events()).length;
  await work();
  return (await events()).slice(before);
}

const store = (index: number) => archive.store(opened.scope, { form: "part10", bytes: inPieces(smallInstance(index)) });

test("what is stored is written with it, by the study's internal id", async () => {
  const written = await since(() => store(1));
  const { id } = await opened.database.kysely.selectFrom("study").select("id").executeTakeFirstOrThrow();
  expect(written).toEqual([
    {
      action: "store",
      actor: "test",
      address: "unknown",
      at: "2026-01-02T00:00:00.000Z",
      count: 1,
      object: { kind: "study", id: String(id) },
      outcome: "success",
      position: 1,
      purpose: "test",
      site: opened.scope.siteId,
    },
  ]);
});

test("a bad object that is refused is written with why", async () => {
  const bytes = inPieces(new Uint8Array(200));
  const written = await since(() => archive.store(opened.scope, { form: "part10", bytes }));
  expect(written).toMatchObject([{ action: "store", outcome: "refused", error: expect.stringMatching(/^[a-z-]+$/) }]);
});

test("the reads of one look are one event, the next minute's another, another actor's too", async () => {
  const look = async (actor: string): Promise<void> => {
    const scope = { ...opened.scope, actor };
    const [instance] = await archive.instances(scope, study);
    if (instance === undefined) throw new Error("no instance");
    await archive.metadata(scope, study);
    (await archive.open(scope, instance)).destroy();
    await archive.frame(scope, instance, 1);
  };
  expect(await since(() => look("1"))).toMatchObject([{ action: "read", actor: "1", outcome: "success" }]);
  expect(await since(() => look("1"))).toEqual([]);
  expect(await since(() => look("2"))).toMatchObject([{ action: "read", actor: "2" }]);
  nowMs += 60_000;
  expect(await since(() => look("1"))).toMatchObject([{ action: "read", actor: "1" }]);
});

test("a search is written with how much it found, and nothing of what was asked", async () => {
  const keys = [{ path: "00100010", value: "DOE*" }];
  const asked = { level: "study", keys, includeFields: [], isFuzzy: false, limit: 10, offset: 0 } as const;
  const written = await since(() => archive.search(opened.scope, asked));
  expect(written).toMatchObject([{ action: "query", count: 1, object: { kind: "study" } }]);
});

test("a log that cannot be written gives nothing away, and changes nothing", async () => {
  const failing: Audit = {
    record: () => Promise.reject(new RangeError("no log")),
    recordIn: () => Promise.reject(new RangeError("no log")),
  };
  const database = opened.database.kysely;
  const plain = createArchive({ database, store: opened.store, onChange: auditChanges(failing) });
  const blind = auditedArchive(plain, { audit: failing, database, clock });
  const bytes = inPieces(smallInstance(9));
  await expect(blind.metadata(opened.scope, study)).rejects.toThrow(RangeError);
  await expect(blind.remove(opened.scope, study)).rejects.toThrow(RangeError);
  await blind.store(opened.scope, { form: "part10", bytes }).catch(() => undefined);
  expect(await plain.instances(opened.scope, study)).toHaveLength(1);
});

test("an erased study leaves its events and a whole chain, none of which names anybody", async () => {
  await store(2);
  const written = await since(() => archive.remove(opened.scope, study));
  expect(written).toMatchObject([{ action: "remove", outcome: "success", count: 2 }]);
  expect(await opened.database.kysely.selectFrom("study").select("id").execute()).toEqual([]);
  expect(await verifyAudit(opened.database.kysely)).toMatchObject({ isWhole: true });
  // smallInstance's patient, its ID and its UIDs.
  expect(JSON.stringify(await events())).not.toMatch(/doe|jane|"P1"|1\.2\.826/i);
});
