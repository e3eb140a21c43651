import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { smallPhantom } from "../../../apps/server/src/jobs/testing/small-phantom.ts";
import { storeStudy } from "../../../apps/server/src/jobs/testing/store-study.ts";
import { type ServerProcess, spawnServer } from "../../../apps/server/src/testing/running-server.ts";
import { startTestDatabase, type TestDatabase } from "../../../apps/server/src/testing/start-test-database.ts";
import { backendPid, tableSize } from "../../../apps/server/src/testing/table-size.ts";
import { cpuSeconds, parentOf } from "./cpu-seconds.ts";

/** Analyses a minute of so many worker processes, one analysis at a time each. */
export interface WorkerRate {
  readonly processes: number;
  /** Of each round. */
  readonly perMinute: readonly number[];
  /** Seconds of processor time an analysis, of each round. */
  readonly cpu: {
    readonly workers: readonly number[];
    readonly web: readonly number[];
    readonly postgres: readonly number[];
  };
}

const pageSchema = z.object({ total: z.number() });

/**
 * One web and up to two worker processes on one PostgreSQL and one folder, on this machine: the same calcium score with other
 * parameters, so that each is computed. One process and two take turns.
 */
export async function measureWorkers({
  analyses,
  rounds,
}: {
  readonly analyses: number;
  readonly rounds: number;
}): Promise<{ readonly rates: readonly WorkerRate[]; readonly kept: readonly KeptSize[] }> {
  const folder = await mkdtemp(join(tmpdir(), "etalon-workers-"));
  const database = await startTestDatabase();
  const spawned: ServerProcess[] = [];
  const start = (roles: string): ServerProcess => {
    const server = spawnServer(join(folder, `process-${spawned.length}`), {
      ETALON_ROLES: roles,
      ETALON_DATABASE_URL: database.connectionString,
      ETALON_DATABASE_CONNECTIONS: "8",
      ETALON_STORE_URL: pathToFileURL(join(folder, "images")).href,
      ETALON_STABLE_SECONDS: "86400",
      ETALON_LOG_LEVEL: "silent",
    });
    spawned.push(server);
    return server;
  };
  try {
    const url = await start("web").url();
    await storeStudy(url, smallPhantom({ columns: 512, rows: 512 }).files);
    const series = await seriesOf(url);
    const first = start("worker");
    await first.url();
    let asked = await drain(url, series, { from: 0, count: 4 });
    const rates = [1, 2].map((processes) => ({ processes, perMinute: [] as number[], cpu: noTimes() }));
    const postgres = await parentOf(await backendPid(database.kysely));
    for (let round = 0; round < rounds; round += 1) {
      for (const { processes, perMinute, cpu } of rates) {
        const second = processes === 2 ? start("worker") : undefined;
        await second?.url();
        // Each process starts the one that measures with its first task.
        asked += await drain(url, series, { from: asked, count: 4 });
        const workers = [first, second].map((server) => server?.child.pid ?? 0).filter((pid) => pid > 0);
        const groups = { workers, web: [spawned[0]?.child.pid ?? 0], postgres: [postgres] };
        const before = await timesOf(groups);
        const begun = performance.now();
        asked += await drain(url, series, { from: asked, count: analyses });
        perMinute.push(analyses / ((performance.now() - begun) / 60_000));
        const after = await timesOf(groups);
        for (const name of groupNames) cpu[name].push((after[name] - before[name]) / analyses);
        second?.child.kill("SIGTERM");
        await second?.ended;
      }
    }
    return { rates, kept: await keptOf(database) };
  } finally {
    for (const { child } of spawned) child.kill("SIGTERM");
    await Promise.all(spawned.map(({ ended }) => ended));
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const groupNames = ["workers", "web", "postgres"] as const;
type Groups<T> = Readonly<Record<(typeof groupNames)[number], T>>;

const noTimes = (): Groups<number[]> => ({ workers: [], web: [], postgres: [] });

async function timesOf(groups: Groups<readonly number[]>): Promise<Groups<number>> {
  const [workers, web, postgres] = await Promise.all([
    cpuSeconds(groups.workers),
    cpuSeconds(groups.web),
    cpuSeconds(groups.postgres),
  ]);
  return { workers, web, postgres };
}

/** What one analysis leaves in the database. */
export interface KeptSize {
  readonly table: string;
  /** Rows and indexes, bytes for each analysis. */
  readonly bytes: number;
}

async function keptOf({ kysely }: TestDatabase): Promise<readonly KeptSize[]> {
  const { rows: analyses } = await tableSize(kysely, "analysis");
  const kept: KeptSize[] = [];
  for (const table of ["analysis", "result", "result_output"]) {
    const { heap, indexes } = await tableSize(kysely, table);
    kept.push({ table, bytes: (heap + indexes) / analyses });
  }
  return kept;
}

interface SeriesUids {
  readonly studyInstanceUid: string | undefined;
  readonly seriesInstanceUid: string | undefined;
}

async function seriesOf(url: string): Promise<SeriesUids> {
  const found = await (await fetch(`${url}/dicom-web/series?limit=1`)).text();
  const uid = (tag: string): string | undefined =>
    new RegExp(`"${tag}":\\{"vr":"UI","Value":\\["([\\d.]+)"\\]`).exec(found)?.[1];
  return { studyInstanceUid: uid("0020000D"), seriesInstanceUid: uid("0020000E") };
}

/** Asks for analyses and waits until all asked so far are done. @returns how many it asked for */
async function drain(
  url: string,
  series: SeriesUids,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<number> {
  for (let job = from; job < from + count; job += 1) {
    const parameters = { "minimum-area": 1 + job / 10_000 };
    const answer = await fetch(`${url}/api/analyses`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ protocol: "coronary/calcium-score", ...series, parameters }),
    });
    if (answer.status !== 202) throw new Error(`an analysis was answered ${answer.status}`);
    await answer.arrayBuffer();
  }
  for (;;) {
    const { total } = pageSchema.parse(await (await fetch(`${url}/api/analyses?limit=1&state=done`)).json());
    if (total >= from + count) return count;
    await pause(50);
  }
}
