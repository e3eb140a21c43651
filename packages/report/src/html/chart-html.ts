import { chartSvg } from "../charts/chart-svg.ts";
import type { Chart } from "../document/document.ts";
import { typeset } from "../text/typeset.ts";
import { escapeHtml } from "./escape-html.ts";
import type { HtmlContext } from "./html-context.ts";

/** A chart under its title. */
export function chartHtml(chart: Chart, { language }: HtmlContext): string {
  const title = escapeHtml(typeset(chart.title[language], language));
  return `<figure class="chart"><figcaption>${title}</figcaption>${chartSvg(chart, language)}</figure>`;
}
