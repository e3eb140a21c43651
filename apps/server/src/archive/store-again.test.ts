import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { StoredInstance, StoreOutcome } from "./archive.ts";
import { createArchive } from "./create-archive.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { inPieces, smallInstance } from "./testing/small-instance.ts";

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
}, 60_000);
afterEach(() => opened.empty());
afterAll(() => opened.close());

function store(bytes: Uint8Array): Promise<StoreOutcome> {
  return opened.archive.store(opened.scope, { form: "part10", bytes: inPieces(bytes) });
}

async function storedInstance(): Promise<StoredInstance> {
  const [instance] = await opened.archive.instances(opened.scope, { studyInstanceUid: "1.2.826.0.2.1" });
  if (instance === undefined) throw new Error("not stored");
  return instance;
}

async function storedBytes(): Promise<Uint8Array> {
  return new Uint8Array(await buffer(await opened.archive.open(opened.scope, await storedInstance())));
}

/** The disk loses all but the first 100 bytes of the instance. */
async function cutShort(): Promise<void> {
  const { fileSha256 } = await storedInstance();
  await truncate(join(opened.folder, "sha256", fileSha256.slice(0, 2), fileSha256), 100);
}

describe("what stands in the way of an object", () => {
  it("studies that share SOP Instance UIDs take each other's objects at the same time", async () => {
    for (let round = 0; round < 4; round++) {
      // Study s brings the UIDs in an order of its own: from s on, in steps of s + 1, 11 being prime.
      const files = Array.from({ length: 5 }, (_, s) =>
        Array.from({ length: 11 }, (_, index) =>
          smallInstance(1 + ((s + index * (s + 1)) % 11), {
            StudyInstanceUID: `1.2.826.0.2.${100 * round + s}`,
            SeriesInstanceUID: `1.2.826.0.3.${100 * round + s}`,
            SOPInstanceUID: `1.2.826.0.1.${100 * round + 1 + ((s + index * (s + 1)) % 11)}`,
          }),
        ),
      );
      // A second archive, as another program that shares the database, has queues of its own.
      const other = createArchive({ database: opened.database.kysely, store: opened.store });
      const outcomes = await Promise.all(
        files
          .flat()
          .map((file, index) =>
            (index % 2 === 0 ? opened.archive : other).store(opened.scope, { form: "part10", bytes: inPieces(file) }),
          ),
      );
      expect(outcomes.filter(({ kind }) => kind === "refused")).toEqual([]);
    }
  }, 60_000);

  it("a file that the disk has cut short is whole when it comes again", async () => {
    const file = smallInstance(1);
    await store(file);
    await cutShort();
    expect(await store(file)).toMatchObject({ kind: "identical" });
    expect(await storedBytes()).toEqual(file);
  });

  it("a file cut short is replaced by the same data set in another file", async () => {
    await store(smallInstance(1));
    await cutShort();
    // The preamble is no part of the data set (PS3.10 section 7.1).
    const sent = smallInstance(1);
    sent[0] = 1;
    expect(await store(sent)).toMatchObject({ kind: "identical" });
    expect(await storedBytes()).toEqual(sent);
  });
});
