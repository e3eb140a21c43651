import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseResult, type Result } from "@etalon/measure";
import { outputValue } from "@etalon/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { analysisSchema } from "../analyses/find-analyses.ts";
import { foundResultSchema } from "../results/find-results.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "../testing/running-server.ts";
import { measureDirectly } from "./testing/measure-directly.ts";
import { readEvents } from "./testing/read-events.ts";
import { smallPhantom } from "./testing/small-phantom.ts";
import { storeStudy } from "./testing/store-study.ts";
import { waitUntil } from "./testing/wait-until.ts";

const cli = fileURLToPath(new URL("../../../cli/bin/etalon.mjs", import.meta.url));
const search = "results?protocol=coronary/calcium-score&output=agatston-score";
const pageSchema = z.object({ total: z.number(), results: z.array(foundResultSchema) });
const analysesSchema = z.object({ total: z.number(), analyses: z.array(analysisSchema) });

let folder = "";
let server: ServerProcess;
let url = "";
const phantom = smallPhantom();

beforeAll(async () => {
  folder = await temporaryDataFolder();
  server = spawnServer(folder, { ETALON_STABLE_SECONDS: "1", ETALON_REPORT_LANGUAGE: "fr" });
  url = await server.url();
});

afterAll(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  await removeDataFolder(folder);
});

/** Asks the API. */
async function ask<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  init?: RequestInit,
): Promise<z.output<Schema>> {
  const answer = await fetch(`${url}/api/${path}`, init);
  return schema.parse(await answer.json());
}

const finished = (total: number) =>
  waitUntil(async () => {
    const page = await ask("analyses", analysesSchema);
    const isOver = page.analyses.every(({ state }) => state !== "queued" && state !== "running");
    return page.total >= total && isOver ? page.analyses : undefined;
  });

describe("a study that comes by STOW", () => {
  let direct: Result;

  beforeAll(async () => {
    direct = await measureDirectly(phantom);
  });

  test("is measured; events tell of it from its arrival to its result", async () => {
    const events = readEvents(`${url}/api/events`);
    await storeStudy(url, phantom.files);
    const states: string[] = [];
    const progress: number[] = [];
    let digest: string | null = null;
    for await (const event of events) {
      if (states.at(-1) !== event.state) states.push(event.state);
      progress.push(event.progress);
      digest = event.resultDigest;
      if (event.state === "done") break;
    }
    expect(states).toEqual(["queued", "running", "done"]);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(digest).toBe(direct.digest);
  });

  test("is found by the value of its score, and by nothing beside it", async () => {
    const score = outputValue(direct, "agatston-score") ?? Number.NaN;
    const found = await ask(`${search}&min=${score}&max=${score}`, pageSchema);
    expect(found.total).toBe(1);
    expect(found.results[0]).toMatchObject({
      digest: direct.digest,
      superseded: false,
      provisional: direct.provisional,
    });
    expect(found.results[0]?.outputs.find(({ id }) => id === "agatston-score")).toMatchObject({ value: score });
    expect((await ask(`${search}&min=${score + 0.001}`, pageSchema)).total).toBe(0);
    expect((await ask(`${search}&max=${score - 0.001}`, pageSchema)).total).toBe(0);
    expect((await ask(`${search}&patientId=nobody`, pageSchema)).total).toBe(0);
    const { patientId, patientName } = found.results[0] ?? {};
    const beginning = `${patientName?.slice(0, 3).toLowerCase()}*`;
    const ofPatient = `patientId=${encodeURIComponent(patientId ?? "")}&patientName=${encodeURIComponent(beginning)}`;
    expect((await ask(`${search}&${ofPatient}`, pageSchema)).total).toBe(1);
  });

  test("gives the result that the command line gives on the same files, and replays", async () => {
    const study = join(folder, "files");
    await mkdir(study);
    for (const { name, bytes } of phantom.files) await writeFile(join(study, name), bytes);
    const { stdout } = await promisify(execFile)(process.execPath, [cli, "analyze", study, "--json"]);
    const ours = await (await fetch(`${url}/api/results/${direct.digest}`)).text();
    expect(parseResult(JSON.parse(stdout)).digest).toBe(parseResult(JSON.parse(ours)).digest);
    await writeFile(join(folder, "result.json"), ours);
    const verified = await promisify(execFile)(process.execPath, [cli, "verify", join(folder, "result.json"), study]);
    expect(verified.stdout).toMatch(/identical/i);
  });

  test("has the report and the segmentation beside its images, which are measured no more", async () => {
    const modalities = async () => {
      const answer = await fetch(`${url}/dicom-web/studies?includefield=ModalitiesInStudy`);
      return /"00080061":\{"vr":"CS","Value":\[([^\]]*)\]/.exec(await answer.text())?.[1];
    };
    expect(await modalities()).toBe('"CT","SEG","SR"');
    // Two seconds after they came their series are stable, at one second's patience.
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect((await ask("analyses", analysesSchema)).total).toBe(1);
  });

  test("sent again is measured no second time", async () => {
    await storeStudy(url, phantom.files);
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect((await ask("analyses", analysesSchema)).total).toBe(1);
    expect((await ask(`${search}&superseded=true`, pageSchema)).total).toBe(1);
  });
});

test("an image more makes a new result, and the older one steps back", async () => {
  const other = smallPhantom({ seed: 2 });
  const before = await measureDirectly({ files: other.files.slice(0, -1) });
  await storeStudy(url, other.files.slice(0, -1));
  await finished(2);
  expect((await ask(`results/${before.digest}`, z.object({ digest: z.string() }))).digest).toBe(before.digest);
  await storeStudy(url, other.files.slice(-1));
  const [newest] = await finished(3);
  const after = await measureDirectly(other);
  expect(newest?.resultDigest).toBe(after.digest);
  const series = `series=${newest?.seriesInstanceUid}`;
  const current = await ask(`results?${series}`, pageSchema);
  expect(current.results.map(({ digest }) => digest)).toEqual([after.digest]);
  const all = await ask(`${search}&${series}&superseded=true`, pageSchema);
  expect(all.results.map(({ digest, superseded }) => [digest, superseded]).sort()).toEqual(
    [
      [after.digest, false],
      [before.digest, true],
    ].sort(),
  );
});

test("contrast agent is a refusal with its code: an end, tried once", async () => {
  await storeStudy(url, smallPhantom({ bloodHu: 350, contrastTagged: true }).files);
  const [analysis] = await finished(4);
  expect(analysis).toMatchObject({ state: "refused", errorCode: "contrast-enhanced", attempts: 1, resultDigest: null });
});

test("a single slice is a refusal too", async () => {
  await storeStudy(url, smallPhantom({ seed: 3 }).files.slice(0, 1));
  const [analysis] = await finished(5);
  expect(analysis).toMatchObject({ state: "refused", errorCode: "single-slice", attempts: 1 });
});

test("asked for with other parameters it is another result; the same question is the same analysis", async () => {
  const [first] = (await ask(search, pageSchema)).results;
  const body = JSON.stringify({
    protocol: "coronary/calcium-score",
    studyInstanceUid: first?.studyInstanceUid,
    seriesInstanceUid: first?.seriesInstanceUid,
    parameters: { "minimum-area": 2 },
  });
  const post = { method: "POST", headers: { "content-type": "application/json" }, body };
  const asked = await fetch(`${url}/api/analyses`, post);
  expect(asked.status).toBe(202);
  const { id } = analysisSchema.parse(await asked.json());
  let last: string | undefined;
  for await (const { state } of readEvents(`${url}/api/analyses/${id}/events`)) last = state;
  expect(last).toBe("done");
  const again = await fetch(`${url}/api/analyses`, post);
  expect(again.status).toBe(200);
  expect(analysisSchema.parse(await again.json()).id).toBe(id);
  expect((await ask(`results?series=${first?.seriesInstanceUid}`, pageSchema)).total).toBe(2);
  const late = await fetch(`${url}/api/analyses/${id}/cancel`, { method: "POST" });
  expect(late.status).toBe(409);
});

test("the log names no patient", async () => {
  const { results } = await ask(`${search}&limit=1`, pageSchema);
  const words = `${results[0]?.patientName}^${results[0]?.patientId}`.split(/[\^ ]/).filter((word) => word.length > 3);
  expect(words.length).toBeGreaterThan(0);
  for (const word of words) expect(server.output()).not.toContain(word);
});

test("a reader of events keeps no server from ending", async () => {
  const reading = readEvents(`${url}/api/events`, "0");
  expect((await reading.next()).done).toBe(false);
  const begun = performance.now();
  server.child.kill("SIGTERM");
  let isOver = false;
  while (!isOver) isOver = (await reading.next()).done === true;
  expect(await server.ended).toBe(0);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
