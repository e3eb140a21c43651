import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createLog } from "../create-log.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { inPieces, smallInstance } from "./testing/small-instance.ts";
import { startUpkeep, type UpkeepTimes } from "./upkeep.ts";

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
});
afterEach(() => opened.empty());
afterAll(() => opened.close());

const orphan = (index: number): Promise<unknown> => opened.store.put(inPieces(Uint8Array.of(index)));

async function upkeepOnce(times: Partial<UpkeepTimes>): Promise<{ found: unknown; lines: readonly string[] }> {
  const lines: string[] = [];
  const log = createLog("info", { write: (line: string) => lines.push(line) });
  const place = {
    database: opened.database.kysely,
    store: opened.store,
    clock: () => new Date(Date.now() + 1000),
  };
  const all = { firstAfterMs: 0, everyMs: 3_600_000, graceMs: 0, ...times };
  const upkeep = startUpkeep(place, { log, times: all, removesOrphans: false });
  const latest = Date.now() + 30_000;
  while (!lines.some((line) => line.includes("store and index")) && Date.now() < latest) await pause(5);
  await upkeep.stop();
  return { found: upkeep.last(), lines };
}

it("tells that an image lost its bytes, and of bytes without a row, which it leaves alone", async () => {
  const { archive, scope } = opened;
  await archive.store(scope, { form: "part10", bytes: inPieces(smallInstance(1)) });
  const [instance] = await archive.instances(scope, { studyInstanceUid: "1.2.826.0.2.1" });
  await opened.store.remove(instance?.fileSha256 ?? "");
  await orphan(1);
  await orphan(2);
  const { found, lines } = await upkeepOnce({});
  expect(found).toMatchObject({ checkedBlobs: 2, removedBlobs: [], keptOrphans: 2, checkedInstances: 1 });
  expect(lines.join("")).toContain(`"sopInstanceUid":"${instance?.sopInstanceUid}"`);
  expect(lines.join("")).toContain("store and index differ");
  expect(lines.join("")).toContain("which stay for now");
});

it("stops at once while it waits", async () => {
  const place = { database: opened.database.kysely, store: opened.store, clock: () => new Date() };
  const times = { firstAfterMs: 3_600_000, everyMs: 3_600_000, graceMs: 0 };
  const upkeep = startUpkeep(place, { log: createLog("silent", { write: () => {} }), times, removesOrphans: true });
  await upkeep.stop();
  expect(upkeep.last()).toBeUndefined();
});
