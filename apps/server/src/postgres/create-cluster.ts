import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { EtalonError } from "@etalon/base";
import { type ClusterPlace, databaseName, nameOfCluster, postgresEnvironment } from "./cluster-place.ts";

/** Bytes of the database's password: as hard to guess as an AES-128 key, twice. */
const passwordBytes = 32;

/**
 * Makes the folders, the password and PostgreSQL's data folder where they are missing; what is there is kept. A data folder
 * appears under its name only when it is whole and on the disk.
 *
 * @param isLasting false in tests: nothing is synced
 * @returns the password
 * @throws {EtalonError} `postgres-version` where another major version wrote the data folder, `postgres-failed`,
 *   `data-folder-unusable`
 */
export async function createCluster(place: ClusterPlace, isLasting: boolean): Promise<string> {
  try {
    await makeFolders(place);
    const password = await readOrMakePassword(place);
    const version = await readVersion(place.cluster);
    if (version === undefined) await initialise(place, isLasting);
    else if (version !== place.binaries.majorVersion) {
      const { majorVersion } = place.binaries;
      throw new EtalonError("postgres-version", {
        field: place.cluster,
        received: version,
        details: { expected: majorVersion },
      });
    }
    return password;
  } catch (cause) {
    if (cause instanceof EtalonError) throw cause;
    throw new EtalonError("data-folder-unusable", { field: place.folder, received: String(cause), cause });
  }
}

async function makeFolders({ folder, socketFolder, user }: ClusterPlace): Promise<void> {
  // PostgreSQL's user passes through to the folders of its own.
  await mkdir(folder, { recursive: true });
  await chmod(folder, user === undefined ? 0o700 : 0o711);
  await mkdir(socketFolder, { recursive: true, mode: 0o700 });
  if (user !== undefined) await chown(socketFolder, user.uid, user.gid);
}

async function readOrMakePassword({ passwordFile, user }: ClusterPlace): Promise<string> {
  const known = (await readIfThere(passwordFile))?.trim();
  if (known !== undefined && known !== "") return known;
  const password = randomBytes(passwordBytes).toString("base64url");
  const begun = `${passwordFile}.new`;
  await rm(begun, { force: true });
  await writeSynced(begun, `${password}\n`);
  // initdb reads it as PostgreSQL's user.
  if (user !== undefined) await chown(begun, user.uid, user.gid);
  await rename(begun, passwordFile);
  return password;
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readVersion(cluster: string): Promise<string | undefined> {
  return (await readIfThere(join(cluster, "PG_VERSION")))?.trim();
}

async function initialise(place: ClusterPlace, isLasting: boolean): Promise<void> {
  const begun = `${place.cluster}.new`;
  await rm(begun, { recursive: true, force: true });
  await mkdir(begun, { mode: 0o700 });
  if (place.user !== undefined) await chown(begun, place.user.uid, place.user.gid);
  const options = [
    `--pgdata=${nameOfCluster(place, begun)}`,
    `--username=${databaseName}`,
    "--pwfile=../password",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-locale",
    "--data-checksums",
    ...(isLasting ? [] : ["--no-sync"]),
  ];
  try {
    await promisify(execFile)(join(place.binaries.folder, "bin/initdb"), options, {
      ...place.user,
      cwd: begun,
      env: postgresEnvironment,
    });
  } catch (cause) {
    throw new EtalonError("postgres-failed", { field: "initdb", received: String(cause), cause });
  }
  await rename(begun, place.cluster);
  if (isLasting) await syncFolder(dirname(place.cluster));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder, and needs no such sync.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
    throw thrown;
  }
}
