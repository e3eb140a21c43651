import { decodeLatin1Range } from "./latin1.ts";

/** How the bytes of one designated set become characters: the platform's label, and what to do to the bytes first. */
interface CodeElement {
  /** Half of the code table that the set is invoked into: 0 for bytes below 128, 1 for bytes from 128. */
  readonly half: 0 | 1;
  /** `undefined` for plain ISO 646. */
  readonly label: string | undefined;
  readonly bytesPerCharacter: 1 | 2;
  /** Added to each byte, and a byte put before each pair, to reach the platform's encoding. */
  readonly offset?: number;
  readonly prefix?: number;
}

const ascii: CodeElement = { half: 0, label: undefined, bytesPerCharacter: 1 };

function g1(label: string, bytesPerCharacter: 1 | 2 = 1): CodeElement {
  return { half: 1, label, bytesPerCharacter };
}

/** Escape sequences of PS3.3 tables C.12-3 and C.12-4, written without the escape character. */
const codeElementOfEscape: ReadonlyMap<string, CodeElement> = new Map([
  ["(B", ascii],
  ["(J", ascii],
  ["$B", { half: 0, label: "euc-jp", bytesPerCharacter: 2, offset: 0x80 }],
  ["$@", { half: 0, label: "euc-jp", bytesPerCharacter: 2, offset: 0x80 }],
  ["$(D", { half: 0, label: "euc-jp", bytesPerCharacter: 2, offset: 0x80, prefix: 0x8f }],
  ["$)C", g1("euc-kr", 2)],
  ["$)A", g1("gbk", 2)],
  [")I", g1("shift_jis")],
  ["-A", g1("latin1")],
  ["-B", g1("iso-8859-2")],
  ["-C", g1("iso-8859-3")],
  ["-D", g1("iso-8859-4")],
  ["-F", g1("iso-8859-7")],
  ["-G", g1("iso-8859-6")],
  ["-H", g1("iso-8859-8")],
  ["-L", g1("iso-8859-5")],
  ["-M", g1("iso-8859-9")],
  ["-T", g1("windows-874")],
  ["-b", g1("iso-8859-15")],
]);

/** The sets that value 1 of (0008,0005) puts into the upper half from the start, by registration number. */
const initialG1: Readonly<Record<string, CodeElement>> = {
  "6": g1("latin1"),
  "13": g1("shift_jis"),
  "58": g1("gbk", 2),
  "100": g1("latin1"),
  "101": g1("iso-8859-2"),
  "109": g1("iso-8859-3"),
  "110": g1("iso-8859-4"),
  "126": g1("iso-8859-7"),
  "127": g1("iso-8859-6"),
  "138": g1("iso-8859-8"),
  "144": g1("iso-8859-5"),
  "148": g1("iso-8859-9"),
  "149": g1("euc-kr", 2),
  "166": g1("windows-874"),
  "203": g1("iso-8859-15"),
};

const escapeCharacter = 0x1b;
/** After these the sets of value 1 are active again (PS3.5 section 6.1.2.5.3): TAB, LF, FF, CR and the backslash. */
const delimiters: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x5c]);
/** In person names also `^` and `=`. */
const nameDelimiters: ReadonlySet<number> = new Set([...delimiters, 0x5e, 0x3d]);

/**
 * Decodes text with ISO 2022 code extensions (PS3.5 section 6.1.2.5, annexes H, I and K).
 *
 * @param bytes the value, with its escape sequences
 * @param registration the registration number of value 1 of (0008,0005)
 * @param isName whether `^` and `=` are delimiters
 */
export function decodeIso2022(bytes: Uint8Array, registration: string, isName: boolean): string {
  const resetting = isName ? nameDelimiters : delimiters;
  const upperAtStart = initialG1[registration] ?? g1("latin1");
  let lower = ascii;
  let upper = upperAtStart;
  let text = "";
  let position = 0;
  while (position < bytes.length) {
    if (bytes[position] === escapeCharacter) {
      const designation = designationAt(bytes, position + 1);
      if (designation.element?.half === 0) lower = designation.element;
      if (designation.element?.half === 1) upper = designation.element;
      position += 1 + designation.length;
      continue;
    }
    const isUpper = bytes[position] > 127;
    const element = isUpper ? upper : lower;
    let end = position;
    while (end < bytes.length && bytes[end] !== escapeCharacter && bytes[end] > 127 === isUpper) {
      end++;
      if (element.half === 0 && element.bytesPerCharacter === 1 && resetting.has(bytes[end - 1])) {
        upper = upperAtStart;
      }
    }
    text += decodeRun(bytes.subarray(position, end), element);
    position = end;
  }
  return text;
}

/** The set that the characters after an escape designate, and how many they are; an unknown one designates nothing. */
function designationAt(bytes: Uint8Array, start: number): { element: CodeElement | undefined; length: number } {
  for (const length of [2, 3]) {
    const element = codeElementOfEscape.get(decodeLatin1Range(bytes, start, Math.min(bytes.length, start + length)));
    if (element !== undefined) return { element, length };
  }
  return { element: undefined, length: 0 };
}

function decodeRun(run: Uint8Array, element: CodeElement): string {
  if (element.label === undefined || element.label === "latin1") return decodeLatin1Range(run, 0, run.length);
  return new TextDecoder(element.label).decode(toPlatformBytes(run, element));
}

function toPlatformBytes(run: Uint8Array, element: CodeElement): Uint8Array {
  const { offset = 0, prefix } = element;
  if (offset === 0) return run;
  const bytes: number[] = [];
  for (let i = 0; i < run.length; i += 1) {
    // Control characters stay themselves inside a double-byte set.
    if (run[i] < 0x21) {
      bytes.push(run[i]);
      continue;
    }
    if (prefix !== undefined) bytes.push(prefix);
    bytes.push(run[i] + offset);
    i += 1;
    if (i < run.length) bytes.push(run[i] + offset);
  }
  return Uint8Array.from(bytes);
}
