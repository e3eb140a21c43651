/** What a style sheet says besides looks: what the printer repeats on every page. */
export interface PageWords {
  /** At the head of every printed page. */
  readonly running: string;
  /** At the foot of every printed page. */
  readonly footer: string;
  /** "Page". */
  readonly page: string;
}

/** The style of a report: light, on A4 when printed. Text is at least 4.5 to 1 against its ground. */
export function styleSheet({ running, footer, page }: PageWords): string {
  return `:root { color-scheme: light; --ink: #1b2430; --soft: #4d5866; --line: #d5dbe2; --ground: #ffffff; --tint: #f4f6f8; --accent: #0b4f79; --warn: #8a3b00; --warn-tint: #fff5ea; }
* { box-sizing: border-box; }
html { background: #e9edf1; }
body { max-width: 54rem; margin: 1.5rem auto; padding: 2.25rem 2.75rem 1.5rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 "Source Sans 3", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: lining-nums; box-shadow: 0 1px 4px rgb(27 36 48 / 14%); overflow-wrap: break-word; hyphens: manual; }
h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.2; font-weight: 600; letter-spacing: -0.01em; color: var(--accent); }
h2 { margin: 2rem 0 0.6rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); font-size: 1.2rem; line-height: 1.3; font-weight: 600; color: var(--accent); }
h3 { margin: 1.4rem 0 0.5rem; font-size: 1.02rem; font-weight: 600; }
h4 { margin: 0; font-size: 1rem; font-weight: 600; line-height: 1.35; }
p, ul { margin: 0.5rem 0; }
ul { padding-left: 1.2rem; }
li { margin: 0.15rem 0; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code { font: 0.86em/1.4 "Source Code Pro", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
data { font-variant-numeric: lining-nums tabular-nums; white-space: nowrap; }
header.page { border-top: 4px solid var(--accent); padding-top: 1.1rem; }
dl { margin: 0.5rem 0; }
dt { color: var(--soft); font-size: 0.84rem; line-height: 1.35; }
dd { margin: 0; }
.identity { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.6rem 1.5rem; padding: 0.9rem 1.1rem; border: 1px solid var(--line); border-radius: 4px; background: var(--tint); }
.identity > div:first-child { grid-column: span 2; }
.identity > div:first-child dd { font-weight: 600; font-size: 1.12rem; line-height: 1.3; }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 0.55rem 1.5rem; }
.results > .pairs:first-of-type { grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
.results > .pairs:first-of-type dd { font-size: 1.18rem; }
.results > .pairs:first-of-type > div:first-child { grid-column: 1 / -1; }
.results > .pairs:first-of-type > div:first-child dd { font-size: 2.3rem; line-height: 1.15; font-weight: 600; color: var(--accent); }
.conclusion > p:first-of-type { font-size: 1.12rem; font-weight: 600; }
.conclusion { padding: 0.1rem 1.1rem 0.6rem; margin-top: 2rem; border: 1px solid var(--accent); border-radius: 4px; background: #f3f8fb; }
.conclusion h2 { margin-top: 0.7rem; border: 0; padding: 0; }
.table { overflow-x: auto; margin: 0.9rem 0; }
table { width: 100%; border-collapse: collapse; font-size: 0.92rem; line-height: 1.4; }
caption { padding: 0 0 0.35rem; text-align: left; font-weight: 600; }
th, td { padding: 0.32rem 0.7rem 0.32rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { border-bottom: 1.5px solid var(--ink); vertical-align: bottom; color: var(--soft); font-size: 0.84rem; line-height: 1.3; }
th:last-child, td:last-child { padding-right: 0; }
td.number, th.number { text-align: right; font-variant-numeric: lining-nums tabular-nums; }
.notice { margin: 0.8rem 0; padding: 0.55rem 1rem; border-left: 4px solid var(--soft); background: var(--tint); }
.notice.warning { border-left-color: var(--warn); background: var(--warn-tint); }
.notice.undetermined { border-left-style: dashed; }
.notice p { margin: 0.2rem 0; }
section.provisional h2 { color: var(--warn); }
.card { margin: 0.65rem 0; padding: 0.6rem 1rem 0.5rem; border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 4px; }
.card.undetermined { border-left-style: dashed; border-left-color: var(--soft); }
.card.neutral { border-left-color: var(--line); }
.card.warning { border-left-color: var(--warn); }
.card > header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.1rem 1.2rem; align-items: baseline; }
.card .outcome { margin: 0; font-size: 0.9rem; }
.card .sign { display: inline-block; width: 1.25em; height: 1.25em; margin-right: 0.4em; border: 1.5px solid currentcolor; border-radius: 50%; text-align: center; line-height: 1.12; font-size: 0.82em; font-weight: 700; }
.card p, .card ul { margin: 0.25rem 0; }
.card .source, .method td:last-child, .guidance td:last-child, .results td:nth-child(3):not(.number) { font-size: 0.84rem; line-height: 1.4; color: var(--soft); }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 0.9rem; margin: 0.8rem 0; }
figure { margin: 0; }
.picture img { display: block; width: 100%; height: auto; border-radius: 3px; background: #000; image-rendering: auto; }
figcaption { font-size: 0.84rem; line-height: 1.35; padding-top: 0.25rem; }
.chart { margin: 1.1rem 0; }
.chart figcaption { padding: 0 0 0.3rem; font-size: 1rem; font-weight: 600; }
.chart svg { display: block; width: 100%; height: auto; font-family: inherit; }
footer.page { margin-top: 2.2rem; padding-top: 0.6rem; border-top: 1px solid var(--line); font-size: 0.84rem; color: var(--soft); }
.patient-page main { font-size: 1.1rem; line-height: 1.5; }
.patient-page .number > .pairs dd { font-size: 2.6rem; line-height: 1.15; font-weight: 600; color: var(--accent); }
.patient-page h2 { margin-top: 1.4rem; }
.patient-page .identity { grid-template-columns: repeat(4, minmax(0, 1fr)); }
@media (max-width: 40rem) {
  html { background: var(--ground); }
  body { margin: 0; padding: 1.2rem 1.1rem; box-shadow: none; }
  .identity, .patient-page .identity { grid-template-columns: repeat(2, minmax(0, 1fr)); padding: 0.75rem 0.85rem; }
  .pictures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@page { size: A4; margin: 19mm 17mm 18mm; @top-left { content: ${cssString(running)}; font: 8pt "Source Sans 3", Arial, sans-serif; color: #4d5866; } @bottom-left { content: ${cssString(footer)}; font: 8pt "Source Sans 3", Arial, sans-serif; color: #4d5866; } @bottom-right { content: ${cssString(`${page} `)} counter(page) " / " counter(pages); font: 8pt "Source Sans 3", Arial, sans-serif; color: #4d5866; } }
@page :first { @top-left { content: none; } }
@media print {
  html { background: none; font-size: 10pt; }
  body { max-width: none; margin: 0; padding: 0; box-shadow: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3, caption, figcaption { break-after: avoid; }
  .card, .notice, tr, figure, .conclusion, .identity, .pairs > div { break-inside: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  .pictures { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  a { color: inherit; text-decoration: none; }
  footer.page { display: none; }
}`;
}

/** A text as a CSS string that can neither end itself nor the style element. */
function cssString(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,·:'’()-]/gu, (odd) => `\\${(odd.codePointAt(0) ?? 0).toString(16)} `)}"`;
}
