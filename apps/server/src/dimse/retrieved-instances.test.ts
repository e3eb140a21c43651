import { type DataSet, dataSetOf, type KeywordRecord } from "@etalon/dicom";
import { DimseError, moveSopClasses, type QueryRetrieveRequest } from "@etalon/dicom/network";
import { expect, test, vi } from "vitest";
import type { Archive, StoredInstance } from "../archive/archive.ts";
import { retrievedInstances } from "./retrieved-instances.ts";

const peer = { callingAeTitle: "WS", calledAeTitle: "E", remoteAddress: "127.0.0.1", implementationClassUid: "1.2" };
const scope = { siteId: 1, actor: "WS", purpose: "dimse" };
/** One byte of the relational retrieval option (PS3.4 table C.5.2.1-1). */
const relational = Uint8Array.of(1);

function request(
  model: QueryRetrieveRequest["model"],
  level: QueryRetrieveRequest["level"],
  keys: KeywordRecord,
): QueryRetrieveRequest {
  const { signal } = new AbortController();
  return { peer, sopClassUid: moveSopClasses[model], model, level, identifier: dataSetOf(keys), signal };
}

/** Two studies, each of two series of two images: image 1.2.1.2 is the second of series 1.2.1 … of study 1.2 of patient P1. */
const stored = ["1.1", "1.2"].flatMap((study) =>
  ["1", "2"].flatMap((series) =>
    ["1", "2"].map((image) => ({
      studyInstanceUid: study,
      seriesInstanceUid: `${study}.${series}`,
      sopInstanceUid: `${study}.${series}.${image}`,
    })),
  ),
);

function archiveOf(matches: readonly DataSet[] = []) {
  const search = vi.fn<Archive["search"]>(async (_, { offset = 0, limit = 0 }) => ({
    matches: matches.slice(offset, offset + limit),
    total: matches.length,
    warnings: [],
  }));
  const instances = vi.fn(async (_: unknown, selector: { studyInstanceUid: string; seriesInstanceUid?: string }) =>
    stored.filter(
      (one) =>
        one.studyInstanceUid === selector.studyInstanceUid &&
        (selector.seriesInstanceUid ?? one.seriesInstanceUid) === one.seriesInstanceUid,
    ),
  );
  // A retrieve asks an archive for nothing else, and of an instance for nothing but its UIDs.
  const archive = { search, instances } as unknown as Archive;
  const found = async (asked: QueryRetrieveRequest) =>
    (await retrievedInstances({ archive, scopeOf: () => scope }, asked)).map(
      (one: StoredInstance) => one.sopInstanceUid,
    );
  return { search, instances, found };
}

test("a study is all its instances, in the archive's order; several are one after the other", async () => {
  const { found, search } = archiveOf();
  expect(await found(request("study-root", "study", { StudyInstanceUID: "1.2" }))).toEqual([
    "1.2.1.1",
    "1.2.1.2",
    "1.2.2.1",
    "1.2.2.2",
  ]);
  expect(await found(request("study-root", "study", { StudyInstanceUID: ["1.2", "1.1"] }))).toHaveLength(8);
  expect(search).not.toHaveBeenCalled();
});

test("a series is asked for alone where one is named, and picked out where several are", async () => {
  const { found, instances } = archiveOf();
  const series = (...SeriesInstanceUID: string[]) =>
    found(request("study-root", "series", { StudyInstanceUID: "1.1", SeriesInstanceUID }));
  expect(await series("1.1.2")).toEqual(["1.1.2.1", "1.1.2.2"]);
  expect(instances.mock.lastCall?.[1]).toEqual({ studyInstanceUid: "1.1", seriesInstanceUid: "1.1.2" });
  expect(await series("1.1.2", "1.1.9")).toEqual(["1.1.2.1", "1.1.2.2"]);
  expect(instances.mock.lastCall?.[1]).toEqual({ studyInstanceUid: "1.1" });
});

test("images are those that are named, in the series that is named", async () => {
  const { found } = archiveOf();
  const keys = { StudyInstanceUID: "1.1", SeriesInstanceUID: "1.1.2", SOPInstanceUID: ["1.1.2.2", "1.1.1.1"] };
  expect(await found(request("study-root", "image", keys))).toEqual(["1.1.2.2"]);
});

test("keys below the level say nothing", async () => {
  const { found } = archiveOf();
  const keys = { StudyInstanceUID: "1.1", SeriesInstanceUID: "1.1.2", SOPInstanceUID: "1.1.2.2" };
  expect(await found(request("study-root", "study", keys))).toHaveLength(4);
  expect(await found(request("study-root", "series", keys))).toHaveLength(2);
});

test("a patient is all studies under exactly that ID: a ? in it is a letter", async () => {
  const study = (patient: string, uid: string) => dataSetOf({ PatientID: patient, StudyInstanceUID: uid });
  const { found, search } = archiveOf([study("P?", "1.1"), study("P1", "1.2")]);
  expect(await found(request("patient-root", "patient", { PatientID: "P?" }))).toEqual([
    "1.1.1.1",
    "1.1.1.2",
    "1.1.2.1",
    "1.1.2.2",
  ]);
  expect(search.mock.lastCall?.[1].keys).toEqual([{ path: "00100020", value: "P?" }]);
});

test("a study of another patient is not given, though it is named", async () => {
  const { found, search } = archiveOf([]);
  expect(await found(request("patient-root", "study", { PatientID: "P9", StudyInstanceUID: "1.2" }))).toEqual([]);
  expect(search.mock.lastCall?.[1].keys).toEqual([
    { path: "00100020", value: "P9" },
    { path: "0020000D", value: "1.2" },
  ]);
});

test("a patient with more studies than one page has is given whole", async () => {
  const studies = Array.from({ length: 2500 }, (_, at) =>
    dataSetOf({ PatientID: "P1", StudyInstanceUID: at === 2499 ? "1.2" : `9.${at}` }),
  );
  const { found, search } = archiveOf(studies);
  expect(await found(request("patient-root", "patient", { PatientID: "P1" }))).toHaveLength(4);
  expect(search.mock.calls.map(([, { offset }]) => offset)).toEqual([0, 1000, 2000]);
});

test("relational retrieval needs no key above: the study is looked for", async () => {
  const asked = { SOPInstanceUID: ["1.1.2.2"] };
  const { found, search } = archiveOf([dataSetOf({ StudyInstanceUID: "1.1" })]);
  expect(await found({ ...request("study-root", "image", asked), extended: relational })).toEqual(["1.1.2.2"]);
  expect(search.mock.lastCall?.[1].keys).toEqual([{ path: "00080018", value: "1.1.2.2" }]);
  await expect(found(request("study-root", "image", asked))).rejects.toThrow(DimseError);
});

test("the key of the level itself is always needed", async () => {
  const { found } = archiveOf();
  const lacking = found({ ...request("study-root", "series", { StudyInstanceUID: "1.1" }), extended: relational });
  await expect(lacking).rejects.toMatchObject({ status: 0xa900, offendingElements: ["0020000E"] });
});
