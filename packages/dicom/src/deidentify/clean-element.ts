import type { DataSet, Element, ElementValue } from "../data-set.ts";
import { cleanText } from "./clean-text.ts";
import { dummyElement } from "./dummy-value.ts";
import { folded, type IdentityWords } from "./identity-words.ts";
import type { Pseudonyms } from "./pseudonym.ts";
import { shiftDate, shiftDateTime } from "./shift-date.ts";

/** What an action makes of an element; `undefined` where it goes. */
interface CleanedElement {
  readonly element: Element | undefined;
  readonly blankedWords: number;
}

const freeText: ReadonlySet<string> = new Set(["AE", "LO", "LT", "SH", "ST", "UC", "UR", "UT"]);

/** Whether a VR holds text that people write. */
export function isFreeText(vr: string): boolean {
  return freeText.has(vr);
}

/** Text without its identifying words (action C of Clean Descriptors). */
export function cleanTextElement(element: Element, identity: IdentityWords, withPatterns: boolean): CleanedElement {
  let blankedWords = 0;
  const Value = element.Value?.map((value) => {
    if (typeof value !== "string") return value;
    const cleaned = cleanText(value, identity, withPatterns);
    blankedWords += cleaned.blankedWords;
    return cleaned.text;
  });
  if (Value === undefined || blankedWords === 0) return { element, blankedWords: 0 };
  return { element: { vr: element.vr, Value }, blankedWords };
}

/** Dates so many days later, times as they are; what is no date becomes a dummy. */
export function shiftedElement(tag: string, element: Element, days: number): Element {
  const { vr, Value } = element;
  const shift = vr === "DA" ? shiftDate : vr === "DT" ? shiftDateTime : undefined;
  if (Value === undefined || shift === undefined) return element;
  const shifted = Value.map((value) => (typeof value === "string" ? shift(value, days) : value));
  const isWhole = shifted.every((value) => value !== undefined);
  return isWhole ? { vr, Value: shifted.filter((value) => value !== undefined) } : (dummyElement(tag, vr) ?? { vr });
}

/** Each UID by its pseudonym; those of DICOM itself (1.2.840.10008) name no instance and stay. */
export function pseudonymousUids(element: Element, pseudonyms: Pseudonyms): Element {
  const texts = element.bytes === undefined ? element.Value : uidsOfBytes(element.bytes);
  if (texts === undefined) return { vr: "UI" };
  const replace = (value: ElementValue): ElementValue =>
    typeof value !== "string" || isOfDicom(value) ? value : pseudonyms.uid(value);
  return { vr: "UI", Value: texts.map(replace) };
}

/** Whether a UID is registered by DICOM: a class, a syntax, a well-known frame of reference. */
export function isOfDicom(uid: string): boolean {
  return uid.startsWith("1.2.840.10008.");
}

/** Implicit VR leaves attributes newer than the dictionary as bytes. */
function uidsOfBytes(bytes: Uint8Array): readonly string[] {
  const text = String.fromCharCode(...bytes.subarray(0, 4096)).replace(/[\0 ]+$/, "");
  return text === "" ? [] : text.split("\\");
}

/** Whether bytes hold an identifying string as a word, in Latin-1 or UTF-8; long ones inside a word too. */
export function holdsIdentity(bytes: Uint8Array, { words, parts }: IdentityWords): boolean {
  const long = parts.filter((part) => part.length >= 6);
  return ["utf-8", "latin1"].some((label) => {
    const found = new TextDecoder(label).decode(bytes).matchAll(/[\p{L}\p{M}\p{N}]{3,}/gu);
    return [...found].some(([text]) => {
      const word = folded(text);
      return words.has(word) || long.some((part) => word.includes(part));
    });
  });
}

/** Ages over 89 years say "090Y": so few are that old that the number alone tells them apart (45 CFR 164.514(b)(2)). */
export function cappedAge(element: Element): Element {
  const years = /^(\d{3})Y$/.exec(String(element.Value?.[0] ?? ""))?.[1];
  return years !== undefined && Number(years) > 89 ? { vr: "AS", Value: ["090Y"] } : element;
}

/** Whether a value is an item of a sequence. */
export function isItem(value: ElementValue): value is DataSet {
  return typeof value === "object" && value !== null;
}
