import { beforeAll, describe, expect, test } from "vitest";
import type { ReportDocument } from "../document/document.ts";
import { createPdfRenderer, type PdfRenderer } from "./create-pdf-renderer.ts";
import { sampleDocument } from "./sample-document.ts";

let renderer: PdfRenderer;
beforeAll(async () => {
  renderer = await createPdfRenderer();
});

/** The file with one character a byte. */
const latin1 = (pdf: Uint8Array): string => String.fromCharCode(...pdf);

describe.each(["en", "fr"] as const)("a report in %s", (language) => {
  test("is a PDF that says it is PDF/A-2a, in its language, made when the document was", () => {
    const pdf = latin1(renderer.render(sampleDocument, language));
    expect(pdf.slice(0, 8)).toBe("%PDF-1.7");
    expect(pdf).toContain("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
    expect(pdf).toContain("/S /GTS_PDFA1");
    expect(pdf).toContain(`/Lang (${language})`);
    expect(pdf).toContain("/Marked true");
    expect(pdf).toContain("/DisplayDocTitle true");
    // 10:30 at +01:00
    expect(pdf).toContain("/CreationDate (D:20261122093000Z)");
  });

  test("has the same bytes every time", async () => {
    const first = renderer.render(sampleDocument, language);
    expect(renderer.render(sampleDocument, language)).toEqual(first);
    const another = await createPdfRenderer();
    expect(another.render(sampleDocument, language)).toEqual(first);
  });
});

test("another document has other bytes", () => {
  const later: ReportDocument = { ...sampleDocument, createdAt: "2026-11-22T10:30:01+01:00" };
  expect(renderer.render(later, "en")).not.toEqual(renderer.render(sampleDocument, "en"));
});

test("a time that is none is refused by name", () => {
  expect(() => renderer.render({ ...sampleDocument, createdAt: "yesterday" }, "en")).toThrowError(
    expect.objectContaining({ code: "wrong-type", field: "createdAt", received: "yesterday" }),
  );
});

test("a picture that is none is refused, and the next report is made", () => {
  const broken: ReportDocument = {
    ...sampleDocument,
    sections: [
      {
        id: "pictures",
        title: { en: "Pictures", fr: "Images" },
        blocks: [
          {
            kind: "picture",
            id: "L1",
            png: new Uint8Array([1, 2, 3]),
            widthPx: 1,
            heightPx: 1,
            caption: [],
            alternative: { en: "none", fr: "aucune" },
          },
        ],
      },
    ],
  };
  expect(() => renderer.render(broken, "en")).toThrowError(expect.objectContaining({ code: "report-not-composed" }));
  expect(latin1(renderer.render(sampleDocument, "en")).slice(0, 5)).toBe("%PDF-");
});
