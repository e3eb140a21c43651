/**
 * A text as FHIR's `string` allows it: no white space around it, none within but space, tab and line breaks (its pattern
 * leaves out no-break spaces, which French sets before a colon), no control characters; empty where nothing is left, for the
 * caller to leave out.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#string
 */
export function freeText(text: string | undefined): string {
  return (text ?? "")
    .toWellFormed()
    .replace(control, "\uFFFD")
    .replace(/[^\S \t\r\n]/g, " ")
    .trim();
}

/** Control characters but tab, line feed and carriage return, and what XML 1.0 cannot carry (section 2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g;
