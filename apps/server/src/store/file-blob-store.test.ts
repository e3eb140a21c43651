import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFileBlobStore } from "./file-blob-store.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "etalon-store-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const bytes = new TextEncoder().encode("kept by an earlier store");
const sha256 = createHash("sha256").update(bytes).digest("hex");
/** Two folders deep, as stores once were. */
const deepPath = (): string => join(root, "sha256", sha256.slice(0, 2), sha256.slice(2, 4), sha256);
const path = (): string => join(root, "sha256", sha256.slice(0, 2), sha256);

function putDeep(content: Uint8Array): void {
  mkdirSync(join(deepPath(), ".."), { recursive: true });
  writeFileSync(deepPath(), content);
}

async function* pieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content.subarray(0, 5);
  yield content.subarray(5);
}

async function listed(store: Awaited<ReturnType<typeof createFileBlobStore>>): Promise<unknown> {
  const all = [];
  for await (const { sha256: name, sizeBytes } of store.list()) all.push({ name, sizeBytes });
  return all;
}

it("puts a blob one folder deep", async () => {
  const store = await createFileBlobStore(root);
  await store.put(pieces(bytes));
  expect(existsSync(path())).toBe(true);
});

it("reads, lists and removes what an earlier store put two folders deep, and keeps it where it is", async () => {
  putDeep(bytes);
  const store = await createFileBlobStore(root);
  expect(await store.sizeOf(sha256)).toBe(bytes.length);
  expect(new Uint8Array(await buffer(await store.open(sha256)))).toEqual(bytes);
  expect(await store.read(sha256, { offset: 5, length: 2 })).toEqual(bytes.subarray(5, 7));
  expect(await listed(store)).toEqual([{ name: sha256, sizeBytes: bytes.length }]);
  expect(await store.put(pieces(bytes))).toEqual({ sha256, sizeBytes: bytes.length });
  expect([existsSync(path()), existsSync(deepPath())]).toEqual([false, true]);
  await store.remove(sha256);
  expect(await store.sizeOf(sha256)).toBeUndefined();
  expect(await listed(store)).toEqual([]);
});

it("mends what a disk has cut short two folders deep", async () => {
  putDeep(bytes.subarray(0, 5));
  const store = await createFileBlobStore(root);
  await store.put(pieces(bytes));
  expect(new Uint8Array(await buffer(await store.open(sha256)))).toEqual(bytes);
  expect(await listed(store)).toEqual([{ name: sha256, sizeBytes: bytes.length }]);
  await store.remove(sha256);
  expect(readdirSync(join(root, "sha256"), { recursive: true, withFileTypes: true }).filter((e) => e.isFile())).toEqual(
    [],
  );
});

it("says which blob it is when all bytes have come, before it is there under its name", async () => {
  const store = await createFileBlobStore(root);
  const told: unknown[] = [];
  await store.put(pieces(bytes), (blob) => told.push(blob, existsSync(path())));
  expect(told).toEqual([{ sha256, sizeBytes: bytes.length }, false]);
});
