import type { Inline, Line } from "../document/document.ts";
import { inlineText } from "../text/inline-text.ts";
import { escapeHtml } from "./escape-html.ts";
import type { HtmlContext } from "./html-context.ts";

/** A line as HTML. A number is a `data` element with its unrounded value and the id that leads to it in the result. */
export function lineHtml(line: Line, context: HtmlContext): string {
  return line.map((inline) => inlineHtml(inline, context)).join("");
}

function inlineHtml(inline: Inline, { language, takeId }: HtmlContext): string {
  const shown = escapeHtml(inlineText(inline, language));
  switch (inline.kind) {
    case "text":
      return inline.isStrong === true ? `<strong>${shown}</strong>` : shown;
    case "literal":
      return inline.isCode === true ? `<code>${shown}</code>` : shown;
    case "number": {
      const unit = inline.unit === "1" ? "" : ` data-unit="${escapeHtml(inline.unit)}"`;
      return `<data id="${escapeHtml(takeId(inline.origin))}" value="${String(inline.value)}"${unit}>${shown}</data>`;
    }
    case "date":
      return `<time datetime="${escapeHtml(inline.day)}">${shown}</time>`;
    case "link":
      return `<a href="${escapeHtml(safeUrl(inline.url))}">${shown}</a>`;
  }
}

/** Only addresses of the web are links. */
function safeUrl(url: string): string {
  return /^https?:\/\//i.test(url) ? url : "#";
}
