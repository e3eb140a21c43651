import type { Language } from "@etalon/base";
import type { ReportInput } from "../report-input.ts";
import type { WrittenSections } from "../report-reading.ts";
import type { Block } from "./document.ts";
import { literal, words } from "./inline.ts";

/** What a reader wrote under one heading, in a language; spaces alone are nothing. */
export interface Written {
  readonly text: string;
  /** The language it was written in. */
  readonly language: Language;
}

/** What a reader wrote under a heading: in the report's language, else in the other one. */
export function writtenSection(
  { reading, language }: Pick<ReportInput, "reading" | "language">,
  heading: keyof WrittenSections,
): Written | undefined {
  const other = language === "fr" ? "en" : "fr";
  for (const candidate of [language, other] as const) {
    const text = reading?.sections[candidate]?.[heading]?.trim() ?? "";
    if (text !== "") return { text, language: candidate };
  }
  return undefined;
}

/** The paragraphs of what was written; said to be in the other language where it is. */
export function writtenBlocks({ text, language }: Written, asked: Language): readonly Block[] {
  const paragraphs = text
    .replaceAll("\r\n", "\n")
    .split(/\n\s*\n/)
    .map((paragraph): Block => ({ kind: "paragraph", line: [literal(paragraph.trim())] }));
  if (language === asked) return paragraphs;
  const note =
    language === "fr"
      ? words("Written in French:", "Écrit en français :")
      : words("Written in English:", "Écrit en anglais :");
  return [{ kind: "paragraph", line: [note] }, ...paragraphs];
}
