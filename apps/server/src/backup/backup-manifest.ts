import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EtalonError } from "@etalon/base";
import { z } from "zod";

/** Name of the file that makes a folder a backup: written last. */
export const manifestName = "backup.json";

const wroteFile = {
  /** Path within the backup. */
  file: z.string().regex(/^tables-\d+\/[a-z_0-9.-]+$/),
  sizeBytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.int().min(0),
};

const manifestSchema = z.object({
  format: z.literal("etalon.backup/1"),
  /** Moment of the snapshot. */
  createdAt: z.iso.datetime(),
  /** Names of the migrations that the database had. */
  migrations: z.array(z.string()).min(1),
  /** `server_version` of the PostgreSQL that it was read from. */
  postgres: z.string(),
  /** In the order in which they are loaded. */
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z_0-9]+$/),
      columns: z.array(z.string().regex(/^[a-z_0-9]+$/)),
      ...wroteFile,
    }),
  ),
  sequences: z.array(z.object({ name: z.string().regex(/^[a-z_0-9]+$/), lastValue: z.int() })),
  /** SHA-256 and size of every blob that a row names, a line each. */
  blobs: z.object({ ...wroteFile, totalBytes: z.int().min(0) }),
});

/** What a backup says of itself. */
export type BackupManifest = z.output<typeof manifestSchema>;

/** A file that a backup names. */
export type BackedUpFile = Pick<BackupManifest["blobs"], "file" | "sizeBytes" | "sha256" | "rows">;

/** @throws {EtalonError} `backup-incomplete` where the folder holds no whole backup */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, manifestName), "utf8").catch((cause: unknown) => {
    throw new EtalonError("backup-incomplete", { field: manifestName, received: "no such file", cause });
  });
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new EtalonError("backup-incomplete", { field: manifestName, received: "not what was written" });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
