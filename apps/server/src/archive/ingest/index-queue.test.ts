import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { openTestArchive, type TestArchive } from "../testing/open-test-archive.ts";
import { inPieces, smallInstance } from "../testing/small-instance.ts";

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
});
afterEach(() => opened.empty());
afterAll(() => opened.close());

/** Thirty images of two series; what one in three says of its study or series, the others leave out. */
const files = Array.from({ length: 30 }, (_, index) =>
  smallInstance(index + 1, {
    ...(index % 2 === 0 ? {} : { SeriesInstanceUID: "1.2.826.0.3.2", Modality: "SEG" }),
    ...(index % 3 === 1 ? { StudyDescription: "Scanner", SeriesDescription: "Axial", PatientSex: "F" } : {}),
  }),
);

function store(file: Uint8Array): Promise<string> {
  return opened.archive.store(opened.scope, { form: "part10", bytes: inPieces(file) }).then(({ kind }) => kind);
}

/** What the index says, without what no two runs share. */
async function rows(): Promise<unknown> {
  const { kysely } = opened.database;
  const studies = await kysely.selectFrom("study").selectAll().execute();
  const series = await kysely.selectFrom("series").selectAll().orderBy("series_instance_uid").execute();
  const instances = await kysely
    .selectFrom("instance")
    .innerJoin("series", "series.id", "instance.series_id")
    .select(["series_instance_uid", "sop_instance_uid", "version", "is_current", "metadata", "file_sha256"])
    .orderBy("sop_instance_uid")
    .execute();
  return {
    studies: studies.map(({ id: _, received_at: _received, changed_at: _changed, ...row }) => row),
    series: series.map(({ id: _, study_id: _study, changed_at: _changed, ...row }) => row),
    instances,
  };
}

it("says the same of objects that come at once as of those that come one by one", async () => {
  for (const file of files) expect(await store(file)).toBe("stored");
  const expected = await rows();
  await opened.empty();
  expect(new Set(await Promise.all(files.map(store)))).toEqual(new Set(["stored"]));
  expect(await rows()).toEqual(expected);
});

it("keeps versions apart and identical objects together among those that come at once", async () => {
  const other = smallInstance(1, { SeriesInstanceUID: "1.2.826.0.3.1", PatientSex: "O" });
  const kinds = await Promise.all([...files, other, ...files.slice(10, 20)].map(store));
  const count = (kind: string): number => kinds.filter((each) => each === kind).length;
  expect([count("stored"), count("new-version"), count("identical")]).toEqual([30, 1, 10]);
  const study = await opened.database.kysely.selectFrom("study").selectAll().executeTakeFirstOrThrow();
  expect([study.instance_count, study.series_count, study.has_versions]).toEqual([30, 2, true]);
});
