import { open } from "node:fs/promises";

/** Makes the entries of folders last through a power cut. */
export interface FolderSync {
  /** Settles when every entry made in the folder before the call is on the disk. */
  readonly sync: (folder: string) => Promise<void>;
}

/**
 * fsync of folders, shared by those who ask at the same time: a call joins the next sync of its folder, never the running
 * one, which may have started before the caller's entry was made.
 */
export function createFolderSync(): FolderSync {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();

  function start(folder: string): Promise<void> {
    const syncing = syncFolder(folder).finally(() => {
      if (running.get(folder) === syncing) running.delete(folder);
    });
    running.set(folder, syncing);
    return syncing;
  }

  function sync(folder: string): Promise<void> {
    const before = running.get(folder);
    if (before === undefined) return start(folder);
    const joined = waiting.get(folder);
    if (joined !== undefined) return joined;
    const next = before
      .catch(() => undefined)
      .then(() => {
        waiting.delete(folder);
        return start(folder);
      });
    waiting.set(folder, next);
    return next;
  }

  return { sync };
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder, and needs no such sync.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    // Nothing waits for that.
    handle.close().catch(() => {});
  }
}
