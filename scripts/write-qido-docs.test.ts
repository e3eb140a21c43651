import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { matchedAttributes, matchingRules } from "../apps/server/src/archive/search/testing/search-cases.ts";
import { qidoDocument, qidoDocumentPath } from "./write-qido-docs.ts";

test("docs/qido.md is what npm run docs writes", () => {
  expect(readFileSync(qidoDocumentPath, "utf8")).toBe(qidoDocument());
});

describe("the table leaves nothing out", () => {
  test("every attribute that PS3.18 table 10.6.1-5 requires", () => {
    const named = new Set(matchedAttributes.map(({ rule }) => rule));
    const required = [
      "StudyDate StudyTime AccessionNumber ModalitiesInStudy ReferringPhysicianName PatientName PatientID",
      "StudyInstanceUID StudyID Modality SeriesInstanceUID SeriesNumber PerformedProcedureStepStartDate",
      "PerformedProcedureStepStartTime RequestAttributesSequence.ScheduledProcedureStepID",
      "RequestAttributesSequence.RequestedProcedureID SOPClassUID SOPInstanceUID InstanceNumber",
    ].flatMap((line) => line.split(" "));
    expect(required.filter((name) => !named.has(name))).toEqual([]);
  });

  test("every kind of matching of PS3.4 C.2.2.2", () => {
    const sections = matchingRules.map(({ section }) => section).join(" ");
    for (const section of [1, 2, 3, 4, 5, 6, 7, 8]) expect(sections).toContain(`C.2.2.2.${section}`);
  });

  test("each attribute's own searches find something, and not everything", () => {
    for (const { rule, cases } of matchedAttributes) {
      for (const { query, finds } of cases) {
        expect(finds.length, `${rule}: ${query}`).toBeGreaterThan(0);
        expect(query).toContain(`${rule}=`);
      }
    }
  });
});
