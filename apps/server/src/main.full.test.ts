import { spawn } from "node:child_process";
import { chown, mkdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findEmbeddedBinaries } from "./postgres/postgres-binaries.ts";
import { findPostgresUser } from "./postgres/postgres-user.ts";
import { isPostmasterOf, readLivingPostmaster } from "./postgres/postmaster-file.ts";
import { canEnter } from "./postgres/reachable-binaries.ts";
import {
  type RunAs,
  removeDataFolder,
  type ServerProcess,
  serverProgram,
  spawnServer,
  temporaryDataFolder,
} from "./testing/running-server.ts";
import { startTestDatabase } from "./testing/start-test-database.ts";

let folder = "";
const spawned: ServerProcess[] = [];

beforeEach(async () => {
  folder = await temporaryDataFolder();
});

afterEach(async () => {
  for (const { child, ended } of spawned.splice(0)) {
    child.kill("SIGTERM");
    await ended;
  }
  // What a killed server left behind.
  const left = await readLivingPostmaster(cluster());
  if (left !== undefined) process.kill(left.pid, "SIGQUIT");
  while (left !== undefined && (await isPostmasterOf(left.pid, cluster())))
    await new Promise((go) => setTimeout(go, 20));
  await removeDataFolder(folder);
});

const cluster = (): string => join(folder, "postgres/cluster");

function spawnHere(environment: Readonly<Record<string, string>> = {}, runAs: RunAs = {}): ServerProcess {
  const server = spawnServer(folder, environment, runAs);
  spawned.push(server);
  return server;
}

test("one command brings up everything, says where, and SIGTERM ends it in good order", async () => {
  const server = spawnHere({ ETALON_BASE_PATH: "/etalon" });
  const url = await server.url();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/etalon$/);
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
    status: "ready",
    checks: { database: "ok", disk: "ok" },
  });
  expect((await fetch(`${url}/dicom-web/studies/1.2.3/metadata`)).status).toBe(404);
  const screen = server.output();
  expect(screen).toContain(folder);
  server.child.kill("SIGTERM");
  server.child.kill("SIGINT");
  expect(await server.ended).toBe(0);
  expect(await readLivingPostmaster(cluster())).toBeUndefined();
  // One screen: 24 lines of a terminal, the log apart.
  expect(screen.split("\n").filter((line) => !line.startsWith("{")).length).toBeLessThan(24);
});

test("killed, it leaves PostgreSQL alive, and its next start finds it", async () => {
  const first = spawnHere();
  await first.url();
  const left = await readLivingPostmaster(cluster());
  first.child.kill("SIGKILL");
  expect(await first.ended).toBe("SIGKILL");
  const second = spawnHere();
  const url = await second.url();
  expect(await readLivingPostmaster(cluster())).toEqual(left);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(second.output()).toContain('"attached":true');
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);
  expect(await readLivingPostmaster(cluster())).toBeUndefined();
});

test("killed together with PostgreSQL, it recovers at the next start", async () => {
  const first = spawnHere();
  await first.url();
  const left = await readLivingPostmaster(cluster());
  first.child.kill("SIGKILL");
  process.kill(left?.pid ?? 0, "SIGKILL");
  await first.ended;
  expect((await fetch(`${await spawnHere().url()}/readyz`)).status).toBe(200);
});

test("while PostgreSQL is gone it is not ready; once that is back, it is", async () => {
  const server = spawnHere();
  const url = await server.url();
  const { pid = 0 } = (await readLivingPostmaster(cluster())) ?? {};
  process.kill(pid, "SIGKILL");
  const statuses: number[] = [];
  for (;;) {
    const { status } = await fetch(`${url}/readyz`);
    statuses.push(status);
    const now = await readLivingPostmaster(cluster());
    if (status === 200 && now !== undefined && now.pid !== pid) break;
  }
  expect(statuses).toContain(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test("it ends with the shell that npm started it from, which npm alone tells to end", async () => {
  const command = `${process.execPath} ${serverProgram} & echo "pid $!" && wait`;
  const shell = spawn("sh", ["-c", command], {
    env: {
      PATH: process.env["PATH"],
      ETALON_DATA: folder,
      ETALON_HTTP_PORT: "0",
      ETALON_DIMSE_PORT: "0",
      npm_lifecycle_event: "start",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  const closed = new Promise<void>((resolve) => shell.stdout.once("close", resolve));
  await new Promise<void>((resolve) => {
    shell.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("Ctrl-C")) resolve();
    });
  });
  shell.kill("SIGTERM");
  // The server holds the other end of the pipe until it has ended.
  await closed;
  expect(await readLivingPostmaster(cluster())).toBeUndefined();
});

test("a second one on the same data folder is refused, and says who has it", async () => {
  const first = spawnHere();
  const url = await first.url();
  const second = spawnHere({ LANG: "fr_FR.UTF-8" });
  expect(await second.ended).toBe(2);
  expect(second.output()).toContain(`${folder} est utilisé par un autre Etalon (processus ${first.child.pid})`);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

test("a port that is taken is named, and PostgreSQL is ended again", async () => {
  const other = await temporaryDataFolder();
  const holder = spawnServer(other);
  spawned.push(holder);
  const { port } = new URL(await holder.url());
  const server = spawnHere({ ETALON_HTTP_PORT: port });
  expect(await server.ended).toBe(2);
  expect(server.output()).toContain(`ETALON_HTTP_PORT: 127.0.0.1:${port} cannot be listened on (EADDRINUSE)`);
  expect(await readLivingPostmaster(cluster())).toBeUndefined();
  holder.child.kill("SIGTERM");
  await holder.ended;
  await removeDataFolder(other);
});

test("it uses a PostgreSQL that somebody else runs, and leaves it running", async () => {
  const database = await startTestDatabase();
  try {
    const server = spawnHere({ ETALON_DATABASE_URL: database.connectionString });
    expect((await fetch(`${await server.url()}/readyz`)).status).toBe(200);
    expect(server.output()).not.toContain(new URL(database.connectionString).password);
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(await database.kysely.selectFrom("site").select("name").execute()).toEqual([{ name: "default" }]);
  } finally {
    await database.stop();
  }
});

test("a client that keeps its connection silent does not keep the server from ending", async () => {
  const server = spawnHere();
  const { hostname, port } = new URL(await server.url());
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("connect", resolve));
  server.child.kill("SIGTERM");
  const begun = performance.now();
  expect(await server.ended).toBe(0);
  expect(performance.now() - begun).toBeLessThan(10_000);
  socket.destroy();
});

test.runIf(process.getuid?.() === 0)("as another user than root, PostgreSQL is that user's", async (context) => {
  const user = await findPostgresUser();
  const { folder: programs } = await findEmbeddedBinaries();
  if (user === undefined || !(await canEnter(programs, user))) context.skip("the clone is closed to other users");
  await chown(folder, user?.uid ?? 0, user?.gid ?? 0);
  const server = spawnHere({ HOME: folder }, user);
  expect((await fetch(`${await server.url()}/readyz`)).status).toBe(200);
  await mkdir(join(folder, "untouched"));
  expect((await readFile(join(cluster(), "PG_VERSION"), "utf8")).trim()).toBe("18");
});
