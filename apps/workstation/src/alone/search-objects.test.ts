import type { DataSet } from "@etalon/dicom";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LocalObject } from "./local-objects.ts";
import { listSeries, listStudies } from "./search-objects.ts";

function object(study: string, series: string, more: DataSet = {}): LocalObject {
  const uid = (value: string) => ({ vr: "UI", Value: [value] });
  return {
    studyInstanceUid: study,
    seriesInstanceUid: series,
    sopInstanceUid: `${series}.1`,
    dataSet: { "0020000D": uid(study), "0020000E": uid(series), ...more },
  };
}
const text = (vr: string, value: string) => ({ vr, Value: [value] });

const objects = [
  object("1", "1.1", {
    "00080020": text("DA", "20240101"),
    "00080060": text("CS", "CT"),
    "00081030": text("LO", "Score calcique"),
    "00100010": { vr: "PN", Value: [{ Alphabetic: "LEFÈVRE^Zoé" }] },
    "00100020": text("LO", "P.1"),
  }),
  object("1", "1.1", { "00080060": text("CS", "CT") }),
  object("1", "1.2", { "00080060": text("CS", "SR") }),
  object("2", "2.1", {
    "00080020": text("DA", "20240301"),
    "00100010": { vr: "PN", Value: [{ Alphabetic: "ABEL^A" }] },
  }),
  object("3", "3.1"),
];

/** The UIDs that a search finds, in its order. */
async function found(query: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
  const answer: unknown = await listStudies(objects, new URLSearchParams(query)).json();
  return Array.isArray(answer) ? answer.map((one) => one["0020000D"].Value[0]) : [];
}

test("studies are listed newest first, those without a date last, with what they hold", async () => {
  const answer = listStudies(objects, new URLSearchParams());
  expect(answer.headers.get("x-total-count")).toBe("3");
  expect(await answer.json()).toMatchObject([
    { "0020000D": { Value: ["2"] } },
    { "0020000D": { Value: ["1"] }, "00080061": { Value: ["CT", "SR"] }, "00201208": { Value: [3] } },
    { "0020000D": { Value: ["3"] }, "00201208": { Value: [1] } },
  ]);
});

test("a page is a part of them, and says how many there are", async () => {
  const answer = listStudies(objects, new URLSearchParams({ limit: "1", offset: "1" }));
  expect(answer.headers.get("x-total-count")).toBe("3");
  expect(await answer.json()).toMatchObject([{ "0020000D": { Value: ["1"] } }]);
});

test.each([
  [{ PatientName: "*lefevre*" }, ["1"]],
  [{ PatientName: "lefèvre, zo?" }, ["1"]],
  [{ PatientName: "lefevre" }, []],
  [{ PatientID: "P.1" }, ["1"]],
  // A point is a point, no wild card.
  [{ PatientID: "Px1" }, []],
  [{ StudyDescription: "*CALCIQUE" }, ["1"]],
  [{ StudyInstanceUID: "2" }, ["2"]],
  [{ ModalitiesInStudy: "SR" }, ["1"]],
  [{ ModalitiesInStudy: "MR" }, []],
  [{ StudyDate: "20240101" }, ["1"]],
  [{ StudyDate: "20240101-20240301" }, ["2", "1"]],
  [{ StudyDate: "20240102-" }, ["2"]],
  [{ StudyDate: "-20240101" }, ["1", "3"]],
])("%j finds %j", async (query, uids) => {
  expect(await found(query)).toEqual(uids);
});

test("any text finds itself among others, as it is and anywhere", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), fc.string(), async (name, around) => {
      const plain = name.replaceAll(/[*?]/g, "x");
      // A text of spaces alone is no value (PS3.5 section 6.2).
      fc.pre(`${around}${plain}`.trim() !== "");
      const one = [object("9", "9.1", { "00081030": text("LO", `${around}${plain}${around}`) })];
      const answer = listStudies(one, new URLSearchParams({ StudyDescription: `*${plain}*` }));
      expect(answer.headers.get("x-total-count")).toBe("1");
    }),
  );
});

test("the series of a study are its own, by number", async () => {
  const number = (value: number) => ({ "00200011": { vr: "IS", Value: [value] } });
  const two = [object("1", "1.1", number(7)), object("1", "1.2", number(2)), object("2", "2.1", number(1))];
  expect(await listSeries(two, "1").json()).toMatchObject([
    { "0020000E": { Value: ["1.2"] }, "00201209": { Value: [1] } },
    { "0020000E": { Value: ["1.1"] } },
  ]);
});
