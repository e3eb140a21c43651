import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesSource, readPart10 } from "@etalon/dicom";
import { mapNifti } from "@etalon/measure";
import { describeWithSharedData, prepareStudy, receiveFiles } from "@etalon/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { waitUntil } from "../jobs/testing/wait-until.ts";
import { resultMapSchema } from "../results/result-maps.ts";
import { type ReadingState, readingStateSchema } from "./reading-state.ts";
import { type ServedReadings, serveReadings } from "./testing/serve-readings.ts";

const images = "3-cardiac-mr/t1-seir-phantom-dicom/singleslicedicomfiles";
const listSchema = z.object({ digest: z.string(), maps: z.array(resultMapSchema) });

describeWithSharedData("the maps of a reading", images, (folder) => {
  let served: ServedReadings;
  let study = "";
  let marie = "";
  let digest = "";
  const files = readdirSync(folder).map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  const reading = () => `studies/${study}/readings/cardiac/t1-map`;
  const ask = async (path: string): Promise<Response> => served.ask(`${reading()}${path}`, { as: marie });
  const bytesOf = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await ask(path)).arrayBuffer());
  const stateNow = async (): Promise<ReadingState> => readingStateSchema.parse(await (await ask("")).json());

  /** Saves roles and has them measured. */
  async function measured(roles: Readonly<Record<string, string>>, version: number): Promise<ReadingState> {
    const headers: Record<string, string> =
      version === 1 ? { "if-none-match": "*" } : { "if-match": `"${version - 1}"` };
    const body = { schema: "etalon.reading/1", roles };
    await served.ask(`${reading()}/document`, { as: marie, method: "PUT", body, headers });
    await served.ask(`${reading()}/runs`, { as: marie, method: "POST", body: { version } });
    return waitUntil(async () => {
      const state = await stateNow();
      return state.run?.state === "queued" || state.run?.state === "running" ? undefined : state;
    });
  }

  beforeAll(async () => {
    served = await serveReadings();
    for (const { bytes } of files) {
      const stored = await served.archive.store(served.scope, { form: "part10", bytes: inOnePiece(bytes) });
      if (stored.kind !== "refused") study = stored.studyInstanceUid;
    }
    marie = await served.bearer(await served.account("marie", "radiologist"));
    served.work();
  });

  afterAll(() => served.close());

  test("are those of the images of four series, found by the server", async () => {
    const run = await prepareStudy(await receiveFiles(files), { protocol: "cardiac/t1-map" });
    digest = run.measure().digest;
    expect((await measured({}, 1)).run).toMatchObject({ state: "done", digest });
    const listed = listSchema.parse(await (await ask("/maps")).json());
    expect(listed.digest).toBe(digest);
    expect(listed.maps.map(({ id, isQuantity }) => [id, isQuantity])).toEqual([
      ["t1", true],
      ["t1-residual", false],
      ["t1-r2", false],
      ["t1-n", false],
      ["t1-reason", false],
    ]);
    for (const map of run.maps()) {
      expect(Buffer.from(await bytesOf(`/maps/${map.id}/nifti`)).equals(mapNifti(map, false))).toBe(true);
    }
  });

  test("are the same where the reader names one of the series", async () => {
    const uid = (await seriesUids())[0] ?? "";
    expect((await measured({ "t1-images": uid }, 2)).run).toMatchObject({ version: 2, state: "done" });
    expect((await bytesOf("/maps/t1/nifti")).length).toBeGreaterThan(1000);
  });

  test("come down as Parametric Maps, of a quantity alone", async () => {
    const answer = await ask("/maps/t1/parametric-map");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/dicom"]);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="t1-[0-9a-f]{8}\.pm\.dcm"$/);
    const { dataSet } = await readPart10(bytesSource("t1", new Uint8Array(await answer.arrayBuffer())), {
      until: "pixel-data",
    });
    expect(dataSet["00080016"]?.Value).toEqual(["1.2.840.10008.5.1.4.1.1.30"]);
    expect(dataSet["0020000D"]?.Value).toEqual([study]);
    expect((await ask("/maps/t1-r2/parametric-map")).status).toBe(404);
    expect((await ask("/maps/t2/nifti")).status).toBe(404);
  });

  describe("of a draft", () => {
    test("are shown to readers alone", async () => {
      const guest = await served.bearer(await served.account("guest", "guest"));
      expect((await served.ask(`${reading()}/maps/t1/nifti`, { as: guest })).status).toBe(404);
    });
  });

  describe("that is signed", () => {
    test("are stored among the study's instances, and measured again give the same", async () => {
      const { run } = await stateNow();
      const body = { version: 2, digest: run?.digest };
      const headers = { prefer: "wait=120" };
      const answer = await served.ask(`${reading()}/signatures`, { as: marie, method: "POST", body, headers });
      expect(readingStateSchema.parse(await answer.json()).status).toBe("signed");
      const bytes = await bytesOf("/maps/t1/parametric-map");
      const { dataSet } = await readPart10(bytesSource("t1", bytes), { until: "pixel-data" });
      const uid = String(dataSet["00080018"]?.Value?.[0]);
      const stored = await waitUntil(async () => {
        const all = await served.archive.instances(served.scope, { studyInstanceUid: study, sopInstanceUid: uid });
        return all.length === 0 ? undefined : all;
      });
      expect(stored).toHaveLength(1);
      const { signature } = await stateNow();
      expect(signature?.editions[0]?.sopInstanceUids).toContain(uid);
      const received = await receiveFiles([...files, { name: "t1.pm.dcm", bytes }]);
      expect((await prepareStudy(received, { protocol: "cardiac/t1-map" })).measure().digest).toBe(digest);
    });
  });

  async function seriesUids(): Promise<readonly string[]> {
    const rows = await served.database.kysely
      .selectFrom("series")
      .select("series_instance_uid")
      .orderBy("id")
      .execute();
    return rows.map(({ series_instance_uid: uid }) => uid);
  }
});

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
