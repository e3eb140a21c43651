/** A cell: a text, a number, or nothing. */
export type CsvValue = string | number | undefined;

/**
 * A cell as RFC 4180 writes it, quoted where it holds a comma, a quote, a line break or white space at an end.
 *
 * Numbers are written as ECMAScript does, unrounded, with a point: -12.5, 1e-7. A text that a spreadsheet would take for a
 * formula (OWASP, CSV Injection: it begins with = + - @, a tab or a line break, or their full-width forms, whatever white
 * space stands before) gets an apostrophe in front. So does one that begins with apostrophes before such a character, so that
 * a program gets the text back: where apostrophes and then such a character begin a cell, the first apostrophe is ours.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: CsvValue): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const formula = /^'*\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
