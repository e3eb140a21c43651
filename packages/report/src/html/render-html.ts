import type { Language, Text } from "@etalon/base";
import type { Line, ReportDocument, Section } from "../document/document.ts";
import { inlineText } from "../text/inline-text.ts";
import { typeset } from "../text/typeset.ts";
import { blockHtml } from "./block-html.ts";
import { escapeHtml } from "./escape-html.ts";
import { createHtmlContext, type HtmlContext } from "./html-context.ts";
import { lineHtml } from "./line-html.ts";
import { styleSheet } from "./style-sheet.ts";

/**
 * A document as one HTML page in one language: no script, nothing loaded from elsewhere, printable on A4. Each number is a
 * `data` element: its `value` is unrounded, its id leads to it in the result ({@link originId}).
 */
export function renderHtml(document: ReportDocument, language: Language): string {
  const context = createHtmlContext(language);
  const title = typeset(document.title[language], language);
  const name = plainText(document.header.at(0)?.value ?? [], language);
  const running = [title, name].filter((part) => part !== "").join(" · ");
  const style = styleSheet({ running, footer: plainText(document.footer, language), page: PAGE[language] });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="generator" content="Etalon">
<title>${escapeHtml(running)}</title>
<style>
${style}
</style>
</head>
<body id="${escapeHtml(document.id)}" class="${document.id.startsWith("patient-page") ? "patient-page" : "report"}" data-digest="${escapeHtml(document.resultDigest)}">
<header class="page">
<h1>${escapeHtml(title)}</h1>
${headerHtml(document, context)}
</header>
<main>
${document.sections.map((section) => sectionHtml(section, context)).join("\n")}
</main>
<footer class="page"><p>${lineHtml(document.footer, context)}</p></footer>
</body>
</html>
`;
}

const PAGE: Text = { en: "Page", fr: "Page" };

function headerHtml({ header }: ReportDocument, context: HtmlContext): string {
  if (header.length === 0) return "";
  const { language } = context;
  const pairs = header.map(
    ({ name, value }) =>
      `<div><dt>${escapeHtml(typeset(name[language], language))}</dt><dd>${lineHtml(value, context)}</dd></div>`,
  );
  return `<dl class="identity">${pairs.join("")}</dl>`;
}

function sectionHtml({ id, title, blocks }: Section, context: HtmlContext): string {
  const { language } = context;
  const heading = `section-${id}`;
  return `<section class="${escapeHtml(id)}" aria-labelledby="${escapeHtml(heading)}">
<h2 id="${escapeHtml(heading)}">${escapeHtml(typeset(title[language], language))}</h2>
${blocks.map((block) => blockHtml(block, context)).join("\n")}
</section>`;
}

function plainText(line: Line, language: Language): string {
  return line.map((inline) => inlineText(inline, language)).join("");
}
