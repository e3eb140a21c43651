import { decodeIso2022 } from "./iso-2022.ts";
import { decodeLatin1 } from "./latin1.ts";

/** Decodes text of one data set. `isName` adds the delimiters of PN. */
export type TextDecoding = (bytes: Uint8Array, isName: boolean) => string;

/**
 * The platform's decoder for each defined term of Specific Character Set without code extensions (PS3.3 table
 * C.12-2), by the term's number. ISO_IR 6 and 100 are decoded here, since the label "iso-8859-1" means Windows-1252.
 */
const labelOfRegistration: Readonly<Record<string, string>> = {
  "101": "iso-8859-2",
  "109": "iso-8859-3",
  "110": "iso-8859-4",
  "144": "iso-8859-5",
  "127": "iso-8859-6",
  "126": "iso-8859-7",
  "138": "iso-8859-8",
  "148": "iso-8859-9",
  "203": "iso-8859-15",
  "166": "windows-874",
  "13": "shift_jis",
  "192": "utf-8",
};

/**
 * The decoding that the values of (0008,0005) ask for. Absent or empty is the default repertoire, whose files often
 * hold Latin-1 all the same, so bytes over 127 are read as Latin-1. Under a term that is not of PS3.3 C.12.1.1.2 bytes
 * over 127 become U+FFFD: visibly unknown, never guessed.
 */
export function textDecodingOf(terms: readonly string[]): TextDecoding {
  const registrations = terms.map(registrationOf);
  const isExtended = terms.length > 1 || terms.some((term) => /2022/.test(term));
  const first = registrations[0] ?? "6";
  if (isExtended) return (bytes, isName) => decodeIso2022(bytes, first, isName);
  if (first === "6" || first === "100") return decodeLatin1;
  const label = labelOfRegistration[first] ?? (first === "GB18030" || first === "GBK" ? first : undefined);
  if (label === undefined) return (bytes) => decodeLatin1(bytes).replace(/[\x80-\xff]/g, "\ufffd");
  const decoder = new TextDecoder(label);
  return (bytes) => decoder.decode(bytes);
}

/** The registration number of a term, whichever way its separators are written; other terms as they are. */
function registrationOf(term: string): string {
  const match = /^ISO[ _-]?(?:2022[ _-]?)?IR[ _-]?(\d+)$/i.exec(term.trim());
  if (match !== null) return match[1] ?? "";
  return term.trim() === "" ? "6" : term.trim().toUpperCase();
}
