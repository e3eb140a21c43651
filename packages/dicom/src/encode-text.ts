import { InputError } from "@etalon/base";

/** Writes the text of one data set in its character set; `field` names the element in errors. */
export type TextEncoding = (text: string, field: string) => Uint8Array;

/** Encodes code points below `limit` as single bytes. */
function encodeSingleBytes(limit: number, expected: string): TextEncoding {
  return (text, field) => {
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code >= limit) throw new InputError("out-of-range", field, text, expected);
      bytes[i] = code;
    }
    return bytes;
  };
}

/** The default repertoire, for VRs that no character set touches. */
export const encodeAscii: TextEncoding = encodeSingleBytes(0x80, "ASCII");

/**
 * The encoding that the values of (0008,0005) ask for. Written are UTF-8 (`ISO_IR 192`) and Latin-1 (`ISO_IR 100`);
 * under any other character set only ASCII is, and anything else is refused.
 */
export function textEncodingOf(terms: readonly string[]): TextEncoding {
  if (terms.length === 1 && terms[0] === "ISO_IR 192") {
    const encoder = new TextEncoder();
    return (text) => encoder.encode(text);
  }
  if (terms.length === 1 && terms[0] === "ISO_IR 100") return encodeSingleBytes(0x100, "Latin-1 (or ISO_IR 192)");
  return encodeSingleBytes(0x80, "ASCII, or SpecificCharacterSet ISO_IR 192");
}
