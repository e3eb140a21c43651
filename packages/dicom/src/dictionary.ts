import { repeatingElements, standardElements } from "./generated/dictionary.ts";
import { hexadecimal } from "./tag.ts";

/** What PS3.6 says of a tag: its VR, or the choice that the data set decides. */
export type DictionaryVr = string;

const tagLength = 8;
const vrEnd = 10;

interface StandardElement {
  readonly key: string;
  readonly vr: DictionaryVr;
}

function parseStandard(): {
  readonly elementByTag: ReadonlyMap<number, StandardElement>;
  readonly tagByKeyword: ReadonlyMap<string, string>;
} {
  const elementByTag = new Map<number, StandardElement>();
  const tagByKeyword = new Map<string, string>();
  for (const line of standardElements.split("\n")) {
    const key = line.slice(0, tagLength);
    elementByTag.set(Number.parseInt(key, 16), { key, vr: line.slice(tagLength, vrEnd) });
    tagByKeyword.set(line.slice(vrEnd), key);
  }
  return { elementByTag, tagByKeyword };
}

interface RepeatingElement {
  readonly mask: number;
  readonly value: number;
  readonly vr: DictionaryVr;
}

function parseRepeating(): readonly RepeatingElement[] {
  return repeatingElements.split("\n").map((line) => {
    const pattern = line.slice(0, tagLength);
    return {
      mask: Number.parseInt(pattern.replace(/[^x]/g, "F").replace(/x/g, "0"), 16),
      value: Number.parseInt(pattern.replace(/x/g, "0"), 16),
      vr: line.slice(tagLength, vrEnd),
    };
  });
}

const { elementByTag, tagByKeyword } = parseStandard();
const repeating = parseRepeating();

/**
 * The VR of a tag in PS3.6, or `UN` when the dictionary does not know it. Where PS3.6 leaves a choice: `ox` is OB or OW,
 * `xs` is US or SS, `lt` is US, SS or OW.
 * Private creators (gggg,0010-00FF) are LO, other private elements UN (PS3.5 section 7.8.1); group lengths are UL.
 */
export function dictionaryVr(tag: number): DictionaryVr {
  const standard = elementByTag.get(tag);
  if (standard !== undefined) return standard.vr;
  const element = tag % 0x10000;
  if (element === 0) return "UL";
  const isPrivate = (tag >>> 16) % 2 === 1;
  if (isPrivate) return element >= 0x10 && element <= 0xff ? "LO" : "UN";
  return repeating.find(({ mask, value }) => (tag & mask) >>> 0 === value)?.vr ?? "UN";
}

/** A tag as the key of a {@link DataSet}: 0x00100010 → "00100010". */
export function tagKey(tag: number): string {
  // One string for each standard tag: made anew, keys took a third of the time of reading a header.
  return elementByTag.get(tag)?.key ?? hexadecimal(tag);
}

/** The tag of a PS3.6 keyword ("PatientName" → "00100010"), or `undefined` for a word that is none. */
export function tagOfKeyword(keyword: string): string | undefined {
  return tagByKeyword.get(keyword);
}
