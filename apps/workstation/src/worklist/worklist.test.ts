import { expect, test } from "vitest";
import { everyStudy, studyQuery } from "../api/studies.ts";
import { parseRoute, routeHash } from "../route/route.ts";
import { badgesByStudy } from "./result-badges.ts";
import { studyAge } from "./study-age.ts";

test("filters become matching keys of QIDO-RS", () => {
  const query = new URLSearchParams(
    studyQuery({ ...everyStudy, patient: "lefè", from: "2024-02-29", modality: "CT" }, { limit: 500, offset: 500 }),
  );
  expect(Object.fromEntries(query)).toMatchObject({
    PatientName: "*lefè*",
    StudyDate: "20240229-",
    ModalitiesInStudy: "CT",
    offset: "500",
  });
  expect(query.has("PatientID")).toBe(false);
});

test("a badge is the newest result of a protocol, or how its measurement stands", () => {
  const shared = { studyInstanceUid: "1", seriesInstanceUid: "1.1", protocol: "coronary/calcium-score" };
  const result = {
    ...shared,
    digest: "d",
    provisional: true,
    outputs: [{ id: "agatston-score", value: 412.3, unit: "" }],
  };
  const analysis = { ...shared, id: 1, progress: 1, errorCode: null };
  const badges = badgesByStudy(
    [result],
    [
      { ...analysis, state: "running" },
      { ...analysis, studyInstanceUid: "2", state: "queued" },
    ],
  );
  expect(badges.get("1")).toMatchObject([{ name: { en: "CAC" }, value: 412.3, state: "provisional" }]);
  expect(badges.get("2")).toMatchObject([{ name: { en: "CAC" }, value: undefined, state: "running" }]);
});

test.each([
  ["20261123", "0900", { count: 30, unit: "minutes" }],
  ["20261122", "0900", { count: 24, unit: "hours" }],
  ["20261113", "", { count: 10, unit: "days" }],
  ["20161101", "", { count: 10, unit: "years" }],
  ["20270101", "", undefined],
  ["", "", undefined],
])("a study of %s %s has the age %j", (date, time, age) => {
  expect(studyAge(date, time, new Date(2026, 10, 23, 9, 30))).toEqual(age);
});

test("an address names a study, or the worklist", () => {
  const route = { page: "study", studyInstanceUid: "1.2.840" } as const;
  expect(parseRoute(routeHash(route))).toEqual(route);
  expect(parseRoute("#/study/<script>")).toEqual({ page: "worklist" });
});
