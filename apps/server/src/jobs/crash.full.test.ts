import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { analysisSchema } from "../analyses/find-analyses.ts";
import { isPostmasterOf, readLivingPostmaster } from "../postgres/postmaster-file.ts";
import { foundResultSchema } from "../results/find-results.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "../testing/running-server.ts";
import { measureDirectly } from "./testing/measure-directly.ts";
import { measuringProcesses } from "./testing/measuring-processes.ts";
import { type SmallPhantom, smallPhantom } from "./testing/small-phantom.ts";
import { storeStudy } from "./testing/store-study.ts";
import { waitUntil } from "./testing/wait-until.ts";

/** 2, as CI runs it; `ETALON_CRASH_ROUNDS=20` for the long run by hand. */
const rounds = Number(process.env["ETALON_CRASH_ROUNDS"] ?? 2);
const studies = 8;
const killsARound = 4;
const victims = ["worker", "server", "postgres", "both"] as const;
const environment = { ETALON_STABLE_SECONDS: "0", ETALON_WORKERS: "2", ETALON_LOG_LEVEL: "warn" };

const analysesSchema = z.object({ total: z.number(), analyses: z.array(analysisSchema) });
const resultsSchema = z.object({ total: z.number(), results: z.array(foundResultSchema) });

let folder = "";
let server: ServerProcess;
let phantoms: readonly SmallPhantom[] = [];
let digests: readonly string[] = [];

beforeAll(async () => {
  phantoms = Array.from({ length: studies }, (_, seed) => smallPhantom({ columns: 96, rows: 96, seed }));
  digests = await Promise.all(phantoms.map(async (phantom) => (await measureDirectly(phantom)).digest));
});

beforeEach(async () => {
  folder = await temporaryDataFolder();
  server = spawnServer(folder, environment);
});

afterEach(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  await removeDataFolder(folder);
});

const cluster = (): string => join(folder, "postgres/cluster");

async function kill(what: (typeof victims)[number]): Promise<void> {
  if (what === "worker") {
    for (const pid of await measuringProcesses(server.child.pid ?? 0)) process.kill(pid, "SIGKILL");
    return;
  }
  if (what !== "server") {
    const { pid } = (await readLivingPostmaster(cluster())) ?? {};
    if (pid !== undefined && (await isPostmasterOf(pid, cluster()))) process.kill(pid, "SIGKILL");
  }
  if (what !== "postgres") {
    server.child.kill("SIGKILL");
    await server.ended;
    server = spawnServer(folder, environment);
  }
}

/** What the API answers, once it does. */
function ask<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  return waitUntil(async () => {
    const answer = await fetch(`${await server.url()}/api/${path}`).catch(() => undefined);
    return answer?.status === 200 ? schema.parse(await answer.json()) : undefined;
  });
}

async function storeAll(): Promise<void> {
  for (const { files } of phantoms) {
    await waitUntil(async () =>
      storeStudy(await server.url(), files).then(
        () => true,
        () => undefined,
      ),
    );
  }
}

/** How many objects of one modality the archive has. */
async function instancesOf(modality: string): Promise<number> {
  const answer = await fetch(`${await server.url()}/dicom-web/instances?Modality=${modality}&limit=1`);
  return Number(answer.headers.get("x-total-count"));
}

describe.each(Array.from({ length: rounds }, (_, round) => round))("round %i", (round) => {
  it("every analysis ends once, while worker, server and PostgreSQL are killed", async () => {
    const storing = storeAll();
    for (let kills = 0; kills < killsARound; kills += 1) {
      await server.url();
      await pause(300 + Math.random() * 2500);
      await kill(victims[(round + kills) % victims.length] ?? "both");
    }
    await storing;
    const expected = [...digests].sort();
    const results = await waitUntil(async () => {
      const found = (await ask("results?superseded=true&limit=1000", resultsSchema)).results;
      const current = found.filter(({ superseded }) => !superseded).map(({ digest }) => digest);
      return current.sort().join() === expected.join() ? found : undefined;
    }, 240_000);
    const analyses = await waitUntil(async () => {
      const page = (await ask("analyses?limit=1000", analysesSchema)).analyses;
      return page.every(({ state }) => state !== "queued" && state !== "running") ? page : undefined;
    });
    // Of a study cut off on its way the part that came was measured too; its result stepped back.
    expect(analyses.length).toBeGreaterThanOrEqual(studies);
    expect(new Set(analyses.map(({ state }) => state))).toEqual(new Set(["done"]));
    const answered = new Set(results.map(({ digest }) => digest));
    expect(answered.size).toBe(results.length);
    expect(new Set(analyses.map(({ resultDigest }) => resultDigest))).toEqual(answered);
    const reports = await instancesOf("SR");
    expect(reports).toBe(results.length);
  });
});
