import { expect, test } from "vitest";
import { momentOf, type RawStudyRow, studyRowOf } from "./study-row.ts";

test.each([
  ["20260227101530.25", new Date(2026, 1, 27, 10, 15, 30)],
  ["202602271015", new Date(2026, 1, 27, 10, 15)],
  ["20260227", new Date(2026, 1, 27)],
  ["20260231", undefined],
  ["2026", undefined],
  ["", undefined],
  [null, undefined],
])("the order's time %s", (text, moment) => {
  expect(momentOf(text)).toEqual(moment);
});

test("a study's age is that of its order, else of its arrival, and never below zero", () => {
  const row: RawStudyRow = {
    ...{ id: 1, study_instance_uid: "1.2", patient_name: null, patient_id: null, patient_birth_date: null },
    ...{ patient_sex: null, study_date: null, study_time: null, study_description: null, accession_number: null },
    ...{ modalities: [], series_count: 1, instance_count: 1, received_at: new Date(2026, 0, 2) },
    ...{ status: "new", priority: "routine", requested: null },
  };
  const now = new Date(2026, 0, 3);
  expect(studyRowOf(row, [], now).ageSeconds).toBe(86_400);
  expect(studyRowOf({ ...row, requested: "20260101" }, [], now).ageSeconds).toBe(2 * 86_400);
  expect(studyRowOf({ ...row, requested: "20270101" }, [], now).ageSeconds).toBe(0);
});
