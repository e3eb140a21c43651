import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { describeWithPeer } from "@etalon/testing";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { analysisSchema } from "./analyses/find-analyses.ts";
import { measureDirectly } from "./jobs/testing/measure-directly.ts";
import { readEvents } from "./jobs/testing/read-events.ts";
import { type SmallPhantom, smallPhantom } from "./jobs/testing/small-phantom.ts";
import { waitUntil } from "./jobs/testing/wait-until.ts";
import { foundResultSchema } from "./results/find-results.ts";
import { dicomPortOf, type ManyMachines, openManyMachines, sendByStore } from "./testing/many-machines.ts";
import type { ServerProcess } from "./testing/running-server.ts";
import { debianPostgres15 } from "./testing/start-test-database.ts";

/** 2, as CI runs it; `ETALON_CRASH_ROUNDS=20` for the long run by hand. */
const rounds = Number(process.env["ETALON_CRASH_ROUNDS"] ?? 2);
const studies = 6;

/** A worker that was killed is missed after a minute; what it did is then done again. */
const testMs = 900_000;

const analysesSchema = z.object({ total: z.number(), analyses: z.array(analysisSchema) });
const resultsSchema = z.object({ total: z.number(), results: z.array(foundResultSchema) });

let phantoms: readonly SmallPhantom[] = [];
let digests: readonly string[] = [];
let machines: ManyMachines;

beforeAll(async () => {
  phantoms = Array.from({ length: studies }, (_, seed) => smallPhantom({ columns: 96, rows: 96, seed }));
  digests = await Promise.all(phantoms.map(async (phantom) => (await measureDirectly(phantom)).digest));
});

const bytesOf = ({ files }: SmallPhantom): readonly Uint8Array[] => files.map(({ bytes }) => bytes);

/** Sends a study as a modality does: what was not acknowledged again, until all is. */
async function sendStudy(port: number, phantom: SmallPhantom): Promise<void> {
  let left = bytesOf(phantom);
  while (left.length > 0) {
    const sent = await sendByStore(port, left);
    left = left.slice(sent);
    if (sent === 0) await pause(100);
  }
}

async function ask<Schema extends z.ZodType>(url: string, schema: Schema): Promise<z.output<Schema>> {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  return schema.parse(await answer.json());
}

/** Waits until every study has its result, and each analysis has ended, once. */
async function expectAllMeasured(url: string): Promise<void> {
  const expected = digests.toSorted();
  const results = await waitUntil(async () => {
    const found = await ask(`${url}/api/results?limit=1000&superseded=true`, resultsSchema);
    const current = found.results.filter(({ superseded }) => !superseded).map(({ digest }) => digest);
    return current.toSorted().join() === expected.join() ? found.results : undefined;
  });
  const analyses = await waitUntil(async () => {
    const page = (await ask(`${url}/api/analyses?limit=1000`, analysesSchema)).analyses;
    return page.every(({ state }) => state !== "queued" && state !== "running") ? page : undefined;
  });
  // Of a study that was cut off on its way the part that came was measured too: its result stepped back, or one image was
  // refused as too few.
  const refusals = analyses.filter(({ state }) => state === "refused").map(({ errorCode }) => errorCode);
  expect(refusals.filter((code) => code !== "single-slice")).toEqual([]);
  const ended = analyses.filter(({ state }) => state !== "refused");
  expect(new Set(ended.map(({ state }) => state))).toEqual(new Set(["done"]));
  expect(new Set(ended.map(({ resultDigest }) => resultDigest))).toEqual(new Set(results.map(({ digest }) => digest)));
  const { total } = await ask(`${url}/api/results?limit=1&superseded=true`, resultsSchema);
  expect(total).toBe(new Set(results.map(({ digest }) => digest)).size);
  const images = await fetch(`${url}/dicom-web/instances?Modality=CT&limit=1`);
  expect(Number(images.headers.get("x-total-count"))).toBe(phantoms.flatMap(({ files }) => files).length);
}

describeWithPeer("many machines", { name: "PostgreSQL 15", isPresent: existsSync(debianPostgres15) }, () => {
  vi.setConfig({ testTimeout: testMs });

  beforeEach(async () => {
    machines = await openManyMachines();
  });

  afterEach(() => machines.stop());

  test("one process takes objects, another measures them, a third tells of it", async () => {
    const [web, dimse, worker] = await Promise.all([
      machines.start("web"),
      machines.start("dimse"),
      machines.start("worker"),
    ]);
    const url = await web.url();
    const events = readEvents(`${url}/api/events`);
    const first = events.next();
    await sendStudy(dicomPortOf(dimse), phantoms[0] ?? smallPhantom());
    const states: string[] = [];
    for (let event = await first; event.value !== undefined; event = await events.next()) {
      states.push(event.value.state);
      if (event.value.state === "done" && event.value.resultDigest === digests[0]) break;
    }
    await events.return();
    expect(states).toContain("running");
    const results = await ask(`${url}/api/results?protocol=coronary/calcium-score`, resultsSchema);
    expect(results.results.map(({ digest }) => digest)).toEqual([digests[0]]);
    expect(worker.output()).toContain("analysis ended");
    expect(web.output() + dimse.output()).not.toContain("analysis ended");
    await expectOperations({ web, dimse, worker });
  });

  test("each process is replaced in turn while objects arrive and jobs run, and nothing is lost or refused", async () => {
    const draining = { ETALON_DRAIN_SECONDS: "5" };
    const webs = [await machines.start("web", draining), await machines.start("web", draining)];
    let dimse = await machines.start("dimse");
    const port = dicomPortOf(dimse);
    const workers = [await machines.start("worker"), await machines.start("worker")];
    const asking = askWithoutEnd(() => webs);
    const sending = (async () => {
      for (const phantom of phantoms) await sendStudy(port, phantom);
    })();

    const replace = async (server: ServerProcess, roles: string, settings = {}): Promise<ServerProcess> => {
      server.child.kill("SIGTERM");
      expect(await server.ended).toBe(0);
      return machines.start(roles, settings);
    };
    dimse = await replace(dimse, "dimse", { ETALON_DIMSE_PORT: String(port) });
    for (const [at, web] of webs.entries()) webs[at] = await replace(web, "web", draining);
    for (const [at, worker] of workers.entries()) workers[at] = await replace(worker, "worker");
    await sending;
    const [web] = webs;
    await expectAllMeasured((await web?.url()) ?? "");
    const { answered, failed } = await asking.stop();
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(10);
  });

  test.each(Array.from({ length: rounds }, (_, round) => round))(
    "one of two workers is killed, and the other ends what it had begun (round %i)",
    async () => {
      const web = await machines.start("web,dimse", { ETALON_LOG_LEVEL: "warn" });
      const workers = [await machines.start("worker"), await machines.start("worker")];
      const url = await web.url();
      const sending = Promise.all(phantoms.map((phantom) => sendStudy(dicomPortOf(web), phantom)));
      // One that has a job: its progress is told before its end.
      const victim = await waitUntil(async () => workers.find(({ output }) => output().includes("analysis ended")));
      await waitUntil(async () => {
        const { total } = await ask(`${url}/api/analyses?state=running`, analysesSchema);
        return total > 0 || undefined;
      });
      victim.child.kill("SIGKILL");
      await sending;
      await expectAllMeasured(url);
    },
  );
});

/** Each answers for its own role to who watches it, and to nothing else. */
async function expectOperations(servers: Readonly<Record<"web" | "dimse" | "worker", ServerProcess>>): Promise<void> {
  const shown: Readonly<Record<keyof typeof servers, readonly string[]>> = {
    web: ["etalon_analyses"],
    dimse: ["etalon_dimse_stores_total"],
    worker: ["etalon_analyses", "etalon_analysis_seconds", "etalon_analysis_attempts_total"],
  };
  const all = new Set(Object.values(shown).flat());
  for (const role of ["web", "dimse", "worker"] as const) {
    const url = await servers[role].url();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    for (const name of all)
      expect([role, name, metrics.includes(`# TYPE ${name} `)]).toEqual([role, name, shown[role].includes(name)]);
    expect((await fetch(`${url}/dicom-web/studies`)).status).toBe(role === "web" ? 200 : 404);
    expect((await fetch(`${url}/api/results`)).status).toBe(role === "web" ? 200 : 404);
  }
  const worker = await (await fetch(`${await servers.worker.url()}/metrics`)).text();
  expect(worker).toMatch(/etalon_analysis_attempts_total\{outcome="done",protocol="coronary\/calcium-score"\} [1-9]/);
  expect(worker).toMatch(/etalon_analysis_seconds_count\{protocol="coronary\/calcium-score"\} [1-9]/);
  for (const state of ["queued", "running", "dead"])
    expect(worker).toMatch(new RegExp(`etalon_analyses\\{state="${state}"\\} \\d`));
  expect(worker).toMatch(/etalon_analysis_oldest_queued_seconds \d/);
}

/** Asks as a proxy does, of whichever web says that it is ready, one request after the other. */
function askWithoutEnd(webs: () => readonly ServerProcess[]): {
  stop(): Promise<{ readonly answered: number; readonly failed: readonly string[] }>;
} {
  const paths = ["/dicom-web/studies?limit=5", "/api/results?limit=5", "/api/analyses?limit=5"];
  const failed: string[] = [];
  let answered = 0;
  let isEnding = false;
  const run = async (): Promise<void> => {
    for (let turn = 0; !isEnding; turn += 1) {
      const server = webs()[turn % webs().length];
      const url = (await server?.url()) ?? "";
      const ready = await fetch(`${url}/readyz`).catch(() => undefined);
      if (ready?.status !== 200) continue;
      const path = paths[turn % paths.length] ?? "";
      const answer = await fetch(`${url}${path}`).catch((error: unknown) => String(error));
      if (typeof answer === "string" || answer.status >= 400)
        failed.push(`${path}: ${typeof answer === "string" ? answer : answer.status}`);
      else {
        await answer.arrayBuffer();
        answered += 1;
      }
    }
  };
  const ended = run();
  return {
    stop: async () => {
      isEnding = true;
      await ended;
      return { answered, failed };
    },
  };
}
