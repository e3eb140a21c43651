import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson, type Language } from "@etalon/base";
import { describeWithPeer } from "@etalon/testing";
import { afterAll, describe, expect, test } from "vitest";
import { loadPdfAsset } from "#pdf-asset";
import { createPdfRenderer } from "./create-pdf-renderer.ts";
import type { Coverage } from "./drawable-text.ts";
import { markAsPdfA } from "./pdf-a.ts";
import { pdfAssetNames } from "./pdf-asset-name.ts";
import { reportData } from "./report-data.ts";
import { reportTemplate } from "./report-template.ts";
import { sampleDocument } from "./sample-document.ts";

const folder = mkdtempSync(join(tmpdir(), "etalon-pdf-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Typst's native compiler, which has prebuilt packages for some machines only. */
const native = await import("@myriaddreamin/typst-ts-node-compiler").catch(() => undefined);

/** What the sample has of Latin letters and signs, and the Japanese name that the faces lack. */
const upTo = (end: number): Coverage => new Set(Array.from({ length: end }, (_, codePoint) => codePoint));
const LATIN = upTo(0x3000);
const EVERYTHING = upTo(0x10000);

/** The sample by the native compiler, which makes and checks PDF/A by itself, from the same data. */
async function nativePdf({
  language,
  standard,
  template = reportTemplate,
  coverage = LATIN,
}: {
  readonly language: Language;
  readonly standard?: string;
  readonly template?: string;
  readonly coverage?: Coverage;
}): Promise<Uint8Array> {
  if (native === undefined) throw new Error("the native compiler is not installed");
  const faces = await Promise.all(pdfAssetNames.filter((name) => name.endsWith(".ttf")).map(loadPdfAsset));
  const compiler = native.NodeCompiler.create({
    workspace: folder,
    fontArgs: [{ fontBlobs: faces.map((face) => Buffer.from(face)) }],
  });
  const { json, files } = reportData(sampleDocument, language, coverage);
  compiler.addSource(join(folder, "report.typ"), template);
  compiler.mapShadow(join(folder, "report.json"), Buffer.from(canonicalJson(json)));
  for (const [path, file] of files) compiler.mapShadow(join(folder, path), Buffer.from(file));
  const main = { mainFilePath: join(folder, "report.typ") };
  return compiler.pdf(main, standard === undefined ? undefined : { pdfStandard: standard });
}

const peer = { name: "typst-ts-node-compiler", isPresent: native !== undefined };

describeWithPeer("Typst's native compiler", peer, () => {
  describe.each(["en", "fr"] as const)("on the report in %s", (language) => {
    test("writes the bytes that PDF/A is added to", async () => {
      const renderer = await createPdfRenderer();
      const written = await nativePdf({ language });
      const ours = renderer.render(sampleDocument, language);
      expect(Buffer.from(written).equals(ours.subarray(0, written.length))).toBe(true);
      expect(markAsPdfA(written)).toEqual(ours);
    });

    test("accepts it as PDF/A-2a", async () => {
      const checked = await nativePdf({ language, standard: "a-2a" });
      expect(Buffer.from(checked).toString("latin1")).toContain("<pdfaid:conformance>A</pdfaid:conformance>");
    });
  });

  test("refuses pictures without words for them, so that its yes means something", async () => {
    const template = reportTemplate.replaceAll(", alt: it.alternative", "");
    await expect(nativePdf({ language: "en", standard: "a-2a", template })).rejects.toThrow("missing alt text");
  });

  test("refuses a character that no face draws, unless it is written out", async () => {
    const refused = nativePdf({ language: "en", standard: "a-2a", coverage: EVERYTHING });
    await expect(refused).rejects.toThrow("could not be displayed");
  });
});

describe("the revision that says PDF/A", () => {
  test("adds to the file and changes nothing in it", async () => {
    const renderer = await createPdfRenderer();
    const pdf = Buffer.from(renderer.render(sampleDocument, "en")).toString("latin1");
    const ends = [...pdf.matchAll(/startxref\n(\d+)\n%%EOF\n/g)];
    expect(ends).toHaveLength(2);
    const revision = pdf.slice(ends[0]?.index);
    // Every row of its table points at the object it names, the last line at the table.
    const rows = [...revision.matchAll(/^(\d+) 1\n(\d{10}) 00000 n $/gm)];
    expect(rows).toHaveLength(3);
    for (const [, number, offset] of rows) {
      expect(pdf.slice(Number(offset)).startsWith(`${number} 0 obj`)).toBe(true);
    }
    expect(pdf.slice(Number(ends[1]?.[1])).startsWith("xref\n")).toBe(true);
    const [, length, packet = ""] = /\/Length (\d+)[\s\S]*?stream\n([\s\S]*?)\nendstream/.exec(revision) ?? [];
    expect(packet.length).toBe(Number(length));
  });

  test.each([
    ["what is no PDF", "not a PDF", "no trailer"],
    [
      "a file without its table",
      "trailer\n<<\n  /Size 2\n  /Root 1 0 R\n>>\nstartxref\n5\n%%EOF",
      "no cross-reference table",
    ],
  ])("refuses %s", (_, file, received) => {
    expect(() => markAsPdfA(new TextEncoder().encode(file))).toThrowError(
      expect.objectContaining({ code: "report-not-composed", received }),
    );
  });
});
