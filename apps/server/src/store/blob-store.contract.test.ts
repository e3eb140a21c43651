import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BlobStore, StoredBlob } from "./blob-store.ts";
import { createFileBlobStore } from "./file-blob-store.ts";
import { createS3BlobStore } from "./s3-blob-store.ts";
import { startTestS3 } from "./testing/start-test-s3.ts";

const absent = "0".repeat(64);

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += length) yield bytes.subarray(offset, offset + length);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function listed(store: BlobStore): Promise<readonly StoredBlob[]> {
  const blobs: StoredBlob[] = [];
  for await (const blob of store.list()) blobs.push(blob);
  return blobs;
}

/** Every store there is: a folder with nothing in it, and how many files lie in it beside the blobs. */
const stores = [
  {
    name: "files",
    open: async () => {
      const root = await mkdtemp(join(tmpdir(), "etalon-blobs-"));
      const leftovers = async () => {
        const entries = await readdir(join(root, "incoming"), { recursive: true, withFileTypes: true });
        return entries.filter((entry) => entry.isFile()).length;
      };
      return { store: await createFileBlobStore(root), leftovers, close: () => rm(root, { recursive: true }) };
    },
    knowsRoom: true,
  },
  {
    name: "S3",
    open: async () => {
      const s3 = await startTestS3();
      return { store: createS3BlobStore(s3.place), leftovers: s3.leftovers, close: s3.close };
    },
    // A bucket has no end that can be asked for.
    knowsRoom: false,
  },
] as const;

describe.each(stores)("blob store of $name", ({ open, knowsRoom }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: BlobStore;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.close());

  it("gives back what it took, whatever the pieces, under the hash of the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.integer({ min: 1, max: 700 }), async (bytes, length) => {
        const blob = await store.put(inPieces(bytes, length));
        expect(blob).toEqual({ sha256: sha256Of(bytes), sizeBytes: bytes.length });
        expect(new Uint8Array(await buffer(await store.open(blob.sha256)))).toEqual(bytes);
        expect(await store.sizeOf(blob.sha256)).toBe(bytes.length);
      }),
      { numRuns: 40 },
    );
    expect(await opened.leftovers()).toBe(0);
  });

  it("keeps many pieces of uneven length in order", async () => {
    const bytes = new Uint8Array(3_000_017).map((_, index) => index % 251);
    const blob = await store.put(inPieces(bytes, 65_521));
    expect(blob.sha256).toBe(sha256Of(bytes));
    expect(sha256Of(await buffer(await store.open(blob.sha256)))).toBe(blob.sha256);
  });

  it("gives back parts, and fewer bytes only where the blob ends", async () => {
    const bytes = new Uint8Array(1000).map((_, index) => index % 256);
    const { sha256 } = await store.put(inPieces(bytes, 300));
    const ranges = fc.record({ offset: fc.nat(999), length: fc.nat(400) });
    await fc.assert(
      fc.asyncProperty(ranges, async ({ offset, length }) => {
        const expected = bytes.subarray(offset, offset + length);
        expect(await store.read(sha256, { offset, length })).toEqual(expected);
        expect(new Uint8Array(await buffer(await store.open(sha256, { offset, length })))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it("has one blob for the same bytes, also when they come at once", async () => {
    const bytes = new Uint8Array(5000).fill(7);
    const before = (await listed(store)).length;
    const blobs = await Promise.all(Array.from({ length: 20 }, () => store.put(inPieces(bytes, 999))));
    expect(new Set(blobs.map(({ sha256 }) => sha256))).toEqual(new Set([sha256Of(bytes)]));
    expect((await listed(store)).length).toBe(before + 1);
  });

  it("leaves nothing behind where the sender breaks off, and hands on the sender's error", async () => {
    const before = await listed(store);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(700_000);
      yield new Uint8Array(9_000_000);
      throw new RangeError("connection reset");
    }
    await expect(store.put(broken())).rejects.toThrow(RangeError);
    expect(await listed(store)).toEqual(before);
    expect(await opened.leftovers()).toBe(0);
  });

  it("names what is not there, and takes no path for a name", async () => {
    expect(await store.sizeOf(absent)).toBeUndefined();
    await expect(store.open(absent)).rejects.toMatchObject({ code: "blob-missing" });
    await expect(store.read(absent, { offset: 0, length: 1 })).rejects.toMatchObject({ code: "blob-missing" });
    for (const name of ["../../etc/passwd", `${"0".repeat(63)}/`, absent.toUpperCase().replace("0", "A"), ""]) {
      await expect(store.open(name)).rejects.toMatchObject({ code: "blob-missing" });
      await expect(store.remove(name)).rejects.toMatchObject({ code: "blob-missing" });
    }
  });

  it("removes a blob, once or twice, and takes it again", async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const { sha256 } = await store.put(inPieces(bytes, 3));
    await store.remove(sha256);
    await store.remove(sha256);
    expect(await store.sizeOf(sha256)).toBeUndefined();
    await store.put(inPieces(bytes, 1));
    expect(await store.sizeOf(sha256)).toBe(3);
  });

  it("lists each blob with its size and when it came", async () => {
    const startedMs = Date.now() - 1000;
    const { sha256 } = await store.put(inPieces(new TextEncoder().encode("listed"), 6));
    const found = (await listed(store)).find((blob) => blob.sha256 === sha256);
    expect(found?.sizeBytes).toBe(6);
    expect(found?.storedAt?.getTime()).toBeGreaterThan(startedMs);
  });

  it("keeps what is larger than a part", async () => {
    const bytes = new Uint8Array(20_000_003).map((_, index) => (index * 7) % 253);
    const blob = await store.put(inPieces(bytes, 1_000_003));
    expect(blob).toEqual({ sha256: sha256Of(bytes), sizeBytes: bytes.length });
    expect(await store.put(inPieces(bytes, 3_000_000))).toEqual(blob);
    expect(sha256Of(await buffer(await store.open(blob.sha256)))).toBe(blob.sha256);
    const range = { offset: 8_388_600, length: 30 };
    expect(await store.read(blob.sha256, range)).toEqual(bytes.subarray(8_388_600, 8_388_630));
    expect(await opened.leftovers()).toBe(0);
  });

  it("has nothing beyond the end", async () => {
    const { sha256 } = await store.put(inPieces(new Uint8Array(10), 10));
    expect(await store.read(sha256, { offset: 10, length: 5 })).toEqual(new Uint8Array(0));
  });

  it("says how much room there is, where that can be known", async () => {
    const free = await store.freeBytes();
    if (knowsRoom) expect(free).toBeGreaterThan(0);
    else expect(free).toBeUndefined();
  });
});
