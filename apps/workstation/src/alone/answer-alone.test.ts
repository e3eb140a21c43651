import { buildConstructedFiles } from "@etalon/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { measurementsOnly } from "../marks/reading-draft.ts";
import { localFile } from "../picture/local-file.ts";
import { answerAlone } from "./answer-alone.ts";
import type { KeptReading } from "./document-store.ts";
import { createLocalObjects } from "./local-objects.ts";

const files = buildConstructedFiles(
  { slices: 2 },
  {
    identity: "alone",
    attributes: { PatientName: "LEFÈVRE^Zoé", PatientID: "P1", StudyDate: "20240229", StudyDescription: "Score" },
  },
);

beforeEach(() => {
  vi.stubGlobal("document", { documentElement: { lang: "fr" } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function opened() {
  const kept = new Map<string, KeptReading>();
  const objects = createLocalObjects();
  const answer = answerAlone(objects, {
    read: async (study, protocol) => kept.get(`${study} ${protocol}`),
    write: async (reading) => {
      kept.set(`${reading.study} ${reading.protocol}`, reading);
    },
    exported: async () => "",
    imported: async () => 0,
  });
  for (const { bytes } of files) await answer("dicom-web/studies", { method: "POST", body: new Uint8Array(bytes) });
  const [first] = objects.all();
  if (first === undefined) throw new Error("nothing was opened");
  return { objects, answer, first };
}

test("objects are kept with their file, each once, without their pixels", async () => {
  const { objects, answer, first } = await opened();
  expect(objects.all()).toHaveLength(2);
  const [file] = files;
  await answer("dicom-web/studies", { method: "POST", body: new Blob([new Uint8Array(file?.bytes ?? [])]) });
  expect(objects.all()).toHaveLength(2);
  expect(first.dataSet["7FE00010"]?.bytes).toBeUndefined();
  expect(localFile(first.sopInstanceUid)?.size).toBe(file?.bytes.length);
  expect(localFile("1.2.3")).toBeUndefined();
});

test("what is no DICOM is refused in the page's language, nothing is nothing", async () => {
  const { answer } = await opened();
  const noDicom = await answer("dicom-web/studies", { method: "POST", body: new Uint8Array(200) });
  expect(noDicom.status).toBe(400);
  const said = await noDicom.json();
  vi.stubGlobal("document", { documentElement: { lang: "en" } });
  const inEnglish = await answer("dicom-web/studies", { method: "POST", body: new Uint8Array(200) });
  const other = await inEnglish.json();
  expect(other).toMatchObject({ code: Reflect.get(Object(said), "code") });
  expect(Reflect.get(Object(other), "detail")).not.toBe(Reflect.get(Object(said), "detail"));
  expect((await answer("dicom-web/studies", { method: "POST" })).status).toBe(400);
});

test("an object without the UIDs that it is found by is refused", async () => {
  const [file] = buildConstructedFiles({ slices: 1 }, { identity: "without", attributes: { StudyInstanceUID: "" } });
  const { answer, objects } = await opened();
  const refused = await answer("dicom-web/studies", { method: "POST", body: new Uint8Array(file?.bytes ?? []) });
  expect(await refused.json()).toMatchObject({ status: 400, code: "missing-value" });
  expect(objects.all()).toHaveLength(2);
});

test("studies, series and metadata are those of the files", async () => {
  const { answer, first } = await opened();
  const { studyInstanceUid, seriesInstanceUid } = first;
  const studies = await answer("dicom-web/studies?limit=10&offset=0", {});
  expect(await studies.json()).toMatchObject([{ "00201208": { Value: [2] }, "00080061": { Value: ["CT"] } }]);
  const series = await answer(`dicom-web/studies/${studyInstanceUid}/series?includefield=SeriesDescription`, {});
  expect(await series.json()).toMatchObject([
    { "0020000E": { Value: [seriesInstanceUid] }, "00201209": { Value: [2] } },
  ]);
  const metadata = await answer(`dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/metadata`, {});
  // Explicit VR Little Endian, as the phantom is written; the reader of pictures needs it to decode.
  expect(await metadata.json()).toMatchObject(Array(2).fill({ "00083002": { Value: ["1.2.840.10008.1.2.1"] } }));
});

test("nothing was measured by itself, and a reading goes by its own rules", async () => {
  const { answer } = await opened();
  expect(await (await answer("api/results?limit=1000", {})).json()).toEqual({ total: 0, results: [] });
  expect(await (await answer("api/analyses?limit=1000", {})).json()).toEqual({ total: 0, analyses: [] });
  for (const reading of ["coronary/calcium-score", measurementsOnly]) {
    const path = `api/studies/1.2/readings/${reading}/document`;
    expect((await answer(path, {})).status).toBe(404);
    expect((await answer(path, { method: "PUT", json: { schema: "etalon.reading/1" } })).status).toBe(201);
    const kept = await (await answer(path, {})).json();
    expect(kept).toMatchObject({ version: 1, document: { schema: "etalon.reading/1" } });
  }
});

test("what only a server has is not here", async () => {
  const { answer } = await opened();
  for (const path of ["api/session", "api/shares", "dicom-web/studies/1.2/rendered"]) {
    expect((await answer(path, {})).status).toBe(404);
  }
});
