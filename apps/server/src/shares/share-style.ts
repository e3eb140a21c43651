import { createHash } from "node:crypto";

/** The style of the pages that a link opens; it stands in them, and nothing is fetched for it. */
export const shareStyle = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6675; --paper: #ffffff; --ground: #f3f5f7; --line: #dfe4ea;
  --accent: #0b5c7a; --on-accent: #ffffff; --warn: #9a3412; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --paper: #1b2129; --ground: #12161c;
  --line: #313a46; --accent: #7cc4e0; --on-accent: #0d1a20; --warn: #f0a580; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", Roboto,
  "Helvetica Neue", "Liberation Sans", Arial, sans-serif; overflow-wrap: anywhere; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.top { display: flex; justify-content: space-between; color: var(--soft); font-size: .9rem; margin-bottom: 1rem; }
.top strong { letter-spacing: .04em; color: var(--ink); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .35rem; font-weight: 650; }
h2 { font-size: 1.1rem; margin: 0; font-weight: 650; }
h3 { font-size: .8rem; margin: 1.25rem 0 .5rem; font-weight: 600; color: var(--soft); text-transform: uppercase;
  letter-spacing: .06em; }
p { margin: .25rem 0; }
a { color: var(--accent); }
.soft { color: var(--soft); }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin-top: 1rem; }
blockquote { margin: .9rem 0 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--line); white-space: pre-line; }
table { border-collapse: collapse; width: 100%; }
td { padding: .4rem 0; border-top: 1px solid var(--line); vertical-align: top; }
tr:first-child td { border-top: 0; }
td + td { text-align: right; font-variant-numeric: tabular-nums; padding-left: 1rem; white-space: nowrap; }
.pictures { margin-top: .75rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem; }
.pictures img { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; background: #000; border-radius: .5rem; }
label { display: block; font-weight: 600; margin: .9rem 0 .3rem; }
input { font: inherit; width: 100%; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--ground); color: var(--ink); }
button { font: inherit; font-weight: 600; margin-top: .9rem; padding: .65rem 1.4rem; border: 0; border-radius: .5rem;
  background: var(--accent); color: var(--on-accent); cursor: pointer; }
button:disabled { opacity: .5; cursor: default; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.warn { color: var(--warn); font-weight: 600; }
footer { margin-top: 1.5rem; font-size: .85rem; color: var(--soft); }
`;

const styleHash = createHash("sha256").update(shareStyle).digest("base64");

/** What such a page may do: its own style, pictures of the share, forms to the share. No script. */
export const sharePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
