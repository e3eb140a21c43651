import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { finishRemovals } from "./finish-removals.ts";
import { reconcile } from "./reconcile.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { inPieces, smallInstance } from "./testing/small-instance.ts";

const program = fileURLToPath(new URL("testing/remove-process.ts", import.meta.url));
const studyInstanceUid = "1.2.826.0.2.1";
const dayMs = 24 * 3_600_000;

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
});
afterEach(() => opened.empty());
afterAll(() => opened.close());

/** The archive's place, so many days from now. */
function placeIn(days: number) {
  const { database, store } = opened;
  return { database: database.kysely, store, clock: () => new Date(Date.now() + days * dayMs) };
}

async function storeSome(count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1)
    await opened.archive.store(opened.scope, { form: "part10", bytes: inPieces(smallInstance(index)) });
}

async function blobs(): Promise<number> {
  let count = 0;
  for await (const _ of opened.store.list()) count += 1;
  return count;
}

const options = { graceMs: dayMs, removesOrphans: true };

it("a deletion killed between its rows and its files is finished by the next upkeep, whatever becomes of orphans", async () => {
  await storeSome(5);
  const { connectionString } = opened.database;
  const child = spawn(
    process.execPath,
    [program, connectionString, opened.folder, String(opened.scope.siteId), studyInstanceUid],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [line] = await once(child.stdout, "data");
  expect(String(line)).toBe("HALTED\n");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect([await opened.archive.instances(opened.scope, { studyInstanceUid }), await blobs()]).toEqual([[], 5]);
  // What comes again meanwhile is kept.
  await storeSome(1);
  const found = await reconcile(placeIn(0), { ...options, removesOrphans: false });
  expect([found.removedBlobs.length, await blobs(), found.damaged]).toEqual([4, 1, []]);
  expect(await finishRemovals(placeIn(0), { reason: "deleted", notedBefore: placeIn(0).clock() })).toEqual([]);
});

it("a file that nothing names goes when it is a day old and was seen a day before; one that is named again stays", async () => {
  await storeSome(2);
  const orphan = await opened.store.put(inPieces(new Uint8Array(10)));
  const file = smallInstance(3);
  const named = await opened.store.put(inPieces(file));
  expect(await reconcile(placeIn(0.5), options)).toMatchObject({ removedBlobs: [], keptOrphans: 0 });
  expect(await reconcile(placeIn(1.5), options)).toMatchObject({ removedBlobs: [], keptOrphans: 2 });
  expect(await reconcile(placeIn(2), options)).toMatchObject({ removedBlobs: [], keptOrphans: 2 });
  await opened.archive.store(opened.scope, { form: "part10", bytes: inPieces(file) });
  expect(await reconcile(placeIn(2.6), options)).toMatchObject({ removedBlobs: [orphan.sha256], keptOrphans: 0 });
  expect(await opened.store.sizeOf(named.sha256)).toBe(file.length);
});

it("where they are many, this is the store of another database, and nothing goes", async () => {
  for (let index = 0; index < 101; index += 1) await opened.store.put(inPieces(Uint8Array.of(index)));
  for (const days of [1.5, 3, 5]) {
    expect(await reconcile(placeIn(days), options)).toMatchObject({ removedBlobs: [], keptOrphans: 101 });
  }
});
