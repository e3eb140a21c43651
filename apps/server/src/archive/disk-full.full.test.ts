import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFileBlobStore } from "../store/file-blob-store.ts";
import { createArchive } from "./create-archive.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { inPieces, smallInstance } from "./testing/small-instance.ts";

/** A file system of 4 MiB: a mount that only root may make. */
function mountSmall(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "etalon-full-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    rmdirSync(folder);
    return undefined;
  }
}

const folder = mountSmall();

describe.skipIf(folder === undefined)("a disk that is full (needs root, to mount a small tmpfs)", () => {
  const root = folder ?? "";
  let opened: TestArchive;
  beforeAll(async () => {
    opened = await openTestArchive();
  });
  afterAll(async () => {
    await opened.close();
    execFileSync("umount", [root]);
    rmdirSync(root);
  });

  function files(): readonly string[] {
    const entries = readdirSync(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  it("refuses what does not fit with A700, leaves nothing of it, and goes on once there is room", async () => {
    const store = await createFileBlobStore(root);
    const archive = createArchive({ database: opened.database.kysely, store });
    const mebibyte = new Uint8Array(1024 * 1024);
    const large = (index: number): Uint8Array =>
      smallInstance(index, { Rows: 512, Columns: 1024, PixelData: mebibyte.fill(index) });
    const send = (bytes: Uint8Array) => archive.store(opened.scope, { form: "part10", bytes: inPieces(bytes, 65_536) });

    const outcomes = [];
    for (let index = 1; index <= 6; index += 1) outcomes.push(await send(large(index)));
    const stored = outcomes.filter(({ kind }) => kind === "stored");
    const refused = outcomes.filter(({ kind }) => kind === "refused");
    expect(stored.length).toBeGreaterThan(1);
    expect(stored.length).toBeLessThan(4);
    for (const outcome of refused) {
      expect(outcome).toMatchObject({ kind: "refused", errorCode: "store-full", failureReason: 0xa700 });
    }
    expect(files()).toHaveLength(stored.length);
    expect(await archive.instances(opened.scope, { studyInstanceUid: "1.2.826.0.2.1" })).toHaveLength(stored.length);
    expect(await send(smallInstance(7))).toMatchObject({ kind: "stored" });

    // At once, they fill the disk for each other: whichever is refused, nothing half stays.
    const again = await Promise.all([1, 2, 3, 4, 5, 6].map((index) => send(large(index))));
    expect(again.every(({ kind }) => kind === "identical" || kind === "refused")).toBe(true);
    expect(files()).toHaveLength(stored.length + 1);
    const sopInstanceUid = "1.2.826.0.1.1";
    expect(await archive.remove(opened.scope, { studyInstanceUid: "1.2.826.0.2.1", sopInstanceUid })).toBe(1);
    expect(await send(large(6))).toMatchObject({ kind: "stored" });
  });
});
