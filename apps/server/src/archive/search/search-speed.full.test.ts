import { afterAll, beforeAll, expect, test } from "vitest";
import { parseQido, type SearchResource } from "../../dicomweb/qido/parse-qido.ts";
import { startTestDatabase, type TestDatabase } from "../../testing/start-test-database.ts";
import { fillStudies } from "../testing/fill-studies.ts";
import { searchArchive } from "./search.ts";

const studyCount = 300_000;
const someStudy = "1.2.826.0.1.3680043.10.1.777";
const study: SearchResource = { level: "study" };

/** What work lists and viewers ask, and how many match. */
const searches: readonly (readonly [query: string, resource: SearchResource, total: number])[] = [
  ["limit=101&includefield=00081030,00080060", study, studyCount],
  ["PatientID=P000777", study, 5],
  [`StudyInstanceUID=${someStudy}`, study, 1],
  ["AccessionNumber=ACC00012345", study, 1],
  ["PatientName=PEDAMO%5ETRAND*&limit=101", study, 15],
  ["PatientName=*LAUPE*&limit=101", study, 1140],
  ["PatientName=trandren+pedamo&fuzzymatching=true&limit=101", study, 10],
  ["PatientID=*00777*&limit=101", study, 55],
  ["AccessionNumber=ACC000123*&limit=101", study, 100],
  ["PatientBirthDate=19500101", study, 10],
  ["ReferringPhysicianName=medecin%5E17&limit=101", study, 1000],
  ["", { level: "series", studyInstanceUid: someStudy }, 3],
  ["PatientID=P000777", { level: "series" }, 15],
  ["RequestAttributesSequence.ScheduledProcedureStepID=SPS777", { level: "series" }, 3],
  ["offset=200000&limit=101", study, studyCount],
  ["StudyDescription=*coronaire*&limit=101", study, studyCount / 5],
];

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
  await fillStudies(database.kysely, database.siteId, studyCount);
}, 600_000);

afterAll(() => database.stop());

test("searches over 300 000 studies: half of them within a few milliseconds, all totals true", async () => {
  const scope = { siteId: database.siteId, actor: "test", purpose: "test" };
  const medians: number[] = [];
  for (const [query, resource, total] of searches) {
    const times: number[] = [];
    for (let round = 0; round < 9; round++) {
      const start = performance.now();
      const page = await searchArchive(database.kysely, scope, parseQido(query, resource).query);
      times.push(performance.now() - start);
      expect(page.total, query).toBe(total);
    }
    medians.push(median(times));
  }
  // A sequential scan of the table takes 150 ms or more; the aim, 5 ms, is measured by bench/ on a machine at rest.
  expect(median(medians)).toBeLessThan(40);
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
