import { parseResult } from "@etalon/measure";
import { buildThoraxPhantom, thoraxPhantomDefaults } from "@etalon/phantom";
import { outputValue } from "@etalon/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { waitUntil } from "../jobs/testing/wait-until.ts";
import { publishFiles } from "./publish-files.ts";
import { type ReadingState, readingStateSchema } from "./reading-state.ts";
import { type ServedReadings, serveReadings } from "./testing/serve-readings.ts";

const size = { columns: 96, rows: 96 };
const seeds = [1, 2] as const;
let served: ServedReadings;
let marie = "";
let studies: readonly string[] = [];

beforeAll(async () => {
  served = await serveReadings();
  marie = await served.bearer(await served.account("marie", "radiologist"));
  served.work();
  const stored: string[] = [];
  for (const seed of seeds) stored.push(await served.storePhantom({ ...size, seed }));
  studies = stored;
  // Two studies of one person, two years and a day apart.
  for (const [at, study_date] of ["20240226", "20260227"].entries()) {
    await served.database.kysely
      .updateTable("study")
      .set({ study_date, patient_id: "P1", issuer_of_patient_id: null })
      .where("study_instance_uid", "=", stored[at] ?? "")
      .execute();
  }
});

afterAll(() => served.close());

const pathOf = (study: string): string => `studies/${study}/readings/coronary/calcium-score`;

async function stateOf(study: string): Promise<ReadingState> {
  return readingStateSchema.parse(await (await served.ask(pathOf(study), { as: marie })).json());
}

/** Reads a study with the phantom's own marks. @returns the draft's digest */
async function read(at: number): Promise<string> {
  const study = studies[at] ?? "";
  const { marks } = buildThoraxPhantom({ ...thoraxPhantomDefaults, ...size, seed: seeds[at] ?? 1 });
  const path = pathOf(study);
  const body = { schema: "etalon.reading/1", marks, language: "en" };
  const put = { as: marie, method: "PUT", body, headers: { "if-none-match": "*" } };
  expect((await served.ask(`${path}/document`, put)).status).toBe(201);
  expect((await served.ask(`${path}/runs`, { as: marie, method: "POST", body: { version: 1 } })).status).toBe(202);
  return waitUntil(async () => (await stateOf(study)).run?.digest ?? undefined);
}

const comparisonSchema = z.object({
  prior: z.looseObject({ digest: z.string(), outputs: z.array(z.looseObject({ id: z.string() })) }).nullable(),
  others: z.number(),
});

describe("the last result of the same patient", () => {
  let before = "";
  let now = "";

  beforeAll(async () => {
    before = await read(0);
    now = await read(1);
  });

  test("is compared with this one, the earlier study with nothing", async () => {
    const scores = [];
    for (const digest of [before, now]) {
      const text = await (await served.ask(`results/${digest}`, { as: marie })).text();
      scores.push(outputValue(parseResult(JSON.parse(text)), "agatston-score") ?? Number.NaN);
    }
    const [earlier = 0, current = 0] = scores;
    const compared = await served.ask(`${pathOf(studies[1] ?? "")}/comparison`, { as: marie });
    const { prior, others } = comparisonSchema.parse(await compared.json());
    expect(others).toBe(0);
    expect(prior).toMatchObject({
      studyInstanceUid: studies[0],
      studyDate: "20240226",
      digest: before,
      isSigned: false,
      sameProtocolVersion: true,
      sameParameters: true,
      // 26 February 2024 to 27 February 2026: 366 days of a leap year's rest, 365, and one.
      days: 732,
    });
    expect(prior?.outputs.find(({ id }) => id === "agatston-score")).toMatchObject({
      before: earlier,
      now: current,
      change: current - earlier,
    });
    const first = await served.ask(`${pathOf(studies[0] ?? "")}/comparison`, { as: marie });
    expect(await first.json()).toEqual({ prior: null, others: 0 });
  });

  test("stands in the report, and in the signed one", async () => {
    const path = pathOf(studies[1] ?? "");
    const draft = await (await served.ask(`${path}/report.html?language=fr`, { as: marie })).text();
    expect(draft).toContain("Évolution depuis l’examen antérieur");
    expect(draft).toContain("26/02/2024");
    const body = { version: 1, digest: now };
    const signed = await served.ask(`${path}/signatures`, {
      ...{ as: marie, method: "POST", body },
      headers: { prefer: "wait=120" },
    });
    expect(signed.status).toBe(201);
    const html = await (await served.ask(`${path}/report.html?language=en`, { as: marie })).text();
    expect(html).toContain("Change since the earlier examination");
  });

  test("is not shown to who may not see that study", async () => {
    const physician = await served.account("paul", "physician");
    const admin = await served.bearer(await served.account("chef", "administrator"));
    const grant = { accountId: physician, studyInstanceUid: studies[1] };
    await served.ask("grants", { as: admin, method: "POST", body: grant });
    const compared = await served.ask(`${pathOf(studies[1] ?? "")}/comparison`, { as: await served.bearer(physician) });
    expect(await compared.json()).toEqual({ prior: null, others: 0 });
  });
});

describe("a signed report", () => {
  test("whose objects were not stored when its server ended has them stored later, once", async () => {
    const { kysely } = served.database;
    const study = studies[1] ?? "";
    const uids = (await stateOf(study)).signature?.editions[0]?.sopInstanceUids ?? [];
    const present = async (): Promise<number> => {
      const rows = await kysely.selectFrom("instance").select("id").where("sop_instance_uid", "in", uids).execute();
      return rows.length;
    };
    await waitUntil(async () => (await present()) === uids.length || undefined);
    const [gone = ""] = uids.slice(-1);
    await served.archive.remove(served.scope, { studyInstanceUid: study, sopInstanceUid: gone });
    const files = await kysely
      .selectFrom("reading_file")
      .select("id")
      .where("sop_instance_uid", "is not", null)
      .execute();
    await kysely
      .insertInto("file_to_publish")
      .values(files.map(({ id }) => ({ file_id: id })))
      .execute();
    const { archive, core } = served;
    await publishFiles({ database: kysely, archive, log: core.log });
    expect([await present(), await kysely.selectFrom("file_to_publish").selectAll().execute()]).toEqual([
      uids.length,
      [],
    ]);
  });

  test("goes with its study, and with nothing less", async () => {
    const { kysely } = served.database;
    await expect(kysely.updateTable("reading_edition").set({ addendum: "x" }).execute()).rejects.toThrow(
      "never changed",
    );
    await served.archive.remove(served.scope, { studyInstanceUid: studies[1] ?? "" });
    for (const table of ["reading_edition", "reading_file", "signing", "file_to_publish"] as const) {
      expect([
        table,
        await kysely
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as("n"))
          .execute(),
      ]).toEqual([table, [{ n: 0 }]]);
    }
    const left = await kysely.selectFrom("reading").select("study_id").execute();
    expect(left).toHaveLength(1);
  });
});
