import type { Verdict } from "@etalon/decide";

/** A document as a text names it in passing: first author and year; the whole citation stands in the list of sources. */
export function shortCitation({ citation, edition }: Pick<Verdict["source"], "citation" | "edition">): string {
  const [first = citation] = citation.split(/[,.:;]/);
  const others = /\bet al\b/.test(citation) || /^[^,.]+, [^,.]+ [A-Z]{1,3}[,.]/.test(citation);
  const author = `${first.trim()}${others ? " et al." : ""}`;
  return /^\d{4}$/.test(edition) && !author.includes(edition) ? `${author}, ${edition}` : author;
}
