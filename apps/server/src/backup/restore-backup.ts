import { join } from "node:path";
import { EtalonError } from "@etalon/base";
import { type Kysely, sql } from "kysely";
import pg from "pg";
import { verifyAudit } from "../audit/verify-audit.ts";
import { migrateTo, migrateToLatest, migrationNames } from "../database/migrate.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { BlobStore } from "../store/blob-store.ts";
import { createFileBlobStore } from "../store/file-blob-store.ts";
import { checkFile, incomplete, readBlobList, readChecked } from "./backup-files.ts";
import { type BackupManifest, readManifest } from "./backup-manifest.ts";
import { type CopiedBlobs, copyBlobs } from "./copy-blobs.ts";
import { copyIn } from "./copy-rows.ts";
import { copyTarget, listTables, quoted } from "./table-list.ts";

/** Where a backup goes: a database without an archive, and a store. */
export interface RestoreTarget {
  readonly connectionString: string;
  /** The same database. */
  readonly database: Kysely<ArchiveDatabase>;
  readonly store: BlobStore;
}

/** What a restore came to. */
export interface RestoreSummary extends CopiedBlobs {
  readonly manifest: BackupManifest;
  /** Whether the audit log came whole: a backup of a broken chain is one too. */
  readonly isAuditWhole: boolean;
}

/** Tables that a new archive has rows in. */
const filledAtFirst: ReadonlySet<string> = new Set(["site", "audit_head", "audit_forwarding"]);

/**
 * Makes an archive of a backup: first the blobs, then every row in one transaction, so that after a break there is no archive
 * and the same call goes on with the blobs that are missing. A backup of an earlier schema becomes one of this program's.
 *
 * @throws {EtalonError} `backup-incomplete` naming what is missing or changed, `backup-newer`, `archive-not-empty`, and what
 *   the stores and the database do
 */
export async function restoreBackup(folder: string, target: RestoreTarget): Promise<RestoreSummary> {
  const manifest = await readManifest(folder);
  const unknown = manifest.migrations.filter((name) => !migrationNames.includes(name));
  if (unknown.length > 0) throw new EtalonError("backup-newer", { field: folder, received: unknown.join(", ") });
  for (const file of [...manifest.tables, manifest.blobs]) await checkFile(folder, file);
  const applied = await migrateTo(target.database, new Set(manifest.migrations));
  const surplus = applied.filter((name) => !manifest.migrations.includes(name));
  if (surplus.length > 0)
    throw new EtalonError("archive-not-empty", { field: "migration", received: surplus.join(", ") });
  const client = new pg.Client({ connectionString: target.connectionString, application_name: "etalon restore" });
  client.on("error", () => {});
  await client.connect();
  try {
    await refuseFilled(client);
    const from = await createFileBlobStore(join(folder, "blobs"));
    const copied = await copyBlobs(whatIsThere(folder, manifest, from), { from, to: target.store });
    await loadTables(client, folder, manifest);
    await migrateToLatest(target.database);
    await verify(folder, manifest, target);
    return { manifest, ...copied, isAuditWhole: (await verifyAudit(target.database)).isWhole };
  } finally {
    await client.end();
  }
}

/** @throws {EtalonError} `archive-not-empty` */
async function refuseFilled(client: pg.Client): Promise<void> {
  for (const { name } of await listTables(client)) {
    if (filledAtFirst.has(name)) continue;
    const { rowCount } = await client.query(`SELECT 1 FROM public.${quoted(name)} LIMIT 1`);
    if (rowCount !== 0) throw new EtalonError("archive-not-empty", { field: name, received: "rows" });
  }
}

async function* whatIsThere(folder: string, { blobs }: BackupManifest, from: BlobStore) {
  for await (const blob of readBlobList(folder, blobs)) {
    const size = await from.sizeOf(blob.sha256);
    if (size !== blob.sizeBytes) throw incomplete(blob.sha256, `${size ?? 0} / ${blob.sizeBytes}`);
    yield blob;
  }
}

async function loadTables(client: pg.Client, folder: string, manifest: BackupManifest): Promise<void> {
  await client.query("BEGIN");
  try {
    await refuseFilled(client);
    for (const { name } of manifest.tables.toReversed()) {
      // What refuses changes of the audit log refuses the first row of its head too.
      await client.query(`ALTER TABLE public.${quoted(name)} DISABLE TRIGGER USER`);
      await client.query(`DELETE FROM public.${quoted(name)}`);
    }
    for (const table of manifest.tables) {
      await copyIn(client, `COPY ${copyTarget(table)} FROM STDIN`, readChecked(folder, table));
    }
    for (const { name } of manifest.tables) {
      await client.query(`ALTER TABLE public.${quoted(name)} ENABLE TRIGGER USER`);
    }
    for (const { name, lastValue } of manifest.sequences) {
      await client.query("SELECT setval($1::regclass, $2)", [`public.${quoted(name)}`, lastValue]);
    }
    await client.query("COMMIT");
  } catch (thrown) {
    await client.query("ROLLBACK").catch(() => {});
    throw thrown;
  }
  await client.query("ANALYZE");
}

/** Counts what is there now. */
async function verify(folder: string, manifest: BackupManifest, { database, store }: RestoreTarget): Promise<void> {
  for (const { name, rows } of manifest.tables) {
    const counted = await sql<{ readonly count: number }>`SELECT count(*) AS count FROM ${sql.table(name)}`.execute(
      database,
    );
    const count = Number(counted.rows[0]?.count);
    if (count !== rows) throw incomplete(name, `${count} / ${rows}`);
  }
  for await (const { sha256, sizeBytes } of readBlobList(folder, manifest.blobs)) {
    const size = await store.sizeOf(sha256);
    if (size !== sizeBytes) throw incomplete(sha256, `${size ?? 0} / ${sizeBytes}`);
  }
}
