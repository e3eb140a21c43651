import fc from "fast-check";
import { expect, test } from "vitest";
import type { Study } from "../api/studies.ts";
import type { ResultBadge } from "./result-badges.ts";
import { type ResultFilter, type SortColumn, sortStudies, withResult } from "./sort-studies.ts";

function study(studyInstanceUid: string, more: Partial<Study> = {}): Study {
  return {
    ...{ studyInstanceUid, patientName: "", patientId: "", birthDate: "", sex: "", date: "", time: "" },
    ...{ description: "", accessionNumber: "", modalities: [], instanceCount: 0, ...more },
  };
}

function badge(state: ResultBadge["state"], value?: number): ResultBadge {
  return { key: "p", name: { en: "P", fr: "P" }, value, digits: 0, state };
}

const uidsOf = (studies: readonly Study[]) => studies.map(({ studyInstanceUid }) => studyInstanceUid);

const rows: readonly (readonly [SortColumn, Partial<Study>, Partial<Study>])[] = [
  ["patient", { patientName: "abel" }, { patientName: "BERT" }],
  // Numbers in texts count as numbers.
  ["patientId", { patientId: "P9" }, { patientId: "P10" }],
  ["date", { date: "20240101", time: "0800" }, { date: "20240101", time: "0900" }],
  ["modality", { modalities: ["CT"] }, { modalities: ["MR", "SR"] }],
  ["description", { description: "coeur" }, { description: "Thorax" }],
  ["images", { instanceCount: 9 }, { instanceCount: 10 }],
];

test.each(rows)("by %s the lesser comes first, or last", (column, less, more) => {
  const studies = [study("more", more), study("less", less)];
  expect(uidsOf(sortStudies(studies, { column, isDescending: false }, new Map()))).toEqual(["less", "more"]);
  expect(uidsOf(sortStudies(studies, { column, isDescending: true }, new Map()))).toEqual(["more", "less"]);
});

test("by result the number of the first badge counts, 0 before none", () => {
  const badges = new Map([
    ["high", [badge("measured", 400)]],
    ["zero", [badge("measured", 0), badge("measured", 900)]],
    ["running", [badge("running")]],
  ]);
  const studies = ["running", "zero", "none", "high"].map((uid) => study(uid));
  const sorted = sortStudies(studies, { column: "result", isDescending: true }, badges);
  expect(uidsOf(sorted)).toEqual(["high", "zero", "running", "none"]);
});

test("sorting loses none, leaves equal ones in their order, and does nothing the second time", () => {
  const columns = fc.constantFrom<SortColumn>("patient", "patientId", "date", "modality", "description", "images");
  const some = fc.array(fc.record({ patientName: fc.constantFrom("a", "B", "b"), instanceCount: fc.nat({ max: 2 }) }));
  fc.assert(
    fc.property(some, columns, fc.boolean(), (made, column, isDescending) => {
      const studies = made.map((more, at) => study(`${at}`, more));
      const once = sortStudies(studies, { column, isDescending }, new Map());
      expect(
        uidsOf(once)
          .map(Number)
          .sort((a, b) => a - b),
      ).toEqual(made.map((_, at) => at));
      expect(sortStudies(once, { column, isDescending }, new Map())).toEqual(once);
      // All are alike in what nobody has: the order is the server's.
      if (column === "date") expect(once).toEqual(studies);
    }),
  );
});

test.each<[ResultFilter, readonly string[]]>([
  ["any", ["measured", "provisional", "running", "refused", "none"]],
  ["measured", ["measured", "provisional"]],
  ["provisional", ["provisional"]],
  ["none", ["running", "refused", "none"]],
])("of results %s are %j", (filter, uids) => {
  const states = ["measured", "provisional", "running", "refused"] as const;
  const badges = new Map(states.map((state) => [state, [badge(state)]]));
  const studies = [...states, "none"].map((uid) => study(uid));
  expect(uidsOf(withResult(studies, filter, badges))).toEqual(uids);
});
