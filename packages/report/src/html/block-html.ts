import type { Text } from "@etalon/base";
import type { Block, Card, Line, Tone } from "../document/document.ts";
import { typeset } from "../text/typeset.ts";
import { chartHtml } from "./chart-html.ts";
import { escapeHtml } from "./escape-html.ts";
import type { HtmlContext } from "./html-context.ts";
import { lineHtml } from "./line-html.ts";
import { pictureHtml } from "./picture-html.ts";
import { tableHtml } from "./table-html.ts";

/** A block as HTML. */
export function blockHtml(block: Block, context: HtmlContext): string {
  const set = (text: Text) => escapeHtml(typeset(text[context.language], context.language));
  switch (block.kind) {
    case "paragraph":
      return `<p>${lineHtml(block.line, context)}</p>`;
    case "list":
      return `<ul>${items(block.lines, context)}</ul>`;
    case "subheading":
      return `<h3>${set(block.title)}</h3>`;
    case "table":
      return tableHtml(block, context);
    case "pairs":
      return `<dl class="pairs">${block.pairs
        .map(({ name, value }) => `<div><dt>${set(name)}</dt><dd>${lineHtml(value, context)}</dd></div>`)
        .join("")}</dl>`;
    case "picture":
      return pictureHtml(block, context);
    case "pictures":
      return `<div class="pictures">${block.pictures.map((picture) => pictureHtml(picture, context)).join("")}</div>`;
    case "chart":
      return chartHtml(block.chart, context);
    case "card":
      return cardHtml(block.card, context);
    case "notice":
      return `<div class="notice ${block.tone}" role="note">${noticeBody(block.lines, context)}</div>`;
  }
}

function items(lines: readonly Line[], context: HtmlContext): string {
  return lines.map((line) => `<li>${lineHtml(line, context)}</li>`).join("");
}

/** The first line leads; what follows it is a list. */
function noticeBody([first = [], ...rest]: readonly Line[], context: HtmlContext): string {
  const lead = `<p>${lineHtml(first, context)}</p>`;
  return rest.length === 0 ? lead : `${lead}<ul>${items(rest, context)}</ul>`;
}

/** A sign beside the words, so that tones differ without colour. */
const SIGNS: Readonly<Record<Tone, string>> = { neutral: "–", information: "✓", warning: "!", undetermined: "?" };

function cardHtml(card: Card, context: HtmlContext): string {
  const title = escapeHtml(typeset(card.title[context.language], context.language));
  const lines = card.lines.length === 0 ? "" : `<ul>${items(card.lines, context)}</ul>`;
  return `<article class="card ${card.tone}"><header><h4>${title}</h4><p class="outcome"><span class="sign" aria-hidden="true">${SIGNS[card.tone]}</span>${lineHtml(card.outcome, context)}</p></header><p>${lineHtml(card.statement, context)}</p>${lines}<p class="source">${lineHtml(card.source, context)}</p></article>`;
}
