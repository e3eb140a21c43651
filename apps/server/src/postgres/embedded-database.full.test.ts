import { spawnSync } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DatabaseServer } from "./database-server.ts";
import { type EmbeddedDatabaseOptions, startEmbeddedDatabase } from "./embedded-database.ts";
import { findEmbeddedBinaries, findInstalledBinaries } from "./postgres-binaries.ts";
import { findPostgresUser } from "./postgres-user.ts";
import { isPostmasterOf, readLivingPostmaster } from "./postmaster-file.ts";
import { canEnter, makeReachable } from "./reachable-binaries.ts";
import { waitForDatabase } from "./wait-for-database.ts";

let folder = "";
const running: DatabaseServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "etalon-postgres-"));
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const cluster = (): string => join(folder, "postgres/cluster");

async function start(options: Partial<EmbeddedDatabaseOptions> = {}): Promise<DatabaseServer> {
  const server = await startEmbeddedDatabase({ folder, log: pino({ enabled: false }), isLasting: false, ...options });
  running.push(server);
  return server;
}

async function stop(server: DatabaseServer): Promise<void> {
  running.splice(running.indexOf(server), 1);
  await server.stop();
}

/** One statement over a connection of its own. */
async function ask(server: DatabaseServer, statement: string): Promise<readonly unknown[]> {
  const client = await waitForDatabase(server.connectionString, 30_000);
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number> {
  const file = await readLivingPostmaster(cluster());
  if (file === undefined) throw new Error("no PostgreSQL runs");
  return file.pid;
}

async function waitForAnotherThan(pid: number): Promise<number> {
  for (;;) {
    const file = await readLivingPostmaster(cluster());
    if (file !== undefined && file.pid !== pid && file.status === "ready") return file.pid;
    await pause(20);
  }
}

test("starts, keeps what it was given over a stop, and leaves nothing running", async () => {
  const first = await start();
  await ask(first, "create table kept as select 42 as value");
  const pid = await postmasterPid();
  await stop(first);
  expect(await isPostmasterOf(pid, cluster())).toBe(false);
  const second = await start();
  expect(await ask(second, "select value from kept")).toEqual([42]);
  expect(second.connectionString).toBe(first.connectionString);
});

test("is durable and closed: fsync on, no TCP, a password that is random and the owner's", async () => {
  const server = await start();
  const setting = async (name: string): Promise<unknown> => (await ask(server, `show ${name}`))[0];
  expect(await setting("fsync")).toBe("on");
  expect(await setting("full_page_writes")).toBe("on");
  expect(await setting("synchronous_commit")).toBe("on");
  expect(await setting("data_checksums")).toBe("on");
  expect(await setting("listen_addresses")).toBe("");
  const { mode } = await stat(join(folder, "postgres/password"));
  expect(mode & 0o777).toBe(0o600);
  const password = (await readFile(join(folder, "postgres/password"), "utf8")).trim();
  // 32 random bytes in base64url.
  expect(password).toMatch(/^[\w-]{43}$/);
  await expect(waitForDatabase(server.connectionString.replace(password, "guessed"), 1000)).rejects.toMatchObject({
    code: "database-unreachable",
    received: "28P01",
  });
});

test("its log quotes no value of a statement that failed", async () => {
  const server = await start();
  await expect(ask(server, "select 'DOE^JANE'::integer")).rejects.toThrow("DOE^JANE");
  await stop(server);
  const log = await readFile(join(folder, "postgres/postgres.log"), "utf8");
  expect(log).toContain("shut down");
  expect(log).not.toContain("DOE");
});

test("a folder that is in use is refused, and the one that uses it does not notice", async () => {
  const server = await start();
  await expect(start()).rejects.toMatchObject({ code: "data-folder-in-use", field: folder });
  expect(await ask(server, "select 1")).toEqual([1]);
});

test("killed with all its children, PostgreSQL is started again under the same address, and nothing committed is lost", async () => {
  const server = await start({ isLasting: true });
  await ask(server, "create table kept as select generate_series(1, 1000) as value");
  const pid = await postmasterPid();
  process.kill(pid, "SIGKILL");
  await waitForAnotherThan(pid);
  expect(await ask(server, "select count(*)::integer from kept")).toEqual([1000]);
});

test("a killed child makes it recover by itself; who asks meanwhile waits", async () => {
  const server = await start();
  const pid = await postmasterPid();
  const client = new pg.Client({ connectionString: server.connectionString });
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  process.kill(rows[0]?.pid ?? 0, "SIGKILL");
  expect(await ask(server, "select 1")).toEqual([1]);
  expect(await postmasterPid()).toBe(pid);
  await client.end().catch(() => {});
});

test("a pid file that a dead one left, naming a process that lives, is no obstacle", async () => {
  await stop(await start());
  await writeFile(join(cluster(), "postmaster.pid"), `${process.pid}\n${cluster()}\n1\n5432\n\n\n  1  1\nready   \n`);
  expect(await ask(await start(), "select 1")).toEqual([1]);
});

test("a start that was cut off while it made the data folder is begun again", async () => {
  await mkdir(join(folder, "postgres/cluster.new/base"), { recursive: true });
  await writeFile(join(folder, "postgres/cluster.new/PG_VERSION"), "18\n");
  expect(await ask(await start(), "select 1")).toEqual([1]);
});

test("a data folder of another major version is left alone", async () => {
  await stop(await start());
  await writeFile(join(cluster(), "PG_VERSION"), "17\n");
  await expect(start()).rejects.toMatchObject({
    code: "postgres-version",
    field: cluster(),
    received: "17",
    details: { expected: "18" },
  });
});

test("a start that fails says why, and frees the folder", async () => {
  await stop(await start());
  await expect(start({ settings: { shared_buffers: "nonsense" } })).rejects.toMatchObject({
    code: "postgres-failed",
    received: expect.stringContaining("shared_buffers"),
  });
  expect(await ask(await start(), "select 1")).toEqual([1]);
});

test("where the folder's path is too long for a socket it listens on 127.0.0.1, and a restart keeps the port", async () => {
  folder = join(folder, "long".repeat(30));
  const server = await start();
  expect(server.connectionString).toMatch(/@127\.0\.0\.1:\d+\//);
  expect(await ask(server, "show listen_addresses")).toEqual(["127.0.0.1"]);
  const pid = await postmasterPid();
  process.kill(pid, "SIGKILL");
  await waitForAnotherThan(pid);
  expect(await ask(server, "select 1")).toEqual([1]);
});

test("an absent PostgreSQL is named", async () => {
  await expect(findInstalledBinaries("/nowhere")).rejects.toMatchObject({
    code: "postgres-absent",
    received: "/nowhere",
  });
});

describe.runIf(process.getuid?.() === 0)("as root", () => {
  test("PostgreSQL runs as a user of its own, in a folder that is closed to it", async () => {
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await start();
    const user = await findPostgresUser();
    const { uid } = await stat(`/proc/${await postmasterPid()}`);
    expect(uid).toBe(user?.uid);
    expect(uid).not.toBe(0);
  });

  test("programs in a closed folder, as below /root, are copied once to where it can run them", async () => {
    const user = await findPostgresUser();
    if (user === undefined) throw new Error("root runs PostgreSQL as another user");
    const embedded = await findEmbeddedBinaries();
    const closed = join(folder, "closed");
    await mkdir(closed, { mode: 0o700 });
    await cp(embedded.folder, join(closed, "native"), { recursive: true, verbatimSymlinks: true });
    const inside = { ...embedded, folder: join(closed, "native") };
    expect(await canEnter(inside.folder, user)).toBe(false);

    const copies = await mkdtemp(join(tmpdir(), "etalon-copies-"));
    try {
      await chmod(copies, 0o755);
      const [copy, same] = await Promise.all([
        makeReachable(inside, user, copies),
        makeReachable(inside, user, copies),
      ]);
      expect(same).toEqual(copy);
      expect(await canEnter(copy.folder, user)).toBe(true);
      expect(await ask(await start({ binaries: copy }), "select 1")).toEqual([1]);
      expect(await makeReachable(copy, user, copies)).toBe(copy);
      // Nothing half copied is left.
      expect(spawnSync("ls", [copies], { encoding: "utf8" }).stdout).toBe(`postgres-${embedded.build}\n`);
    } finally {
      for (const server of running.splice(0)) await server.stop();
      await rm(copies, { recursive: true, force: true });
    }
  });
});
