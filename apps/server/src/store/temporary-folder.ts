import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Where one process keeps files that are not whole yet. */
export interface TemporaryFolder {
  /** A path that nobody else was given. */
  readonly nextPath: () => string;
}

/** Folders of other machines are left alone for this long: nothing says whether their process lives. */
const foreignGraceMs = 24 * 60 * 60 * 1000;

/**
 * This process's own folder below `root`, empty. Folders that dead processes of this machine left are removed; those of
 * living ones, which share the store, stay.
 */
export async function openTemporaryFolder(root: string): Promise<TemporaryFolder> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const host = encodeURIComponent(hostname());
  const own = join(root, `${host}-${process.pid}`);
  for (const name of await readdir(root)) {
    const path = join(root, name);
    // A folder of our own number is of a former life: in a container the number is the same each time.
    if (path === own || (await isAbandoned(path, name, host))) await rm(path, { recursive: true, force: true });
  }
  await mkdir(own, { mode: 0o700 });
  let count = 0;
  return {
    nextPath: () => {
      count += 1;
      return join(own, String(count));
    },
  };
}

async function isAbandoned(path: string, name: string, host: string): Promise<boolean> {
  const [, ofHost, ofProcess] = /^(.+)-(\d+)$/.exec(name) ?? [];
  if (ofHost === host) return !isRunning(Number(ofProcess));
  const changed = await stat(path).catch(() => undefined);
  return changed !== undefined && Date.now() - changed.mtimeMs > foreignGraceMs;
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (thrown) {
    // EPERM: it runs, as somebody else.
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM";
  }
}
