import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { reconcile } from "./reconcile.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { inPieces, smallInstance } from "./testing/small-instance.ts";

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
});
afterEach(() => opened.empty());
afterAll(() => opened.close());

it("removes old bytes that no row names, and reports rows without bytes", async () => {
  const { archive, scope, database, store } = opened;
  for (const index of [1, 2]) await archive.store(scope, { form: "part10", bytes: inPieces(smallInstance(index)) });
  const orphan = await store.put(inPieces(new Uint8Array(10)));
  const place = { database: database.kysely, store, clock: () => new Date() };
  const options = { graceMs: 60_000, removesOrphans: true };
  expect(await reconcile(place, options)).toMatchObject({ checkedBlobs: 3, removedBlobs: [], damaged: [] });
  const [first] = await archive.instances(scope, { studyInstanceUid: "1.2.826.0.2.1" });
  await store.remove(first?.fileSha256 ?? "");
  await reconcile({ ...place, clock: () => new Date(Date.now() + 60_001) }, options);
  expect(await reconcile({ ...place, clock: () => new Date(Date.now() + 120_002) }, options)).toEqual({
    checkedBlobs: 2,
    removedBlobs: [orphan.sha256],
    keptOrphans: 0,
    checkedInstances: 2,
    damaged: [
      {
        siteId: scope.siteId,
        sopInstanceUid: first?.sopInstanceUid,
        fileSha256: first?.fileSha256,
        expectedBytes: first?.sizeBytes,
        foundBytes: undefined,
      },
    ],
  });
});
