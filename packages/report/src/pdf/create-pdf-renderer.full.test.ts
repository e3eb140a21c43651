import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describeWithPeer, hasProgram } from "@etalon/testing";
import { callInChromium, hasChromium } from "@etalon/testing/in-chromium";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPdfAsset } from "#pdf-asset";
import { pdfDigests } from "../testing/pdf-digests.ts";
import { createPdfRenderer } from "./create-pdf-renderer.ts";
import { pdfAssetNames } from "./pdf-asset-name.ts";
import { frenchSigns, sampleDocument, typstMarkup } from "./sample-document.ts";

describeWithPeer("poppler reads the PDF", { name: "poppler-utils", isPresent: hasProgram("pdftotext", ["-v"]) }, () => {
  const folder = mkdtempSync(join(tmpdir(), "etalon-pdf-"));
  const file = (language: string): string => join(folder, `${language}.pdf`);
  beforeAll(async () => {
    const renderer = await createPdfRenderer();
    for (const language of ["en", "fr"] as const) {
      writeFileSync(file(language), renderer.render(sampleDocument, language));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const poppler = (program: string, ...args: readonly string[]): string =>
    execFileSync(program, [...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  /** The text of a page, or of all, with every run of white space as one space. */
  const textOf = (language: string, page?: number): string => {
    const pages = page === undefined ? [] : ["-f", String(page), "-l", String(page)];
    return poppler("pdftotext", ...pages, file(language), "-").replace(/\s+/g, " ");
  };

  test.each(["en", "fr"])("what is markup to Typst comes out as it was written (%s)", (language) => {
    expect(textOf(language)).toContain(typstMarkup);
  });

  test("French letters, signs and names come out", () => {
    const text = textOf("fr");
    expect(text).toContain(frenchSigns.replace(/\s/g, " "));
    expect(text).toContain("LEFÈVRE-DESNOYERS Anne-Françoise Gaëlle");
    expect(text).toContain("Dr Ève Œuvrard");
    expect(text).toContain("Score total : 1 028,1 UA : risque élevé.");
    expect(text).toContain("Ce n’est pas un dispositif médical.");
    expect(text).toContain("[U+5C71][U+7530][U+592A][U+90CE]");
  });

  test("every page after the first names the patient and counts", () => {
    const pages = Number(/^Pages: +(\d+)$/m.exec(poppler("pdfinfo", file("fr")))?.[1]);
    expect(pages).toBeGreaterThan(3);
    for (let page = 2; page <= pages; page++) {
      const text = textOf("fr", page);
      expect(text).toContain("LEFÈVRE-DESNOYERS Anne-Françoise Gaëlle · 2 75 03 75 116 042");
      expect(text).toContain(`Page ${page} / ${pages}`);
      expect(text).toContain("Ce n’est pas un dispositif médical.");
    }
  });

  test("a table that runs over a page repeats its head", () => {
    expect(textOf("en", 1)).toContain("Agatston score");
    expect(textOf("en", 2)).toContain("Agatston score");
  });

  test("faces are embedded, as subsets, with Unicode", () => {
    const rows = poppler("pdffonts", file("fr")).trim().split("\n").slice(2);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row).toMatch(/^[A-Z]{6}\+SourceSans3-\w+ .* yes yes yes /);
  });

  test("it has a title, tags and alternative texts", () => {
    const info = poppler("pdfinfo", file("fr"));
    expect(info).toMatch(/^Title: +Score calcique coronaire$/m);
    expect(info).toMatch(/^Tagged: +yes$/m);
    const structure = poppler("pdfinfo", "-struct-text", file("fr"));
    expect(structure).toContain("TH");
    expect(structure).toContain("Figure");
  });

  test("every page can be drawn", () => {
    poppler("pdftoppm", "-r", "40", "-png", file("fr"), join(folder, "page"));
    expect(readdirSync(folder).filter((name) => name.startsWith("page-")).length).toBeGreaterThan(3);
  });
});

describeWithPeer("Chromium", { name: "chromium", isPresent: hasChromium() }, () => {
  test("makes the bytes that Node makes", async () => {
    const files = new Map<string, Uint8Array>();
    for (const name of pdfAssetNames) files.set(`pdf-assets/${name}`, await loadPdfAsset(name));
    const module = resolve(import.meta.dirname, "../testing/pdf-digests.ts");
    const digests = await pdfDigests();
    expect(digests.en).not.toBe(digests.fr);
    expect(await callInChromium(module, "pdfDigests", files)).toEqual(digests);
  });
});
