import type { RuleSource, Verdict } from "@etalon/decide";
import type { Block, Inline, Line } from "../document.ts";
import { doiLink, joined, literal, textOf, words } from "../inline.ts";
import { shortCitation } from "../short-citation.ts";

/** The documents that verdicts rest on, each once, with what was found of it. */
export function sourceTable(verdicts: readonly Verdict[]): readonly Block[] {
  const documents = Map.groupBy(
    verdicts.map(({ source }) => source),
    ({ citation }) => citation,
  );
  if (documents.size === 0) return [];
  return [
    {
      kind: "table",
      caption: { en: "Sources", fr: "Sources" },
      columns: [{ title: { en: "Document", fr: "Document" } }, { title: { en: "Citation", fr: "Référence" } }],
      hasRowHeaders: true,
      rows: [...documents.values()]
        .map((sources): readonly Line[] => [[literal(nameOf(sources))], citationLine(sources)])
        .toSorted((a, b) => compare(a, b)),
    },
  ];
}

function nameOf(sources: readonly RuleSource[]): string {
  const [source] = sources;
  return source === undefined ? "" : shortCitation(source);
}

/** By name, letter by letter, so that every engine sorts alike. */
function compare(a: readonly Line[], b: readonly Line[]): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : 1;
}

/** Citation, link, and what the rules' packs say of the document. */
function citationLine(sources: readonly RuleSource[]): Line {
  const [first] = sources;
  if (first === undefined) return [];
  const { citation, doi, document } = first;
  const distinct = (texts: readonly (string | undefined)[]) => [...new Set(texts.filter((text) => text !== undefined))];
  const confirmed = distinct(sources.map(({ confirmedIn }) => confirmedIn));
  const superseded = distinct(sources.map(({ supersededBy }) => supersededBy));
  const said = (heading: Inline, texts: readonly string[]): Line =>
    texts.length === 0
      ? []
      : [
          heading,
          ...joined(
            texts.map((text) => [literal(text)]),
            literal("; "),
          ),
        ];
  return [
    literal(citation),
    ...(doi === undefined ? [] : [literal(" · "), doiLink(doi)]),
    ...(document === undefined ? [] : [literal(" · "), documentInline(document)]),
    ...said(words(" · confirmed in ", " · confirmé dans "), confirmed),
    ...said(words(" · superseded: ", " · remplacé : "), superseded),
    ...(first.isRetracted ? [textOf({ en: " · retracted", fr: " · rétracté" })] : []),
  ];
}

function documentInline(document: string): Inline {
  return /^https:\/\/\S+$/.test(document) ? { kind: "link", text: document, url: document } : literal(document);
}
