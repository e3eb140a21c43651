import { type MeasuredPhantom, measurePhantom } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { partsOfDocument } from "../../testing/parts-of-document.ts";
import { sampleReportInput } from "../../testing/sample-report-input.ts";
import { inlineText } from "../../text/inline-text.ts";
import { buildPatientPage } from "./build-patient-page.ts";

let marked: MeasuredPhantom;
let provisional: MeasuredPhantom;

beforeAll(async () => {
  marked = await measurePhantom();
  provisional = await measurePhantom({ marks: null });
});

/** The page of a result with another total, as plain text. */
function pageText(language: "en" | "fr", total: number | undefined, phantom = marked): string {
  const outputs = phantom.result.outputs.map((output) =>
    total !== undefined && output.id === "agatston-score" && output.site === undefined && output.item === undefined
      ? { ...output, value: total }
      : output,
  );
  const document = buildPatientPage(sampleReportInput({ ...phantom.result, outputs }));
  const { inlines } = partsOfDocument(document);
  const titles = [document.title, ...document.sections.map(({ title }) => title)].map((title) => title[language]);
  return [...titles, ...inlines.map((inline) => inlineText(inline, language))].join("\n");
}

describe.each(["en", "fr"] as const)("the patient's page in %s", (language) => {
  it("says that it is no diagnosis and no medical device, and names no medicine, code or rule", () => {
    const text = pageText(language, undefined);
    expect(text).toContain(language === "fr" ? "n’est pas un diagnostic" : "is not a diagnosis");
    expect(text).toContain(language === "fr" ? "pas un dispositif médical" : "Not a medical device");
    expect(text).not.toMatch(
      /statin|aspirin|agatston|percentile|sténose|stenosis|athér|athero|UA\b|AU\b|MESA|LAD|IVA|crise|attack|décès|death/i,
    );
  });

  it("uses short sentences", () => {
    const sentences = pageText(language, undefined)
      .split(/[.:!?\n]/)
      .map((one) => one.trim().split(/\s+/).length);
    // Plain-language guides ask for 15 to 20 words on average; none here is over 30.
    expect(Math.max(...sentences)).toBeLessThanOrEqual(30);
  });

  it.each([
    [0, /No calcium was seen|Aucun calcium/],
    [0.4, /small amount|petite quantité/],
    [99.9, /small amount|petite quantité/],
    [100, /medium amount|quantité moyenne/],
    [400, /A large amount|quantité importante/],
    [1000, /very large amount|très importante/],
  ])("says what a score of %s means", (total, meaning) => {
    expect(pageText(language, total)).toMatch(meaning);
  });

  it("shows a small score as more than none, and a large one whole", () => {
    expect(pageText(language, 0.4)).toMatch(/^0[.,]4$/m);
    expect(pageText(language, 1028.08)).toMatch(/^1[,\u202F]028$/m);
    expect(pageText(language, 0)).toMatch(/^0$/m);
  });

  it("says that a provisional number is not final, and does not explain it", () => {
    const text = pageText(language, 1500, provisional);
    expect(text).toMatch(/not final|pas définitif/);
    expect(text).not.toMatch(/very large amount|très importante/);
    expect(pageText(language, undefined)).not.toMatch(/not final|pas définitif/);
  });
});
