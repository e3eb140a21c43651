import { crc32, deflateSync } from "node:zlib";
import { describeWithPeer, measurePhantom } from "@etalon/testing";
import { hasChromium, withPage } from "@etalon/testing/in-chromium";
import axe from "axe-core";
import { beforeAll, expect, test } from "vitest";
import { buildReport } from "../document/build-report.ts";
import type { ReportDocument } from "../document/document.ts";
import { buildPatientPage } from "../document/patient/build-patient-page.ts";
import { sampleReportInput } from "../testing/sample-report-input.ts";
import { renderHtml } from "./render-html.ts";

/** What is kept of axe's answer. */
interface AxeFinding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly string[];
}

const runAxe = `axe.run(document).then(({ violations, passes }) => ({
  passes: passes.length,
  violations: violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html) })),
}))`;

let documents: readonly (readonly [string, ReportDocument])[];

beforeAll(async () => {
  const [marked, provisional] = [await measurePhantom(), await measurePhantom({ marks: null })];
  const keyImages = marked.result.candidates.flatMap(({ item, site }) =>
    item === undefined
      ? []
      : [{ id: `lesion-${item}`, item, ...(site === undefined ? {} : { site }), ...greySquare() }],
  );
  const input = sampleReportInput(marked.result, keyImages);
  documents = [
    ["report", buildReport(input)],
    ["provisional", buildReport(sampleReportInput(provisional.result))],
    ["patient-page", buildPatientPage(input)],
    ["provisional-patient-page", buildPatientPage(sampleReportInput(provisional.result))],
  ];
});

describeWithPeer("a page in Chromium", { name: "chromium", isPresent: hasChromium() }, () => {
  test.each([
    ["en", 1000],
    ["fr", 1000],
    ["en", 360],
    ["fr", 360],
  ] as const)(
    "in %s, %s pixels wide, has no serious finding of axe, asks for nothing, and is no wider",
    async (language, width) => {
      for (const [name, document] of documents) {
        await withPage(renderHtml(document, language), width, async ({ page, requests }) => {
          // Only what lies in the page itself.
          expect(
            requests.filter((url) => !/^(data|about):/.test(url)),
            name,
          ).toEqual([]);
          expect(await page.evaluate("document.documentElement.scrollWidth"), name).toBeLessThanOrEqual(width);
          expect(await page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)"), name).toBe(true);
          await page.evaluate(axe.source);
          const { passes, violations } = (await page.evaluate(runAxe)) as { passes: number; violations: AxeFinding[] };
          expect(passes, name).toBeGreaterThan(10);
          expect(
            violations.filter(({ impact }) => impact === "serious" || impact === "critical"),
            name,
          ).toEqual([]);
        });
      }
    },
  );

  test("would be found out by axe without its language or its pictures' words", async () => {
    const html = renderHtml(documents[0][1], "en")
      .replace('<html lang="en">', "<html>")
      .replace(/ alt="[^"]*"/, "");
    await withPage(html, 1000, async ({ page }) => {
      await page.evaluate(axe.source);
      const { violations } = (await page.evaluate(runAxe)) as { violations: AxeFinding[] };
      expect(violations.map(({ id }) => id)).toEqual(expect.arrayContaining(["html-has-lang", "image-alt"]));
    });
  });

  test("is printed on A4, the patient's on one sheet", async () => {
    for (const [name, document] of documents) {
      for (const language of ["en", "fr"] as const) {
        const pdf = await withPage(renderHtml(document, language), 1000, ({ page }) =>
          page.pdf({ preferCSSPageSize: true }),
        );
        const text = pdf.toString("latin1");
        // A4 is 210 × 297 mm: 595 × 842 points.
        expect(text).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
        const pages = text.match(/\/Type \/Page\b/g)?.length ?? 0;
        if (name.endsWith("patient-page")) expect(pages, `${name} ${language}`).toBe(1);
        else expect(pages).toBeGreaterThan(3);
      }
    }
  });
});

/** A grey picture of 8 × 8 pixels as PNG (RFC 2083). */
function greySquare() {
  const [width, height] = [8, 8];
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  // Eight bits, greyscale.
  header.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(
    Uint8Array.from({ length: (width + 1) * height }, (_, at) => (at % (width + 1) === 0 ? 0 : 128)),
  );
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", new Uint8Array())];
  return {
    width,
    height,
    rgb: new Uint8Array(width * height * 3).fill(128),
    png: new Uint8Array(Buffer.concat(parts)),
  };
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
