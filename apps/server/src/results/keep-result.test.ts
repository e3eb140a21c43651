import { catalog, type Result, runProtocol } from "@etalon/measure";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changeAnalysis } from "../analyses/change-analysis.ts";
import { openTestArchive, type TestArchive } from "../archive/testing/open-test-archive.ts";
import { findResults, readResult } from "./find-results.ts";
import { type AnsweredAnalysis, keepResult } from "./keep-result.ts";

let opened: TestArchive;
let seriesId = 0;

beforeAll(async () => {
  opened = await openTestArchive();
});

afterAll(async () => {
  await opened.close();
});

beforeEach(async () => {
  await opened.empty();
  const { kysely, siteId } = opened.database;
  const { id: studyId } = await kysely
    .insertInto("study")
    .values({
      ...{ site_id: siteId, study_instance_uid: "1.2", series_count: 1, instance_count: 0, has_versions: false },
      ...{ modalities: [], sop_classes: [], attributes: "{}" },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const series = { study_id: studyId, series_instance_uid: "1.2.1", instance_count: 0, attributes: "{}" };
  ({ id: seriesId } = await kysely.insertInto("series").values(series).returning("id").executeTakeFirstOrThrow());
});

/** A resistive index of 1 - end / 100: two numbers are all that it is measured from. */
async function indexOf(endDiastolic: number): Promise<Result> {
  const protocol = catalog.find(({ id }) => id === "vascular/doppler-resistive-index");
  if (protocol === undefined) throw new Error("the catalogue lacks the resistive index");
  return runProtocol({
    ...{ protocol, ledger: { entries: [], stacks: [], notes: [] }, marks: null, overrides: {}, roleChoices: {} },
    numbers: { "peak-systolic-velocity": 100, "end-diastolic-velocity": endDiastolic },
    versionChoices: new Map(),
    readFrame: () => Promise.reject(new Error("there are no images")),
    build: { etalon: "test", engine: "test" },
  });
}

/** An analysis of the series that runs; the first asked has the lower id. */
async function running(hash: number): Promise<AnsweredAnalysis> {
  const { kysely, siteId } = opened.database;
  const { id } = await kysely
    .insertInto("analysis")
    .values({
      ...{
        site_id: siteId,
        series_id: seriesId,
        protocol: "vascular/doppler-resistive-index",
        protocol_version: "1.0.0",
      },
      ...{ identity: Buffer.alloc(32, hash), variant: Buffer.alloc(32, 9), request: "{}", requested_by: "test" },
      state: "running",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, siteId, seriesId, variant: "09".repeat(32) };
}

async function answer(analysis: AnsweredAnalysis, result: Result): Promise<void> {
  await opened.database.kysely.transaction().execute(async (transaction) => {
    await keepResult(transaction, analysis, { result, maps: [] });
    const change = { state: "done", resultDigest: result.digest } as const;
    await changeAnalysis(transaction, { id: analysis.id, states: ["running"] }, change);
  });
}

/** Values of the results that count, and of those that stepped back. */
async function values(): Promise<readonly (readonly [number | undefined, boolean])[]> {
  const filter = { withSuperseded: true, output: "resistive-index", limit: 10, offset: 0 };
  const { results } = await findResults(opened.database.kysely, opened.scope, filter);
  const rows = await opened.database.kysely.selectFrom("result_output").select(["value", "is_superseded"]).execute();
  // The copy that searches read says the same.
  expect(new Map(rows.map((row) => [row.value, row.is_superseded]))).toEqual(
    new Map(results.map(({ outputs, superseded }) => [outputs[0]?.value, superseded])),
  );
  return results.map(({ outputs, superseded }) => [outputs[0]?.value, superseded]);
}

test("the answer to what was asked last counts, in whichever order answers come", async () => {
  const [older, newer] = [await running(1), await running(2)];
  // 1 - 40 / 100 and 1 - 25 / 100.
  await answer(newer, await indexOf(40));
  await answer(older, await indexOf(25));
  expect(await values()).toEqual([
    [0.75, true],
    [0.6, false],
  ]);
});

test("one recipe is one result, and counts again where it answers what was asked last", async () => {
  const result = await indexOf(40);
  await answer(await running(1), result);
  await answer(await running(2), await indexOf(25));
  await answer(await running(3), result);
  expect(await values()).toEqual([
    [0.75, true],
    [0.6, false],
  ]);
  const document: unknown = JSON.parse(await readResult(opened.database.kysely, opened.scope, result.digest));
  expect(document).toEqual(JSON.parse(JSON.stringify(result)));
});

test("goes with its series", async () => {
  await answer(await running(1), await indexOf(40));
  await sql`delete from series where id = ${seriesId}`.execute(opened.database.kysely);
  for (const table of ["analysis", "result", "result_output"] as const) {
    expect(await opened.database.kysely.selectFrom(table).selectAll().execute()).toEqual([]);
  }
});

test("facts of a person are forgotten with the analysis' end", async () => {
  const { kysely } = opened.database;
  const { id } = await running(1);
  await kysely.updateTable("analysis").set({ request: '{"facts":{"facts":[1]},"marks":null}' }).execute();
  await changeAnalysis(kysely, { id, states: ["running"] }, { state: "failed", errorCode: "not-dicom" });
  const row = await kysely.selectFrom("analysis").select("request").executeTakeFirstOrThrow();
  expect(row.request).toEqual({ facts: null, marks: null });
});
