import { spawn } from "node:child_process";
import { open, readFile, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EtalonError } from "@etalon/base";
import { type ClusterPlace, nameOfCluster, postgresEnvironment } from "./cluster-place.ts";
import { isPostmasterOf, readLivingPostmaster } from "./postmaster-file.ts";

/** A PostgreSQL that runs, whoever started it. */
export interface Postmaster {
  readonly pid: number;
  /** TCP port of 127.0.0.1; undefined where it listens on the socket of its folder only. */
  readonly tcpPort: number | undefined;
}

/** The socket's file is named for a port that nothing listens on. */
export const socketPort = 5432;

/** Longest path of a Unix socket that Linux and macOS both take, bytes (sys/un.h: 104 on macOS, with the zero). */
const longestSocketPath = 103;

/** How often to look whether PostgreSQL has come or gone. */
const lookEveryMs = 20;

/** How long the children of a PostgreSQL that was killed may keep its shared memory. */
const orphansLeaveMs = 30_000;

/** How long a fast shutdown may take before an immediate one, which loses nothing but must recover at the next start. */
const fastShutdownMs = 60_000;

/**
 * Finds the PostgreSQL that already runs on a place, once it has come up; one that is on its way down is waited for and
 * counts as none.
 */
export async function findPostmaster(place: ClusterPlace): Promise<Postmaster | undefined> {
  for (;;) {
    const file = await readLivingPostmaster(place.cluster);
    if (file === undefined) return undefined;
    if (file.status === "ready") {
      return { pid: file.pid, tcpPort: file.listenAddress === "" ? undefined : file.port };
    }
    await pause(lookEveryMs);
  }
}

/**
 * Starts PostgreSQL on a place where none runs, and settles when it takes connections or recovers. It outlives this process:
 * what it has begun it ends, and the next start of the program finds it.
 *
 * @param tcpPort port to listen on where the place has a path too long for a socket; a free one where absent
 * @throws {EtalonError} `postgres-failed` with the end of its log
 */
export async function startPostmaster(
  place: ClusterPlace,
  settings: Readonly<Record<string, string>>,
  tcpPort?: number,
): Promise<Postmaster> {
  const port = needsTcp(place) ? (tcpPort ?? (await freePort())) : undefined;
  const giveUpAt = performance.now() + orphansLeaveMs;
  for (;;) {
    await removeStaleFiles(place);
    const ended = await launch(place, settings, port);
    const postmaster = await findWhenUp(place, ended);
    if (postmaster !== undefined) return postmaster;
    const reason = await endOfLog(place);
    const hasOrphans = reason.includes("pre-existing shared memory block");
    if (!hasOrphans || performance.now() > giveUpAt) {
      throw new EtalonError("postgres-failed", { field: "postgres", received: reason });
    }
    await pause(500);
  }
}

/** Shuts PostgreSQL down as soon as what is under way is rolled back; settles when it has gone. */
export async function stopPostmaster({ cluster }: ClusterPlace, { pid }: Postmaster): Promise<void> {
  const immediateAt = performance.now() + fastShutdownMs;
  let signal: NodeJS.Signals | undefined = "SIGINT";
  while (await isPostmasterOf(pid, cluster)) {
    if (signal !== undefined) sendSignal(pid, signal);
    signal = undefined;
    await pause(lookEveryMs);
    if (performance.now() > immediateAt) signal = "SIGQUIT";
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It went in between.
  }
}

function needsTcp({ socketFolder }: ClusterPlace): boolean {
  const path = join(socketFolder, `.s.PGSQL.${socketPort}`);
  return process.platform === "win32" || Buffer.byteLength(path) > longestSocketPath;
}

/** No PostgreSQL lives here, so these are a dead one's: its process id may be another process's by now. */
async function removeStaleFiles({ cluster, socketFolder }: ClusterPlace): Promise<void> {
  const socket = join(socketFolder, `.s.PGSQL.${socketPort}`);
  await Promise.all(
    [join(cluster, "postmaster.pid"), socket, `${socket}.lock`].map((path) => rm(path, { force: true })),
  );
}

/** @returns whether the process has ended, asked at any time */
async function launch(
  place: ClusterPlace,
  settings: Readonly<Record<string, string>>,
  tcpPort: number | undefined,
): Promise<() => boolean> {
  const all: Readonly<Record<string, string>> = {
    port: String(tcpPort ?? socketPort),
    listen_addresses: tcpPort === undefined ? "" : "127.0.0.1",
    unix_socket_directories: tcpPort === undefined ? "../socket" : "",
    // Errors quote values, which may be a patient's; whoever sent the statement is told of them.
    log_min_messages: "log",
    log_checkpoints: "off",
    ...settings,
  };
  await rename(place.logFile, `${place.logFile}.1`).catch(() => {});
  const log = await open(place.logFile, "a", 0o600);
  try {
    const options = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const child = spawn(
      join(place.binaries.folder, "bin/postgres"),
      ["-D", nameOfCluster(place, place.cluster), ...options],
      {
        ...place.user,
        cwd: place.cluster,
        env: postgresEnvironment,
        detached: true,
        stdio: ["ignore", log.fd, log.fd],
      },
    );
    let hasEnded = false;
    child.once("exit", () => {
      hasEnded = true;
    });
    child.once("error", () => {
      hasEnded = true;
    });
    child.unref();
    return () => hasEnded;
  } finally {
    await log.close();
  }
}

async function findWhenUp(place: ClusterPlace, hasEnded: () => boolean): Promise<Postmaster | undefined> {
  for (;;) {
    const postmaster = await findPostmaster(place);
    if (postmaster !== undefined || hasEnded()) return postmaster;
    await pause(lookEveryMs);
  }
}

async function endOfLog({ logFile }: ClusterPlace): Promise<string> {
  const text = await readFile(logFile, "utf8");
  return text.trim().split("\n").slice(-3).join("; ");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
