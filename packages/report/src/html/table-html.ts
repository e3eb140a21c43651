import type { Block, Line } from "../document/document.ts";
import { typeset } from "../text/typeset.ts";
import { escapeHtml } from "./escape-html.ts";
import type { HtmlContext } from "./html-context.ts";
import { lineHtml } from "./line-html.ts";

type Table = Extract<Block, { kind: "table" }>;

/** A table with its caption; it can be scrolled sideways, also from the keyboard, where the page is narrow. */
export function tableHtml({ caption, columns, rows, hasRowHeaders }: Table, context: HtmlContext): string {
  const { language } = context;
  const numeric = (at: number) => (columns[at]?.isNumeric === true ? ' class="number"' : "");
  const head = columns
    .map(({ title }, at) => `<th scope="col"${numeric(at)}>${escapeHtml(typeset(title[language], language))}</th>`)
    .join("");
  const cell = (line: Line, at: number) =>
    at === 0 && hasRowHeaders === true
      ? `<th scope="row">${lineHtml(line, context)}</th>`
      : `<td${numeric(at)}>${lineHtml(line, context)}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n");
  const title = escapeHtml(typeset(caption[language], language));
  return `<div class="table" role="region" aria-label="${title}" tabindex="0"><table><caption>${title}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}
