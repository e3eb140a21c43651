import type { Language } from "@etalon/base";
import { typeset } from "../text/typeset.ts";
import { freeText } from "./free-text.ts";

/** The human-readable part of a resource, as its language is set: one paragraph a line (https://hl7.org/fhir/R4/narrative.html). */
export function narrative(
  lines: readonly string[],
  language: Language,
): { readonly status: "generated"; readonly div: string } {
  const paragraphs = lines.map((line) => `<p>${escapeXml(typeset(freeText(line), language))}</p>`).join("");
  return {
    status: "generated",
    div: `<div xmlns="http://www.w3.org/1999/xhtml" lang="${language}" xml:lang="${language}">${paragraphs}</div>`,
  };
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? "");
}
