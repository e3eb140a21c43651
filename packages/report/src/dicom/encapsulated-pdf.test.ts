import { numberOf, textOf } from "@etalon/dicom";
import { type MeasuredPhantom, measurePhantom } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { encapsulatedPdf } from "./encapsulated-pdf.ts";
import { readObject } from "./testing/read-object.ts";
import { reportInputOf } from "./testing/report-input-of.ts";

let phantom: MeasuredPhantom;
beforeAll(async () => {
  phantom = await measurePhantom();
});

describe("a report as encapsulated PDF", () => {
  const pdf = new TextEncoder().encode("%PDF-1.7\n%%EOF");

  it("holds the document's own bytes and their number", async () => {
    // 15 bytes: the value is padded to 16, the length says 15.
    const odd = new TextEncoder().encode("%PDF-1.7\n%%EOF\n");
    const { bytes } = encapsulatedPdf(odd, reportInputOf(phantom));
    const { dataSet, binary } = await readObject(bytes);
    const length = numberOf(dataSet, "00420015") ?? 0;
    expect(length).toBe(15);
    expect([...(await binary("00420011"))]).toEqual([...odd, 0]);
    expect(textOf(dataSet, "00420010")).toBe("Score calcique coronaire");
  });

  it("keeps its UID when it is printed again, and has another one for another report", () => {
    const input = reportInputOf(phantom);
    const first = encapsulatedPdf(pdf, input);
    const printedLater = encapsulatedPdf(Uint8Array.of(...pdf, 10), { ...input, createdAt: "2027-01-01T00:00:00Z" });
    expect(printedLater.sopInstanceUid).toBe(first.sopInstanceUid);
    const others = [
      encapsulatedPdf(pdf, { ...input, indication: "Dépistage" }),
      encapsulatedPdf(pdf, { ...input, percentileStratum: { sex: "female", ethnicity: "white" } }),
      encapsulatedPdf(pdf, { ...input, language: "en" }),
      encapsulatedPdf(pdf, { ...input, result: { ...input.result, digest: "0".repeat(64) } }),
    ];
    expect(new Set([first, ...others].map(({ sopInstanceUid }) => sopInstanceUid)).size).toBe(5);
  });
});
