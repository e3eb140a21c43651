import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { EtalonError } from "@etalon/base";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { BlobStore } from "../../store/blob-store.ts";
import type { StoreOutcome } from "../archive.ts";
import { createArchive } from "../create-archive.ts";
import { openTestArchive, type TestArchive } from "../testing/open-test-archive.ts";
import { inPieces, smallInstance } from "../testing/small-instance.ts";

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
});
afterEach(() => opened.empty());
afterAll(() => opened.close());

/** An archive whose store says at once which blob came, and waits for `synced` before it says that the blob is safe. */
function archiveThatSyncs(synced: () => Promise<void>) {
  const store: BlobStore = {
    ...opened.store,
    put: async (bytes, onWhole) => {
      const blob = await opened.store.put(bytes, onWhole);
      await synced();
      return blob;
    },
  };
  return createArchive({ database: opened.database.kysely, store });
}

function send(archive: ReturnType<typeof archiveThatSyncs>, index: number): Promise<StoreOutcome> {
  return archive.store(opened.scope, { form: "part10", bytes: inPieces(smallInstance(index)) });
}

/** Instances that anybody else sees, and locks that wait for no one: what an open transaction of the archive holds. */
async function seen(): Promise<{ readonly instances: number; readonly openWriters: number }> {
  const { kysely } = opened.database;
  const instances = (await kysely.selectFrom("instance").select("id").execute()).length;
  const { rows } = await sql<{ readonly count: string }>`
    SELECT count(DISTINCT pid) AS count FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE relation = 'instance'::regclass AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
      AND datname = current_database()`.execute(kysely);
  return { instances, openWriters: Number(rows[0]?.count ?? 0) };
}

it("writes the rows while the bytes are synced, and commits and acknowledges only after that", async () => {
  const synced = Promise.withResolvers<void>();
  const archive = archiveThatSyncs(() => synced.promise);
  let outcome: StoreOutcome | undefined;
  const storing = send(archive, 1).then((settled) => {
    outcome = settled;
  });
  await expect.poll(seen).toEqual({ instances: 0, openWriters: 1 });
  expect(outcome).toBeUndefined();
  synced.resolve();
  await storing;
  expect(outcome).toMatchObject({ kind: "stored" });
  expect(await seen()).toEqual({ instances: 1, openWriters: 0 });
});

it("indexes nothing whose bytes could not be synced, and takes the others that came with it", async () => {
  let count = 0;
  const all = Promise.withResolvers<void>();
  const archive = archiveThatSyncs(async () => {
    count += 1;
    const isFailing = count === 3;
    if (count === 5) all.resolve();
    await all.promise;
    if (isFailing) throw new EtalonError("store-failed", { field: "the disk", received: "EIO" });
  });
  const outcomes = await Promise.all([1, 2, 3, 4, 5].map((index) => send(archive, index)));
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["refused", "stored", "stored", "stored", "stored"]);
  const refused = outcomes.find(({ kind }) => kind === "refused");
  expect(refused).toMatchObject({ errorCode: "store-failed" });
  const found = await opened.archive.instances(opened.scope, { studyInstanceUid: "1.2.826.0.2.1" });
  expect(found).toHaveLength(4);
  const study = await opened.database.kysely.selectFrom("study").selectAll().executeTakeFirstOrThrow();
  expect(study.instance_count).toBe(4);
  expect(await readdir(join(opened.folder, "incoming"), { recursive: true })).toHaveLength(1);
});
