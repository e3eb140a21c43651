/** What is known of a column before it is set. */
export interface ColumnContent {
  readonly title: string;
  readonly isNumeric: boolean;
  /** Characters of its longest text. */
  readonly length: number;
}

/** Columns of numbers from which on their titles no longer fit on one line beside a column of words. */
const MANY_NUMBERS = 4;
/** Longest text, in characters, that a column beside many numbers keeps on one line. */
const SHORT_LINE = 22;
/** Characters of a text that is worth a share of the width. */
const LONG_TEXT = 18;
/** Characters from which on a longer text gets no wider column. */
const WIDEST = 90;

/**
 * Shares of the width of a table's columns; `null` for one that is as wide as it needs. Beside many columns of numbers each
 * column gets what its longest word or number takes, so that titles break between words and none is squeezed to nothing.
 */
export function columnWeights(columns: readonly ColumnContent[]): readonly (number | null)[] {
  const words = columns.filter(({ isNumeric }) => !isNumeric);
  if (columns.length - words.length >= MANY_NUMBERS) {
    return columns.map(
      ({ title, isNumeric, length }) =>
        Math.max(longestWord(title), isNumeric ? length : Math.min(length, SHORT_LINE)) + 2,
    );
  }
  if (words.every(({ length }) => length <= LONG_TEXT)) return columns.map(({ isNumeric }) => (isNumeric ? null : 1));
  return columns.map(({ isNumeric, length }) => (isNumeric || length <= LONG_TEXT ? null : Math.min(length, WIDEST)));
}

function longestWord(text: string): number {
  return Math.max(...text.split(/\s+/).map((word) => word.length));
}
