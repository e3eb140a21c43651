import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createFileBlobStore } from "../store/file-blob-store.ts";
import { reconcile } from "./reconcile.ts";
import { openTestArchive, type TestArchive } from "./testing/open-test-archive.ts";
import { smallInstance } from "./testing/small-instance.ts";

const instanceCount = 2000;
/** 2, as CI runs it; `ETALON_CRASH_ROUNDS=20` for the long run by hand. */
const rounds = Number(process.env["ETALON_CRASH_ROUNDS"] ?? 2);

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
});
afterEach(() => opened.empty());
afterAll(() => opened.close());

interface Run {
  readonly child: ChildProcess;
  /** Settles when the child has opened database and store. */
  readonly ready: Promise<void>;
  /** Settles when it has ended, with its exit code, `null` where it was killed. */
  readonly ended: Promise<number | null>;
}

/** Starts a process that stores every instance not yet acknowledged; acknowledgements are added as they come. */
function startStoring(form: "part10" | "data-set", acknowledged: Set<number>): Run {
  const wanted = Array.from({ length: instanceCount }, (_, index) => index + 1).filter(
    (index) => !acknowledged.has(index),
  );
  const script = join(import.meta.dirname, "testing/store-process.ts");
  const { database, folder, scope } = opened;
  const child = spawn(
    process.execPath,
    [script, database.connectionString, folder, String(scope.siteId), form, ...wanted.map(String)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ready = Promise.withResolvers<void>();
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    const [word, index] = line.split(" ");
    if (word === "READY") ready.resolve();
    if (word === "STORED") acknowledged.add(Number(index));
  });
  const exited = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  // The pipe is read to its end, also of a killed process.
  const closed = new Promise<void>((resolve) => lines.on("close", resolve));
  const ended = closed.then(() => {
    ready.resolve();
    return exited;
  });
  return { child, ready: ready.promise, ended };
}

/**
 * Waits for a PostgreSQL that was killed: its supervisor starts it again, and it recovers. Backends of the dead one answer for
 * a moment yet.
 */
async function databaseIsBack(killed: ReadonlySet<number>): Promise<void> {
  const latest = Date.now() + 60_000;
  for (;;) {
    const pid = await postmasterPid().catch(() => undefined);
    if (pid !== undefined && pid > 1 && !killed.has(pid)) return;
    if (Date.now() > latest) throw new Error("PostgreSQL did not come back");
    await pause(100);
  }
}

/** Every acknowledged instance is there with its bytes; nothing half is visible; index and store agree. */
async function expectIntact(acknowledged: ReadonlySet<number>): Promise<void> {
  const { archive, scope, folder, database } = opened;
  // As at a start: what dead processes left half is swept.
  const store = await createFileBlobStore(folder);
  const leftovers = readdirSync(join(folder, "incoming"), { recursive: true, withFileTypes: true });
  expect(leftovers.filter((entry) => entry.isFile())).toEqual([]);
  for await (const { sha256 } of store.list()) {
    const path = join(folder, "sha256", sha256.slice(0, 2), sha256);
    expect(createHash("sha256").update(readFileSync(path)).digest("hex")).toBe(sha256);
  }
  const place = { database: database.kysely, store, clock: () => new Date(Date.now() + 1000) };
  expect((await reconcile(place, { graceMs: 0, removesOrphans: true })).damaged).toEqual([]);

  const instances = await archive.instances(scope, { studyInstanceUid: "1.2.826.0.2.1" });
  const fileByUid = new Map(instances.map(({ sopInstanceUid, fileSha256 }) => [sopInstanceUid, fileSha256]));
  expect(fileByUid.size).toBe(instances.length);
  const lost = [...acknowledged].filter((index) => {
    const sent = createHash("sha256").update(smallInstance(index)).digest("hex");
    return fileByUid.get(`1.2.826.0.1.${index}`) !== sent;
  });
  expect(lost).toEqual([]);
  const study = await database.kysely.selectFrom("study").selectAll().executeTakeFirst();
  expect(study?.instance_count ?? 0).toBe(instances.length);
}

/** Between 50 ms and 1.5 s, spread evenly over the kills of a round. */
function delayMs(round: number, kill: number): number {
  return 50 + ((round * 7919 + kill * 1543) % 1450);
}

/** The process that all of a PostgreSQL's are children of. */
async function postmasterPid(): Promise<number> {
  const { rows } = await sql<{ readonly pid: number }>`select pg_backend_pid() as pid`.execute(opened.database.kysely);
  const status = readFileSync(`/proc/${rows[0]?.pid}/status`, "utf8");
  return Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]);
}

describe.each(Array.from({ length: rounds }, (_, round) => round))("round %i", (round) => {
  it.each(["part10", "data-set"] as const)("the program killed while it stores, %s", async (form) => {
    const acknowledged = new Set<number>();
    for (let kill = 0; kill < 6 && acknowledged.size < instanceCount; kill += 1) {
      const run = startStoring(form, acknowledged);
      await run.ready;
      await pause(delayMs(round, kill));
      run.child.kill("SIGKILL");
      await run.ended;
      await expectIntact(acknowledged);
    }
    expect(await startStoring(form, acknowledged).ended).toBe(0);
    expect(acknowledged.size).toBe(instanceCount);
    await expectIntact(acknowledged);
  });

  it("PostgreSQL killed while the program stores", async () => {
    const acknowledged = new Set<number>();
    const killed = new Set<number>();
    for (let run = startStoring("part10", acknowledged); acknowledged.size < instanceCount; ) {
      await run.ready;
      if (killed.size < 4) {
        await pause(delayMs(round, killed.size));
        await databaseIsBack(killed);
        const pid = await postmasterPid();
        process.kill(pid, "SIGKILL");
        killed.add(pid);
      }
      // The program lives on: it refuses what it cannot index, and goes on once the database is back.
      expect(await run.ended).toBe(0);
      await databaseIsBack(killed);
      if (acknowledged.size < instanceCount) run = startStoring("part10", acknowledged);
    }
    expect(killed.size).toBeGreaterThan(0);
    await expectIntact(acknowledged);
  });
});
