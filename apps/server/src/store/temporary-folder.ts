import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
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
 * A folder of this process's own below `root`, empty. Folders that dead processes of this machine left are removed; those
 * of living ones, which share the store, stay.
 */
export async function openTemporaryFolder(root: string): Promise<TemporaryFolder> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const host = encodeURIComponent(hostname());
  for (const name of await readdir(root)) {
    const path = join(root, name);
    if (await isAbandoned(path, name, host)) await rm(path, { recursive: true, force: true });
  }
  const own = await mkdtemp(join(root, `${host}-${process.pid}-`));
  let count = 0;
  return {
    nextPath: () => {
      count += 1;
      return join(own, String(count));
    },
  };
}

async function isAbandoned(path: string, name: string, host: string): Promise<boolean> {
  const [, ofHost, ofProcess] = /^(.+)-(\d+)-[^-]+$/.exec(name) ?? [];
  const isOurs = ofHost === host && Number(ofProcess) === process.pid;
  if (ofHost === host && !isOurs) return !isRunning(Number(ofProcess));
  const changedMs = (await stat(path).catch(() => undefined))?.mtimeMs;
  if (changedMs === undefined) return false;
  // A folder of our own number may be of a former life: in a container the number is the same each time.
  const oldestMs = isOurs ? Date.now() - process.uptime() * 1000 : Date.now() - foreignGraceMs;
  return changedMs < oldestMs;
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
