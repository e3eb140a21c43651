/**
 * Likeness of two words, 0 to 1: the share of three-letter sequences that both have, each word taken with two blanks before
 * and one behind, as pg_trgm counts them. 1 is the same word.
 */
export function wordSimilarity(first: string, second: string): number {
  const ours = trigrams(first);
  const theirs = trigrams(second);
  const common = [...ours].filter((trigram) => theirs.has(trigram)).length;
  return common / (ours.size + theirs.size - common);
}

/** pg_trgm takes letters and digits only, and what stands between others as words of their own. */
function trigrams(word: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const part of word.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const padded = `  ${part} `;
    for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3));
  }
  return found;
}

/**
 * The likeness from which a word is taken for another: one letter of six wrong at the end is 0.56 ("DUPONT", "DUPOND"), two
 * names that only begin alike stay below ("MARTIN", "MARTEL": 0.4). The default of pg_trgm's strict word similarity.
 */
export const similarEnough = 0.5;
