import { type Language, sha256Hex } from "@etalon/base";
import { createPdfRenderer } from "../pdf/create-pdf-renderer.ts";
import { sampleDocument } from "../pdf/sample-document.ts";

/** SHA-256 of the sample's PDF in each language. */
export async function pdfDigests(): Promise<Record<Language, string>> {
  const renderer = await createPdfRenderer();
  const digest = (language: Language): string => sha256Hex(renderer.render(sampleDocument, language));
  return { en: digest("en"), fr: digest("fr") };
}
