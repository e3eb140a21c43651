import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** What a running PostgreSQL says of itself in `postmaster.pid` of its data folder. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number | undefined;
  /** Address of its TCP socket; empty where it listens on none. */
  readonly listenAddress: string;
  readonly status: "starting" | "stopping" | "ready" | "standby" | undefined;
}

/** The lines that PostgreSQL 10 and later write (src/include/utils/pidfile.h). */
const line = { pid: 0, port: 3, listenAddress: 5, status: 7 } as const;

const statuses = ["starting", "stopping", "ready", "standby"] as const;

/** Reads the text of a `postmaster.pid`; undefined where it does not begin with a process id. */
export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split("\n").map((each) => each.trim());
  // A standalone backend writes its id with a minus sign.
  const pid = Math.abs(Number(lines[line.pid]));
  if (!Number.isSafeInteger(pid) || pid === 0) return undefined;
  const port = Number(lines[line.port] ?? "");
  return {
    pid,
    port: Number.isSafeInteger(port) && port > 0 ? port : undefined,
    listenAddress: lines[line.listenAddress] ?? "",
    status: statuses.find((status) => status === lines[line.status]),
  };
}

/** The `postmaster.pid` of a data folder whose PostgreSQL lives; undefined where there is none, or a dead one left it. */
export async function readLivingPostmaster(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(passOverMissing);
  const file = text === undefined ? undefined : parsePostmasterFile(text);
  return file !== undefined && (await isPostmasterOf(file.pid, cluster)) ? file : undefined;
}

/**
 * Whether a process is the PostgreSQL of a data folder: alive, no zombie, and at work in that folder, where PostgreSQL
 * always is. A process id alone proves nothing, since ids are given again. Where the system does not tell the folder, a
 * living process counts.
 */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    const [itsFolder, folder] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(cluster)]);
    return itsFolder.dev === folder.dev && itsFolder.ino === folder.ino;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function passOverMissing(thrown: unknown): undefined {
  if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
  throw thrown;
}
