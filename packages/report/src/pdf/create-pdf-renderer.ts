import { canonicalJson, EtalonError, type Language } from "@etalon/base";
import type { TypstCompiler } from "@myriaddreamin/typst-ts-web-compiler";
import { loadPdfAsset } from "#pdf-asset";
import type { ReportDocument } from "../document/document.ts";
import { type Coverage, coverageOfAll, coverageOfFace } from "./drawable-text.ts";
import { markAsPdfA } from "./pdf-a.ts";
import { reportData } from "./report-data.ts";
import { reportTemplate } from "./report-template.ts";

/** Renders reports as PDF/A-2a. */
export interface PdfRenderer {
  /**
   * A document as PDF/A-2a in one language: equal documents give equal bytes, in Node and in every page.
   *
   * @throws {EtalonError} `report-not-composed` naming what Typst could not set; `wrong-type` where `createdAt` is no time
   */
  render(document: ReportDocument, language: Language): Uint8Array;
}

/** Typst tells each thing that is wrong as a line of text with its place. */
const PLAIN_DIAGNOSTICS = 2;

/**
 * A renderer with its compiler (28 MB of WebAssembly) and faces loaded. In a page, `pdf-assets/` lies beside the page.
 *
 * Typst remembers every layout that it made, about 20 MB for a report of ten pages, and its web compiler cannot forget: who
 * makes many different reports makes them in workers, and replaces a worker after a few dozen.
 */
export async function createPdfRenderer(): Promise<PdfRenderer> {
  const typst = await import("@myriaddreamin/typst-ts-web-compiler");
  const [wasm, ...fonts] = await Promise.all([
    loadPdfAsset("typst.wasm"),
    loadPdfAsset("source-sans-3-regular.ttf"),
    loadPdfAsset("source-sans-3-semibold.ttf"),
  ]);
  await typst.default({ module_or_path: wasm });

  const resolver = new typst.TypstFontResolverBuilder();
  const coverage = coverageOfAll(fonts.map((font) => coverageOfFace(resolver.get_font_info(font))));
  const builder = new typst.TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const font of fonts) await builder.add_raw_font(font);
  const compiler = await builder.build();
  return { render: (document, language) => compose(compiler, { document, language, coverage }) };
}

function compose(
  compiler: TypstCompiler,
  {
    document,
    language,
    coverage,
  }: {
    readonly document: ReportDocument;
    readonly language: Language;
    readonly coverage: Coverage;
  },
): Uint8Array {
  const { json, files } = reportData(document, language, coverage);
  compiler.map_shadow("/report.json", new TextEncoder().encode(canonicalJson(json)));
  for (const [path, bytes] of files) compiler.map_shadow(`/${path}`, bytes);
  compiler.add_source("/report.typ", reportTemplate);
  try {
    return markAsPdfA(pdfOf(compiler.compile("/report.typ", undefined, "pdf", PLAIN_DIAGNOSTICS)));
  } finally {
    compiler.reset_shadow();
    // Lets go of the files of earlier reports.
    compiler.reset();
  }
}

/** @throws {EtalonError} `report-not-composed` with what Typst says instead of a file */
function pdfOf(answer: unknown): Uint8Array {
  if (typeof answer === "object" && answer !== null) {
    if ("result" in answer && answer.result instanceof Uint8Array) return answer.result;
    if ("diagnostics" in answer && Array.isArray(answer.diagnostics)) throw notComposed(answer.diagnostics.join("; "));
  }
  throw notComposed(String(answer));
}

function notComposed(received: string): EtalonError {
  return new EtalonError("report-not-composed", { field: "PDF", received });
}
