import { EtalonError } from "@etalon/base";

/** A media type with its parameters (RFC 9110 section 8.3.1), names in lower case, values as written without quotes. */
export interface MediaType {
  /** "multipart/related", in lower case. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const longestField = 8192;

/**
 * The media type of a Content-Type field. A value may stand with or without quotes, also where it holds "/" and would need
 * them (`type=application/dicom`): clients leave them out.
 *
 * @param field the header's name, for errors
 * @throws EtalonError `request-malformed`
 */
export function parseMediaType(text: string, field: string): MediaType {
  if (text.length > longestField) throw malformed(field, text);
  const [head = "", ...rest] = splitOutsideQuotes(text, ";");
  const name = head.trim().toLowerCase();
  if (!/^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw malformed(field, text);
  const parameters = new Map<string, string>();
  for (const piece of rest) {
    if (piece.trim() === "") continue;
    const equals = piece.indexOf("=");
    if (equals < 1) throw malformed(field, text);
    const key = piece.slice(0, equals).trim().toLowerCase();
    if (!parameters.has(key)) parameters.set(key, unquoted(piece.slice(equals + 1).trim()));
  }
  return { name, parameters };
}

/** Pieces between separators that stand outside quoted strings. Linear in the text's length. */
export function splitOutsideQuotes(text: string, separator: ";" | ","): readonly string[] {
  const pieces: string[] = [];
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isQuoted && character === "\\") at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  const inner = value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value.slice(1);
  return inner.replace(/\\(.)/g, "$1");
}

function malformed(field: string, text: string): EtalonError {
  return new EtalonError("request-malformed", {
    field,
    received: text.slice(0, 100),
    details: { expected: "a media type" },
  });
}
