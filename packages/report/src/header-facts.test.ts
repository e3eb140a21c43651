import { dataSetOf, studyContextOf } from "@etalon/dicom";
import { expect, it } from "vitest";
import { headerFacts } from "./header-facts.ts";

const factsOf = (header: Readonly<Record<string, string>>) =>
  headerFacts(studyContextOf(dataSetOf({ StudyInstanceUID: "1.2", ...header }))).map(({ id, value, source }) => [
    id,
    value,
    source,
  ]);

it.each([
  ["19610315", "20260314", 64],
  ["19610315", "20260315", 65],
  ["20000229", "20260228", 25],
  ["20000229", "20260301", 26],
] as const)("born %s, studied %s: %s completed years", (PatientBirthDate, StudyDate, years) => {
  expect(factsOf({ PatientBirthDate, StudyDate, PatientAge: "001Y" })).toEqual([
    ["age", years, "dicom-header PatientBirthDate, StudyDate"],
  ]);
});

// PS3.5 table 6.2-1, AS: nnnD, nnnW, nnnM, nnnY.
it.each([
  ["071Y", 71],
  ["018M", 1],
  ["104W", 1],
  ["730D", 1],
  ["731D", 2],
] as const)("PatientAge %s is %s", (PatientAge, years) => {
  expect(factsOf({ PatientAge })).toEqual([["age", years, "dicom-header PatientAge"]]);
});

it("reads the sex where it is M or F", () => {
  expect(factsOf({ PatientSex: "M" })).toEqual([["sex", "male", "dicom-header PatientSex"]]);
  expect(factsOf({ PatientSex: "F" })).toEqual([["sex", "female", "dicom-header PatientSex"]]);
  expect(factsOf({ PatientSex: "O" })).toEqual([]);
});

it("says nothing where the header says nothing, or nonsense", () => {
  expect(factsOf({})).toEqual([]);
  expect(factsOf({ PatientAge: "old", PatientBirthDate: "1961.03.15", StudyDate: "20260101" })).toEqual([]);
  expect(factsOf({ PatientBirthDate: "20270101", StudyDate: "20260101" })).toEqual([]);
});

it("never reads an ethnic group", () => {
  expect(factsOf({ EthnicGroup: "hispanic" })).toEqual([]);
});
