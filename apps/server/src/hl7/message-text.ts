import { Hl7Error } from "./hl7-error.ts";

/** The character sets of HL7 table 0211 that are read, by the name that MSH-18 has, and how Node names them. */
const encodings: ReadonlyMap<string, string> = new Map([
  ["", "ascii"],
  ["ASCII", "ascii"],
  ["8859/1", "latin1"],
  ["8859/15", "iso-8859-15"],
  ["UNICODE UTF-8", "utf-8"],
]);

/** A message as text. */
export interface MessageText {
  readonly text: string;
  /** As MSH-18 names it; "" where it names none, which is ASCII. */
  readonly characterSet: string;
}

/**
 * A message's bytes as text in the character set of its MSH-18. Nothing is guessed: a name in the wrong character set is another
 * name, so bytes that the set does not have refuse the message.
 *
 * @throws Hl7Error AR
 */
export function readMessageText(bytes: Uint8Array): MessageText {
  const characterSet = characterSetOf(bytes);
  const encoding = encodings.get(characterSet.toUpperCase());
  if (encoding === undefined) {
    throw new Hl7Error("AR", 103, {
      location: "MSH-18",
      reason: `one of ${[...encodings.keys()].slice(1).join(", ")}`,
    });
  }
  const text = decode(bytes, encoding);
  if (text !== undefined) return { text, characterSet };
  const reason =
    characterSet === "" ? "needed where there are more than ASCII characters" : "bytes that the set has not";
  throw new Hl7Error("AR", 102, { location: "MSH-18", reason });
}

/** Text for an answer in a character set of {@link readMessageText}; letters that it cannot write are "?". */
export function encodeMessageText(text: string, characterSet: string): Buffer {
  const encoding = encodings.get(characterSet.toUpperCase());
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  const highest = encoding === "latin1" ? 0xff : 0x7f;
  return Buffer.from(
    Array.from(text, (letter) => ((letter.codePointAt(0) ?? 0) > highest ? "?" : letter)).join(""),
    "latin1",
  );
}

/** MSH-18 of the header's bytes, which are ASCII as far as there; of several the first, which the message begins in. */
function characterSetOf(bytes: Uint8Array): string {
  const [header = ""] = Buffer.from(bytes)
    .toString("latin1")
    .split(/[\r\n]/, 1);
  // MSH-1 is the separator itself: MSH-18 is behind the seventeenth.
  const field = header.split(header.charAt(3) || "|")[17] ?? "";
  return (field.split(header.charAt(5) || "~")[0] ?? "").trim();
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  if (encoding === "latin1") return Buffer.from(bytes).toString("latin1");
  if (encoding === "ascii" && bytes.some((byte) => byte > 0x7f)) return undefined;
  try {
    return new TextDecoder(encoding === "ascii" ? "utf-8" : encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
