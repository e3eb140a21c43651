import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { problemOf, stubServer } from "../testing/stub-server.ts";
import { findAnalyses, findResults } from "./results.ts";
import { findSeries, readSeriesMetadata } from "./series.ts";
import { everyStudy, findStudies, findStudy, studyQuery } from "./studies.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const dicomStudy = {
  "0020000D": { vr: "UI", Value: ["1.2"] },
  "00100010": { vr: "PN", Value: [{ Alphabetic: "LEFÈVRE^Jean" }] },
  "00080020": { vr: "DA", Value: ["20240229"] },
  "00080061": { vr: "CS", Value: ["CT", "SR"] },
  "00201208": { vr: "IS", Value: [300] },
};

test("studies are read from DICOM JSON; what the server leaves out is empty", async () => {
  const asked = stubServer(() => Response.json([dicomStudy], { headers: { "x-total-count": "7" } }));
  const { signal } = new AbortController();
  const { studies, total } = await findStudies(everyStudy, { limit: 50, offset: 0, signal });
  expect(total).toBe(7);
  expect(studies).toEqual([
    {
      ...{ studyInstanceUid: "1.2", patientName: "LEFÈVRE, Jean", patientId: "", birthDate: "", sex: "" },
      ...{ date: "20240229", time: "", description: "", accessionNumber: "" },
      ...{ modalities: ["CT", "SR"], instanceCount: 300 },
    },
  ]);
  expect(asked[0]?.path).toMatch(/^dicom-web\/studies\?limit=50&offset=0&/);
  expect(asked[0]?.headers).toEqual({ accept: "application/dicom+json" });
});

test("without a total, as many are known as were read up to here", async () => {
  stubServer(() => Response.json([dicomStudy, dicomStudy]));
  expect((await findStudies(everyStudy, { limit: 2, offset: 40 })).total).toBe(42);
});

test("no content is no study, a refusal is one", async () => {
  stubServer(() => Response.json([]));
  expect(await findStudy("1.2")).toBeUndefined();
  stubServer(() => problemOf(400, "invalid-query"));
  await expect(findStudy("1.2")).rejects.toMatchObject({ code: "invalid-query" });
  await expect(findStudies(everyStudy, { limit: 1, offset: 0 })).rejects.toMatchObject({ code: "invalid-query" });
  await expect(findSeries("1.2")).rejects.toMatchObject({ code: "invalid-query" });
});

test("one study is asked for by its UID, its series and their metadata below it", async () => {
  const series = { "0020000E": { vr: "UI", Value: ["1.2.3"] }, "00200011": { vr: "IS", Value: [4] } };
  const asked = stubServer(({ path }) => Response.json([path.includes("/series") ? series : dicomStudy]));
  expect(await findStudy("1.2")).toMatchObject({ studyInstanceUid: "1.2" });
  expect(await findSeries("1.2")).toEqual([
    { seriesInstanceUid: "1.2.3", number: 4, modality: "", description: "", instanceCount: 0 },
  ]);
  expect(await readSeriesMetadata("1.2", "1.2.3")).toEqual([series]);
  expect(asked.map(({ path }) => path.split("?")[0])).toEqual([
    "dicom-web/studies",
    "dicom-web/studies/1.2/series",
    "dicom-web/studies/1.2/series/1.2.3/metadata",
  ]);
  expect(asked[0]?.path).toContain("StudyInstanceUID=1.2&");
});

test("what is typed is found anywhere, unless its wild cards say where; nothing typed asks for nothing", () => {
  const keysOf = (patient: string): string | null =>
    new URLSearchParams(studyQuery({ ...everyStudy, patient }, { limit: 1, offset: 0 })).get("PatientName");
  expect([keysOf(" LEF "), keysOf("LEF*"), keysOf("L?F"), keysOf("  ")]).toEqual(["*LEF*", "LEF*", "L?F", null]);
});

test("any text of a filter comes back out of the query as it went in", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (modality) => {
      const query = new URLSearchParams(studyQuery({ ...everyStudy, modality }, { limit: 9, offset: 18 }));
      expect([query.get("ModalitiesInStudy"), query.get("limit"), query.get("offset")]).toEqual([modality, "9", "18"]);
    }),
  );
});

test.each([
  ["2024-02-29", "2024-03-01", "20240229-20240301"],
  ["", "2024-03-01", "-20240301"],
  ["2024-02-29", "", "20240229-"],
  ["", "", null],
])("from %j to %j is the range %j", (from, to, range) => {
  const query = new URLSearchParams(studyQuery({ ...everyStudy, from, to }, { limit: 1, offset: 0 }));
  expect(query.get("StudyDate")).toBe(range);
});

test("results and analyses are asked for of one study, or of all", async () => {
  const found = { protocol: "coronary/calcium-score", studyInstanceUid: "1.2", seriesInstanceUid: "1.2.3" };
  const result = { ...found, digest: "d", provisional: false, outputs: [{ id: "o", value: 1, unit: "1" }] };
  const analysis = { ...found, id: 1, state: "queued", progress: 0, errorCode: null };
  const asked = stubServer(({ path }) =>
    Response.json(path.startsWith("api/results") ? { results: [result] } : { analyses: [analysis] }),
  );
  expect(await findResults("1.2")).toEqual([result]);
  expect(await findAnalyses("1.2")).toEqual([analysis]);
  await findResults();
  await findAnalyses();
  expect(asked.map(({ path }) => path)).toEqual([
    "api/results?limit=1000&study=1.2",
    "api/analyses?limit=1000&study=1.2",
    "api/results?limit=1000",
    "api/analyses?limit=1000",
  ]);
});
