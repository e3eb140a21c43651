import type { Language } from "@etalon/base";
import { type PlotOptions, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Chart } from "../document/document.ts";
import { typeset } from "../text/typeset.ts";

/** Ink of axes and labels; the page's own, so that a chart alone is legible too. */
export const chartInk = "#1b2430";
/** Lines that only guide the eye. */
export const chartGuide = "#9aa5b1";
/** Lines behind everything. */
export const chartGrid = "#e2e7ec";
/** Blue and vermilion of Okabe and Ito: told apart by every kind of colour vision; shapes differ as well. */
export const chartBlue = "#0072b2";
export const chartVermilion = "#c04f00";

/**
 * Draws marks with Observable Plot in a document of its own, leaves out Plot's style sheet and classes, and adds what a
 * screen reader says.
 *
 * @see https://observablehq.com/plot/features/plots
 */
export function plainSvg(chart: Chart, language: Language, options: PlotOptions): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const drawn = plot({
    width: 720,
    ...options,
    // linkedom's document has what Plot asks of a browser's.
    document: document as unknown as Document,
    style: { color: chartInk },
  });
  for (const sheet of drawn.querySelectorAll("style")) sheet.remove();
  for (const part of [drawn, ...drawn.querySelectorAll("[class]")]) part.removeAttribute("class");
  for (const part of drawn.querySelectorAll("g, path, text")) {
    part.removeAttribute("aria-label");
    part.removeAttribute("aria-hidden");
  }
  takeBackHalfPixels(drawn);
  drawn.removeAttribute("style");
  drawn.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  drawn.setAttribute("color", chartInk);
  drawn.setAttribute("font-size", "13");
  drawn.setAttribute("font-family", "'Source Sans 3', 'Segoe UI', Arial, sans-serif");
  drawn.setAttribute("role", "img");
  const words = [
    ["title", chart.title],
    ["desc", chart.description],
  ] as const;
  for (const [name, text] of [...words].reverse()) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    element.textContent = typeset(text[language], language);
    drawn.insertBefore(element as unknown as Node, drawn.firstChild);
  }
  return drawn.outerHTML.replaceAll("currentColor", chartInk);
}

/**
 * Plot moves its marks by half a pixel in a page whose screen has one pixel a point, and nowhere else: taken back, so that
 * every engine draws the same. What it moves by otherwise must be whole: bands have an even width.
 */
function takeBackHalfPixels(drawn: Element): void {
  for (const part of drawn.querySelectorAll("g[transform]")) {
    const moved = part.getAttribute("transform") ?? "";
    const whole = moved.replace(/-?\d+\.5(?=[,)])/g, (half) => String(Number(half) - 0.5));
    if (whole === "translate(0,0)") part.removeAttribute("transform");
    else part.setAttribute("transform", whole);
  }
}
