import { folded, type IdentityWords } from "./identity-words.ts";

/** What stands in place of a word that was blanked. */
const blankedWord = "***";

/** A text without its identifying words. */
interface CleanedText {
  readonly text: string;
  readonly blankedWords: number;
}

const months =
  "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|fev|mar|apr|avr|jun|jul|aug|sep|oct|nov|dec";

/** UIDs, dates, telephone numbers, the French social security number (NIR), e-mail and web addresses. */
const patterns: readonly RegExp[] = [
  /(?<![\d.])[0-2](?:\.\d+){4,}/gu,
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu,
  /\b(?:https?:\/\/|www\.)\S+/giu,
  /(?<!\d)[1-478][ .-]?\d{2}[ .-]?\d{2}[ .-]?(?:\d{2}|2[ab])[ .-]?\d{3}[ .-]?\d{3}(?:[ .-]?\d{2})?(?!\d)/giu,
  /(?<![\d\p{L}])(?=(?:\D?\d){8})(?:\+|00)\d{1,3}(?:[ .\-/]?\(?\d{1,4}\)?){2,6}(?!\d)/gu,
  /(?<![\d\p{L}])0[1-9](?:[ .\-/]?\d{2}){4}(?!\d)/gu,
  /(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)/gu,
  /(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)/gu,
  /(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/gu,
  new RegExp(`(?<!\\p{L})\\d{1,2}(?:er|st|nd|rd|th)?\\.? (?:${months})\\.?(?: \\d{2,4})?(?![\\p{L}\\d])`, "giu"),
  new RegExp(`(?<!\\p{L})(?:${months})\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}(?!\\d)`, "giu"),
];

/** A name of several words is found up to this many of them: "de La Tour du Pin Gouvernet". */
const longestName = 6;

/**
 * Blanks the words of a text that identify: the strings of `identity`, whatever their case, accents and hyphens, and
 * where `withPatterns` dates, telephone and social security numbers and addresses.
 */
export function cleanText(text: string, identity: IdentityWords, withPatterns: boolean): CleanedText {
  const words = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    word: folded(match[0]),
  }));
  const spans = identitySpans(words, identity);
  let kept = text;
  for (const [start, end] of spans.toReversed()) kept = kept.slice(0, start) + blankedWord + kept.slice(end);
  let blankedWords = spans.length;
  for (const pattern of withPatterns ? patterns : []) {
    kept = kept.replace(pattern, () => {
      blankedWords++;
      return blankedWord;
    });
  }
  return { text: kept, blankedWords };
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

function identitySpans(words: readonly Word[], identity: IdentityWords): readonly (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  for (let i = 0; i < words.length; i++) {
    const length = matchLength(words, i, identity);
    if (length === 0) continue;
    spans.push([words[i].start, words[i + length - 1].end]);
    i += length - 1;
  }
  return spans;
}

/** How many words from `first` on identify together, the longest run first. */
function matchLength(words: readonly Word[], first: number, { words: known, parts }: IdentityWords): number {
  for (let length = Math.min(longestName, words.length - first); length > 0; length--) {
    const run = words.slice(first, first + length);
    const joined = run.map(({ word }) => word).join("");
    if (known.has(joined)) return length;
  }
  return parts.some((part) => words[first].word.includes(part)) ? 1 : 0;
}
