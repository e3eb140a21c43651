import { itemsOf, textOf } from "@etalon/dicom";
import { type MeasuredPhantom, measurePhantom, outputValue } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { encapsulatedPdf } from "../dicom/encapsulated-pdf.ts";
import { structuredReport } from "../dicom/structured-report.ts";
import { readObject } from "../dicom/testing/read-object.ts";
import { fhirBundle } from "../fhir/fhir-bundle.ts";
import { renderHtml } from "../html/render-html.ts";
import type { ReportInput } from "../report-input.ts";
import type { ReportReading } from "../report-reading.ts";
import { sampleReportInput } from "../testing/sample-report-input.ts";
import { buildReport } from "./build-report.ts";

let phantom: MeasuredPhantom;
let plain: ReportInput;

beforeAll(async () => {
  phantom = await measurePhantom();
  plain = sampleReportInput(phantom.result);
});

const written: ReportReading = {
  sections: { fr: { findings: "Calcifications.\n\nPas d'épanchement.", conclusion: "Charge élevée.", comment: " " } },
  pictures: [],
  addenda: [],
};
const signature = { name: "Dr Anne Le Goff", organization: "CHU", at: "2026-11-22T11:02:03.004Z" };
const addendum = { ...signature, text: "Nodule de 4 mm.", language: "fr", at: "2026-11-23T08:00:00+01:00" } as const;
const predecessor = { sopClassUid: "1.2.840.10008.5.1.4.1.1.88.22", sopInstanceUid: "1.2.3", seriesInstanceUid: "1.2" };
const signed: ReportReading = { ...written, signature };
const amended: ReportReading = { ...signed, addenda: [addendum], predecessor };
const withReading = (reading: ReportReading): ReportInput => ({ ...plain, reading });
const idsOf = (input: ReportInput) => buildReport(input).sections.map(({ id }) => id);

describe("a report that somebody reads", () => {
  it("is preliminary until it is signed, in both languages", () => {
    const draft = buildReport(withReading(written));
    expect(draft.sections[0]?.id).toBe("preliminary");
    expect(draft.isSigned).toBeUndefined();
    expect(renderHtml(draft, "fr")).toContain("PROVISOIRE.");
    expect(renderHtml(draft, "en")).toContain("PRELIMINARY.");
    expect(idsOf(withReading(signed))[0]).toBe("signature");
    expect(buildReport(withReading(signed)).isSigned).toBe(true);
  });

  it("has what was written in its place, and nothing of what was left empty", () => {
    const ids = idsOf(withReading(written));
    expect(ids.indexOf("findings")).toBeLessThan(ids.indexOf("results"));
    expect(ids).not.toContain("comment");
    const html = renderHtml(buildReport(withReading(written)), "fr");
    expect(html).toContain("<p>Calcifications.</p>");
    expect(html).toContain("<p>Charge élevée.</p>");
  });

  it("shows in the other language what was written in one, and says so", () => {
    const html = renderHtml(buildReport({ ...withReading(written), language: "en" }), "en");
    expect(html).toContain("Written in French:");
    expect(html).toContain("<p>Charge élevée.</p>");
  });

  it("says first what was added since it was signed", () => {
    expect(idsOf(withReading(amended)).slice(0, 2)).toEqual(["addendum-1", "signature"]);
    const html = renderHtml(buildReport(withReading(amended)), "fr");
    expect(html).toContain("Nodule de 4 mm.");
    expect(html).toMatch(/22\/11\/2026<\/time> 11:02 UTC/);
    expect(html).toMatch(/23\/11\/2026<\/time> 08:00 \+01:00/);
  });

  it("is the report it was before, where nobody reads", () => {
    expect(idsOf(plain)).toEqual(
      "indication technique results conclusion guidance sensitivity method recipe ledger".split(" "),
    );
  });
});

describe("a comparison", () => {
  it("has change and percent of what both have, and warns of another method", () => {
    const now = outputValue(phantom.result, "agatston-score") ?? Number.NaN;
    const prior = {
      ...{ day: "2024-02-26", days: 1000, digest: "a".repeat(64), isSigned: true },
      ...{ sameProtocolVersion: true, sameParameters: false },
      outputs: [{ id: "agatston-score", unit: "[arb'U]", before: now / 2, now }],
    };
    const html = renderHtml(buildReport({ ...plain, prior }), "fr");
    expect(html).toContain("26/02/2024");
    // From half of it to the whole: 100 % more.
    expect(html).toMatch(/\(\+<data[^>]*>100<\/data>\s%\)/u);
    expect(html).toContain("pas les mêmes paramètres");
    expect(idsOf({ ...plain, prior })).toContain("comparison");
  });
});

describe("a signed report as DICOM and FHIR", () => {
  it("is verified by who signed, at their time (PS3.3 C.17.2)", async () => {
    const { dataSet } = await readObject(structuredReport(withReading(signed)).bytes);
    expect(textOf(dataSet, "0040A493")).toBe("VERIFIED");
    const [observer, ...others] = itemsOf(dataSet, "0040A073");
    expect(others).toEqual([]);
    expect(observer === undefined ? [] : ["0040A027", "0040A030"].map((tag) => textOf(observer, tag))).toEqual([
      "CHU",
      "20261122110203+0000",
    ]);
    const draft = await readObject(structuredReport(withReading(written)).bytes);
    expect(textOf(draft.dataSet, "0040A493")).toBe("UNVERIFIED");
  });

  it("names the one that it takes the place of, and both who verified", async () => {
    const { dataSet } = await readObject(structuredReport(withReading(amended)).bytes);
    expect(itemsOf(dataSet, "0040A073").map((item) => textOf(item, "0040A030"))).toEqual([
      "20261122110203+0000",
      "20261123080000+0100",
    ]);
    const [study] = itemsOf(dataSet, "0040A360");
    const [series] = study === undefined ? [] : itemsOf(study, "00081115");
    const [instance] = series === undefined ? [] : itemsOf(series, "00081199");
    expect(instance === undefined ? undefined : textOf(instance, "00081155")).toBe("1.2.3");
  });

  it("is another object for other words", async () => {
    const uids = [written, signed, amended].map((reading) => structuredReport(withReading(reading)).sopInstanceUid);
    expect(new Set(uids).size).toBe(3);
    const pdf = new TextEncoder().encode("%PDF-1.7 ");
    const prints = [written, signed, amended].map((reading) => encapsulatedPdf(pdf, withReading(reading)));
    expect(new Set(prints.map(({ sopInstanceUid }) => sopInstanceUid)).size).toBe(3);
    const [, second] = prints;
    const read = await readObject(second?.bytes ?? pdf);
    expect(textOf(read.dataSet, "0040A493")).toBe("VERIFIED");
  });

  it("is final, and appended once something was added (FHIR R4 DiagnosticReport.status)", () => {
    const statusOf = (reading: ReportReading) => {
      const resources = fhirBundle(withReading(reading)).entry.map(({ resource }) => resource);
      const report = resources.find(({ resourceType }) => resourceType === "DiagnosticReport");
      return report?.resourceType === "DiagnosticReport" ? [report.status, report.resultsInterpreter, report.id] : [];
    };
    expect([written, signed, amended].map((reading) => statusOf(reading)[0])).toEqual(["partial", "final", "appended"]);
    expect(statusOf(signed)[1]).toEqual([{ display: "Dr Anne Le Goff" }]);
    expect(statusOf(signed)[2]).not.toBe(statusOf(amended)[2]);
  });
});
