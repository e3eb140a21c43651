import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { EtalonError } from "@etalon/base";

/** A lock that is held. */
export interface FolderLock {
  release(): void;
}

/** SQLite's own number for "somebody else holds the lock" (sqlite.org/rescode.html#busy). */
const SQLITE_BUSY = 5;

/**
 * Takes a folder for this process alone. The system drops the lock with the process, however that ends, so there is never a
 * stale one; Node has no call for such locks, but SQLite has, and comes with Node.
 *
 * @throws {EtalonError} `data-folder-in-use` where another process holds it, `data-folder-unusable`
 */
export function lockFolder(folder: string): FolderLock {
  const pidFile = join(folder, "etalon.pid");
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    lock = new DatabaseSync(join(folder, "etalon.lock"));
    lock.exec("BEGIN EXCLUSIVE");
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (cause) {
    lock?.close();
    if (cause instanceof Error && "errcode" in cause && cause.errcode === SQLITE_BUSY) {
      throw new EtalonError("data-folder-in-use", { field: folder, received: readHolder(pidFile), cause });
    }
    throw new EtalonError("data-folder-unusable", { field: folder, received: reasonOf(cause), cause });
  }
  const held = lock;
  return { release: () => held.close() };
}

function readHolder(pidFile: string): string {
  try {
    return readFileSync(pidFile, "utf8").trim();
  } catch {
    return "?";
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
