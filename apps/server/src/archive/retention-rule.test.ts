import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createAudit } from "../audit/create-audit.ts";
import { createLog } from "../create-log.ts";
import { type HoldPlace, liftHold, listHolds, setHold } from "../holds/legal-holds.ts";
import { createArchive } from "./create-archive.ts";
import { type RetentionPolicy, retentionRule } from "./retention-rule.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { inPieces, smallInstance } from "./testing/small-instance.ts";

const studyInstanceUid = "1.2.826.0.2.1";
const dayMs = 86_400_000;
const lines: string[] = [];

let opened: TestArchive;
let holds: HoldPlace;
beforeAll(async () => {
  opened = await openTestArchive();
  const { kysely: database } = opened.database;
  holds = { database, audit: createAudit({ database, clock: () => new Date() }), clock: () => new Date() };
});
afterEach(() => opened.empty());
afterAll(() => opened.close());

/** The archive under a policy, with one CT study of 29 February 2024 that came so many days ago. */
async function archiveOf(policy: Partial<RetentionPolicy>, { cameDaysAgo = 0 } = {}) {
  const { kysely: database } = opened.database;
  const whole = { days: 0, daysOfModality: new Map(), from: "arrival" as const, committedDays: 0, ...policy };
  const log = createLog("info", { write: (line: string) => lines.push(line) });
  const archive = createArchive({ database, store: opened.store, retention: retentionRule(whole, { database, log }) });
  await archive.store(opened.scope, { form: "part10", bytes: inPieces(smallInstance(1)) });
  await database
    .updateTable("study")
    .set({ received_at: new Date(Date.now() - cameDaysAgo * dayMs) })
    .execute();
  return { archive, remove: () => archive.remove(opened.scope, { studyInstanceUid }) };
}

it("keeps a study for its days from the day it came", async () => {
  const { remove } = await archiveOf({ days: 30 }, { cameDaysAgo: 29 });
  await expect(remove()).rejects.toMatchObject({ code: "retained" });
  expect(await (await archiveOf({ days: 30 }, { cameDaysAgo: 31 })).remove()).toBe(1);
});

it("counts other days for a modality, and the longest of several", async () => {
  const daysOfModality = new Map([["CT", 100]]);
  await expect((await archiveOf({ days: 0, daysOfModality }, { cameDaysAgo: 99 })).remove()).rejects.toMatchObject({
    code: "retained",
  });
  const none = new Map([["CT", 0]]);
  const { archive, remove } = await archiveOf({ days: 30, daysOfModality: none });
  const report = smallInstance(2, { Modality: "SR", SeriesInstanceUID: "1.2.826.0.3.2" });
  await archive.store(opened.scope, { form: "part10", bytes: inPieces(report) });
  await expect(remove()).rejects.toMatchObject({ code: "retained" });
  const series = { studyInstanceUid, seriesInstanceUid: "1.2.826.0.3.2" };
  await expect(archive.remove(opened.scope, series)).rejects.toMatchObject({ code: "retained" });
});

it("counts from the study's own date, where it is one and not in the future", async () => {
  // From 29 February 2024 a thousand days end on 25 November 2026.
  const policy = { days: 1000, from: "study-date" as const };
  const rule = retentionRule(
    { daysOfModality: new Map(), committedDays: 0, ...policy },
    { database: opened.database.kysely, log: createLog("silent", { write: () => {} }) },
  );
  const receivedAt = new Date("2025-01-01T00:00:00Z");
  const request = { scope: opened.scope, selector: { studyInstanceUid }, receivedAt };
  expect(await rule({ ...request, studyDate: "20240229" }, receivedAt)).toEqual(new Date("2026-11-25T00:00:00Z"));
  for (const studyDate of [null, "20990101", "2024"])
    expect(await rule({ ...request, studyDate }, receivedAt)).toEqual(new Date("2027-09-28T00:00:00Z"));
});

it("keeps what was committed to for its own days; later a deletion is told to the log", async () => {
  const { kysely } = opened.database;
  const { archive, remove } = await archiveOf({ committedDays: 90 });
  await archive.store(opened.scope, { form: "part10", bytes: inPieces(smallInstance(2)) });
  const committed = kysely.updateTable("instance").where("sop_instance_uid", "=", "1.2.826.0.1.1");
  await committed.set({ committed_at: new Date(Date.now() - 89 * dayMs) }).execute();
  await expect(remove()).rejects.toMatchObject({ code: "retained" });
  expect(await archive.remove(opened.scope, { studyInstanceUid, sopInstanceUid: "1.2.826.0.1.2" })).toBe(1);
  expect(lines.join("")).not.toContain("committed to");
  await committed.set({ committed_at: new Date(Date.now() - 91 * dayMs) }).execute();
  expect(await remove()).toBe(1);
  expect(lines.join("")).toContain("images that this archive committed to are being deleted");
});

it("deletes nothing of a study under legal hold, whatever its age; the hold and its lifting stay with the study and in the log", async () => {
  const { archive, remove } = await archiveOf({}, { cameDaysAgo: 10_000 });
  const scope = { ...opened.scope, actor: "account:1" };
  const hold = await setHold(holds, scope, { studyInstanceUid, reason: "Expertise 2026/12" });
  await expect(setHold(holds, scope, { studyInstanceUid, reason: "again" })).rejects.toMatchObject({
    code: "legal-hold",
  });
  for (const selector of [
    { studyInstanceUid },
    { studyInstanceUid, seriesInstanceUid: "1.2.826.0.3.1" },
    { studyInstanceUid, sopInstanceUid: "1.2.826.0.1.1" },
  ])
    await expect(archive.remove(opened.scope, selector)).rejects.toMatchObject({ code: "legal-hold" });
  expect(await listHolds(holds.database, scope, { withLifted: false })).toEqual([hold]);
  const lifted = await liftHold(holds, scope, { id: hold.id, reason: "closed" });
  expect(lifted).toMatchObject({ reason: "Expertise 2026/12", lifted: { by: "account:1", reason: "closed" } });
  await expect(liftHold(holds, scope, { id: hold.id, reason: "closed" })).rejects.toMatchObject({
    code: "hold-not-found",
  });
  expect(await listHolds(holds.database, scope, { withLifted: false })).toEqual([]);
  const { kysely } = opened.database;
  const events = await kysely.selectFrom("audit_event").select(["action", "actor"]).orderBy("position").execute();
  expect(events).toEqual([
    { action: "hold", actor: "account:1" },
    { action: "lift-hold", actor: "account:1" },
  ]);
  expect(await remove()).toBe(1);
  await expect(setHold(holds, scope, { studyInstanceUid, reason: "late" })).rejects.toMatchObject({
    code: "study-not-found",
  });
});

it("of a hold and a deletion at once one wins, and the other says so", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { remove } = await archiveOf({});
    const [held, removed] = await Promise.allSettled([
      setHold(holds, opened.scope, { studyInstanceUid, reason: "now" }),
      remove(),
    ]);
    expect([held.status, removed.status].sort()).toEqual(["fulfilled", "rejected"]);
    const left = await opened.archive.instances(opened.scope, { studyInstanceUid });
    expect(left).toHaveLength(held.status === "fulfilled" ? 1 : 0);
    await opened.empty();
  }
});
