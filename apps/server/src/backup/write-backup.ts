import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { EtalonError } from "@etalon/base";
import pg from "pg";
import { backupLockKey } from "../archive/advisory-locks.ts";
import type { BlobStore } from "../store/blob-store.ts";
import { createFileBlobStore } from "../store/file-blob-store.ts";
import { checkFile, incomplete, readBlobList, writeLines } from "./backup-files.ts";
import { type BackupManifest, manifestName } from "./backup-manifest.ts";
import { type CopiedBlobs, copyBlobs } from "./copy-blobs.ts";
import { copyOut } from "./copy-rows.ts";
import { copyTarget, listTables } from "./table-list.ts";

/** What is backed up. */
export interface BackupSource {
  readonly connectionString: string;
  readonly store: BlobStore;
}

/** What a backup came to. */
export interface BackupSummary extends CopiedBlobs {
  readonly manifest: BackupManifest;
}

/**
 * Tables that are there without their rows: who is signed in, with which links and tokens, who failed to. A restored archive
 * would otherwise let in whoever was sent away since.
 */
const withoutRows: ReadonlySet<string> = new Set(["session", "single_use", "sign_in_attempt"]);

/** Where the lock was lost, a blob may go with its rows while it is copied: then the moment is taken again. */
const mostSnapshots = 3;

/**
 * Writes a backup into a folder, which may hold an earlier one: of blobs only what it lacks. The tables are those of one
 * moment, while others write; blobs that are erased meanwhile go later. The folder is a backup again once
 * `backup.json` names the new tables, the last thing to be written; after a break the same call goes on.
 *
 * @throws {EtalonError} `store-full`, `store-failed`, `blob-missing` where the archive itself has lost bytes
 */
export async function writeBackup(source: BackupSource, folder: string, now: Date): Promise<BackupSummary> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const to = await createFileBlobStore(join(folder, "blobs"));
  const holder = await connect(source);
  try {
    await holder.query("SELECT pg_advisory_lock($1)", [backupLockKey]);
    return await writeWhole(source, { folder, to, now });
  } finally {
    await holder.end();
  }
}

interface Target {
  readonly folder: string;
  readonly to: BlobStore;
  readonly now: Date;
}

async function writeWhole(source: BackupSource, { folder, to, now }: Target): Promise<BackupSummary> {
  for (let attempt = 1; ; attempt += 1) {
    const tables = `tables-${now.getTime() + attempt}`;
    await rm(join(folder, tables), { recursive: true, force: true });
    const manifest = await writeTables(source, { folder, tables, now });
    try {
      const copied = await copyBlobs(readBlobList(folder, manifest.blobs), { from: source.store, to });
      await verify(folder, manifest, to);
      await publish(folder, manifest);
      await sweep(folder, { manifest, tables, to });
      return { manifest, ...copied };
    } catch (thrown) {
      await rm(join(folder, tables), { recursive: true, force: true });
      const isGone = thrown instanceof EtalonError && thrown.code === "blob-missing";
      if (!isGone || attempt === mostSnapshots || (await isNamed(source, thrown.field))) throw thrown;
    }
  }
}

interface TablesPlace {
  readonly folder: string;
  /** Name of the folder within it. */
  readonly tables: string;
  readonly now: Date;
}

/** Every table, as of one moment. */
async function writeTables(source: BackupSource, { folder, tables, now }: TablesPlace): Promise<BackupManifest> {
  await mkdir(join(folder, tables), { mode: 0o700 });
  const client = await connect(source);
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows: migrations } = await client.query<{ readonly name: string }>(
      "SELECT name FROM migration ORDER BY name",
    );
    const { rows: versions } = await client.query<{ readonly server_version: string }>("SHOW server_version");
    const written: BackupManifest["tables"] = [];
    for (const table of await listTables(client)) {
      const rows = copyOut(
        client,
        `COPY ${withoutRows.has(table.name) ? "(SELECT WHERE false)" : copyTarget(table)} TO STDOUT`,
      );
      const file = await writeLines(folder, `${tables}/${table.name}.copy`, rows);
      written.push({ name: table.name, columns: [...table.columns], ...file });
    }
    const list = `COPY (SELECT encode(file_sha256, 'hex'), max(size_bytes) FROM instance GROUP BY 1 ORDER BY 1) TO STDOUT`;
    const blobs = await writeLines(folder, `${tables}/blobs.list`, copyOut(client, list));
    const { rows: totals } = await client.query<{ readonly total: string }>(
      "SELECT coalesce(sum(size), 0) AS total FROM (SELECT max(size_bytes) AS size FROM instance GROUP BY file_sha256) each",
    );
    // Sequences are of no moment: what they say now is no earlier than the rows.
    const { rows: sequences } = await client.query<{ readonly name: string; readonly last: string }>(
      `SELECT sequencename AS name, last_value AS last FROM pg_sequences
       WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1`,
    );
    await client.query("COMMIT");
    return {
      format: "etalon.backup/1",
      createdAt: now.toISOString(),
      migrations: migrations.map(({ name }) => name),
      postgres: versions[0]?.server_version ?? "",
      tables: written,
      sequences: sequences.map(({ name, last }) => ({ name, lastValue: Number(last) })),
      blobs: { ...blobs, totalBytes: Number(totals[0]?.total ?? 0) },
    };
  } finally {
    await client.end();
  }
}

async function connect({ connectionString }: BackupSource): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: "etalon backup" });
  // A connection that breaks says so at its next query.
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** Whether a row names a blob now. */
async function isNamed(source: BackupSource, sha256: string): Promise<boolean> {
  const client = await connect(source);
  try {
    const text = "SELECT 1 FROM instance WHERE file_sha256 = decode($1, 'hex') LIMIT 1";
    return ((await client.query(text, [sha256])).rowCount ?? 0) > 0;
  } finally {
    await client.end();
  }
}

/** Reads what was written. */
async function verify(folder: string, manifest: BackupManifest, blobs: BlobStore): Promise<void> {
  for (const file of [...manifest.tables, manifest.blobs]) await checkFile(folder, file);
  for await (const { sha256, sizeBytes } of readBlobList(folder, manifest.blobs)) {
    const size = await blobs.sizeOf(sha256);
    if (size !== sizeBytes) throw incomplete(sha256, `${size ?? 0} / ${sizeBytes}`);
  }
}

async function publish(folder: string, manifest: BackupManifest): Promise<void> {
  const path = join(folder, `${manifestName}.new`);
  const handle = await open(path, "w", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(path, join(folder, manifestName));
  const parent = await open(folder, "r");
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
}

/** Removes earlier tables, and blobs that no row names any more: what was erased is erased here too. */
async function sweep(
  folder: string,
  { manifest, tables, to }: { readonly manifest: BackupManifest; readonly tables: string; readonly to: BlobStore },
): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^tables-\d+$/.test(name) && name !== tables) await rm(join(folder, name), { recursive: true });
  }
  const named = new Set<string>();
  for await (const { sha256 } of readBlobList(folder, manifest.blobs)) named.add(sha256);
  for await (const { sha256 } of to.list()) if (!named.has(sha256)) await to.remove(sha256);
}
