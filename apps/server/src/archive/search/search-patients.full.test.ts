import { type DataSet, type KeywordRecord, textOf } from "@etalon/dicom";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MatchingKey } from "../query.ts";
import { openTestArchive, type TestArchive } from "../testing/open-test-archive.ts";
import { inPieces, smallInstance } from "../testing/small-instance.ts";

let opened: TestArchive;
/** Six studies: two of one patient, the same ID of another issuer, two others, and one without an ID. */
const studies: readonly KeywordRecord[] = [
  { PatientID: "P1", PatientName: "Doe^Jane", StudyDate: "20230101" },
  { PatientID: "P1", PatientName: "Doe-Roe^Jane", StudyDate: "20240101" },
  { PatientID: "P1", IssuerOfPatientID: "ELSEWHERE", PatientName: "Other^One" },
  { SpecificCharacterSet: "ISO_IR 192", PatientID: "P2", PatientName: "Lefèvre^Zoé", PatientBirthDate: "19700131" },
  { PatientID: "P0", PatientName: "First^In^Order" },
  { PatientID: "", PatientName: "Nobody^Known" },
];

beforeAll(async () => {
  opened = await openTestArchive();
  for (const [at, said] of studies.entries()) {
    const uids = { StudyInstanceUID: `1.2.${at + 1}`, SeriesInstanceUID: `1.2.${at + 1}.1` };
    const bytes = inPieces(smallInstance(at + 1, { ...uids, ...said }));
    expect(await opened.archive.store(opened.scope, { form: "part10", bytes })).toMatchObject({ kind: "stored" });
  }
});
afterAll(() => opened.close());

async function patients(keys: readonly MatchingKey[], siteId = opened.scope.siteId): Promise<readonly DataSet[]> {
  const query = { keys, includeFields: ["00100021", "00201200"], isFuzzy: false };
  const found: DataSet[] = [];
  for await (const patient of opened.archive.patients({ ...opened.scope, siteId }, query)) found.push(patient);
  return found;
}

const nameOf = (patient: DataSet): unknown => patient["00100010"]?.Value?.[0];

it("finds each patient once, by ID and issuer, as the newest study has it", async () => {
  const found = await patients([]);
  expect(
    found.map((patient) => [textOf(patient, "00100020"), textOf(patient, "00100021"), textOf(patient, "00201200")]),
  ).toEqual([
    ["P0", undefined, "1"],
    ["P1", undefined, "2"],
    ["P1", "ELSEWHERE", "1"],
    ["P2", undefined, "1"],
  ]);
  expect(found.map(nameOf)[1]).toEqual({ Alphabetic: "Doe-Roe^Jane" });
});

it.each([
  [{ path: "00100010", value: "DOE*" }, [{ Alphabetic: "Doe-Roe^Jane" }]],
  [{ path: "00100010", value: "Doe^*" }, [{ Alphabetic: "Doe^Jane" }]],
  [{ path: "00100010", value: "lefevre*" }, [{ Alphabetic: "Lefèvre^Zoé" }]],
  [{ path: "00100030", value: "19700101-19701231" }, [{ Alphabetic: "Lefèvre^Zoé" }]],
  [{ path: "00100021", value: "ELSEWHERE" }, [{ Alphabetic: "Other^One" }]],
  [{ path: "00100020", value: "P9" }, []],
])("matches %j in any of their studies", async (key, names) => {
  expect((await patients([key])).map(nameOf)).toEqual(names);
});

it("shows none of another site", async () => {
  expect(await patients([], opened.scope.siteId + 1)).toEqual([]);
});
