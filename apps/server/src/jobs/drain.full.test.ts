import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { analysisSchema } from "../analyses/find-analyses.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "../testing/running-server.ts";
import { measuringProcesses } from "./testing/measuring-processes.ts";
import { smallPhantom } from "./testing/small-phantom.ts";
import { storeStudy } from "./testing/store-study.ts";

/** 1000, as CI runs it: a heap takes some hundred jobs to its size. `ETALON_DRAIN_JOBS=10000` for the long run by hand. */
const jobs = Number(process.env["ETALON_DRAIN_JOBS"] ?? 1000);

/**
 * What a process may grow by from the second fifth of the jobs to the last: less than 15 kB a job of the long run. A heap
 * that may fill settles near 360 MB and stays there.
 */
const mostGrowthMb = 150;

const pageSchema = z.object({ total: z.number(), analyses: z.array(analysisSchema) });

let folder = "";
let server: ServerProcess;

beforeEach(async () => {
  folder = await temporaryDataFolder();
});

afterEach(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  await removeDataFolder(folder);
});

async function start(workers: number): Promise<string> {
  server = spawnServer(folder, { ETALON_WORKERS: String(workers), ETALON_LOG_LEVEL: "silent" });
  return server.url();
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

async function count(url: string, state: string): Promise<number> {
  return pageSchema.parse(await (await fetch(`${url}/api/analyses?limit=1&state=${state}`)).json()).total;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

test(`${jobs} queued analyses outlive the server that queued them, and drain with flat memory`, {
  timeout: jobs * 1000,
}, async () => {
  const queueing = await start(0);
  await storeStudy(queueing, smallPhantom({ columns: 32, rows: 32, thicknessMm: 10, incrementMm: 10 }).files);
  const found = await (await fetch(`${queueing}/dicom-web/series?limit=1`)).text();
  const uid = (tag: string): string | undefined =>
    new RegExp(`"${tag}":\\{"vr":"UI","Value":\\["([\\d.]+)"\\]`).exec(found)?.[1];
  const series = { studyInstanceUid: uid("0020000D"), seriesInstanceUid: uid("0020000E") };
  for (let job = 0; job < jobs; job += 1) {
    const parameters = { "minimum-area": 1 + job / 10_000 };
    const answer = await fetch(`${queueing}/api/analyses`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ protocol: "coronary/calcium-score", ...series, parameters }),
    });
    expect(answer.status).toBe(202);
  }
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);

  const url = await start(2);
  const begun = performance.now();
  const samples: { readonly done: number; readonly mb: readonly [server: number, measuring: number] }[] = [];
  for (;;) {
    const done = await count(url, "done");
    const pids = await measuringProcesses(server.child.pid ?? 0);
    const measuring = await Promise.all(pids.map(residentMb));
    samples.push({ done, mb: [await residentMb(server.child.pid ?? 0), Math.max(0, ...measuring)] });
    if (done >= jobs) break;
    await pause(250);
  }
  const minutes = (performance.now() - begun) / 60_000;
  expect(await count(url, "refused,failed,cancelled,dead")).toBe(0);
  const part = (from: number, to: number, at: 0 | 1) =>
    median(samples.filter(({ done }) => done >= jobs * from && done <= jobs * to).map(({ mb }) => mb[at]));
  const first = [part(0.2, 0.4, 0), part(0.2, 0.4, 1)] as const;
  const last = [part(0.8, 1, 0), part(0.8, 1, 1)] as const;
  console.log(
    `${Math.round(jobs / minutes)} analyses a minute; MB: ${first.map(Math.round)} → ${last.map(Math.round)}`,
  );
  expect(last[0] - first[0]).toBeLessThan(mostGrowthMb);
  expect(last[1] - first[1]).toBeLessThan(mostGrowthMb);
});
