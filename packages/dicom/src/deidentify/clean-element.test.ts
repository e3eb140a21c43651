import fc from "fast-check";
import { expect, test } from "vitest";
import {
  cappedAge,
  cleanTextElement,
  holdsIdentity,
  isFreeText,
  isItem,
  isOfDicom,
  pseudonymousUids,
  shiftedElement,
} from "./clean-element.ts";
import { pseudonymsOf } from "./pseudonym.ts";

const identity = { words: new Set(["lefevre", "p12345"]), parts: ["lefevre"] };
const pseudonyms = pseudonymsOf({}, new Uint8Array(32).fill(7), "patient");
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

test("text that people write is known by its VR", () => {
  expect(["LO", "LT", "UT", "PN", "UI", "DA", "OB"].filter(isFreeText)).toEqual(["LO", "LT", "UT"]);
});

test("text loses the words that identify, and is the same element where there are none", () => {
  const named = { vr: "LO", Value: ["seen by Lefèvre today", null] };
  const cleaned = cleanTextElement(named, identity, false);
  expect(cleaned.blankedWords).toBe(1);
  expect(String(cleaned.element?.Value?.[0])).not.toMatch(/lef/i);
  expect(cleaned.element?.Value?.[1]).toBeNull();
  const plain = { vr: "LO", Value: ["heart"] };
  expect(cleanTextElement(plain, identity, false)).toEqual({ element: plain, blankedWords: 0 });
  expect(cleanTextElement({ vr: "LO" }, identity, false).element).toEqual({ vr: "LO" });
});

test("dates are moved, times of day are not, and what is no date is not kept", () => {
  // 2024 is a leap year: three days after 27 February are 1 March.
  expect(shiftedElement("00080020", { vr: "DA", Value: ["20240227", null] }, 3)).toEqual({
    vr: "DA",
    Value: ["20240301", null],
  });
  expect(shiftedElement("0008002A", { vr: "DT", Value: ["20240227120501.5"] }, 3).Value).toEqual(["20240301120501.5"]);
  const time = { vr: "TM", Value: ["120501"] };
  expect(shiftedElement("00080030", time, 3)).toBe(time);
  const empty = { vr: "DA" };
  expect(shiftedElement("00080020", empty, 3)).toBe(empty);
  const written = shiftedElement("00080020", { vr: "DA", Value: ["20240227", "on Tuesday"] }, 3);
  expect(JSON.stringify(written)).not.toMatch(/Tuesday|20240227|20240301/);
});

test("moving dates there and back leads to the day that it was", () => {
  const days = fc.integer({ min: -20_000, max: 20_000 });
  const dates = fc.date({ min: new Date("1910-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(dates, days, (date, by) => {
      const day = date.toISOString().slice(0, 10).replaceAll("-", "");
      const moved = shiftedElement("00080020", { vr: "DA", Value: [day] }, by);
      expect(shiftedElement("00080020", moved, -by).Value).toEqual([day]);
      if (by !== 0) expect(moved.Value).not.toEqual([day]);
    }),
  );
});

test("UIDs of instances are pseudonyms, always the same; those of DICOM itself stay", () => {
  const ct = "1.2.840.10008.5.1.4.1.1.2";
  const [own, same, other, known, nothing] =
    pseudonymousUids({ vr: "UI", Value: ["1.2.3", "1.2.3", "1.2.4", ct, null] }, pseudonyms).Value ?? [];
  expect(own).toMatch(/^2\.25\.\d{1,39}$/);
  expect([same, known, nothing]).toEqual([own, ct, null]);
  expect(other).not.toBe(own);
  expect([isOfDicom(ct), isOfDicom("1.2.840.100081.1")]).toEqual([true, false]);
});

test("UIDs that were read as bytes are replaced as well", () => {
  const bytes = pseudonymousUids({ vr: "UN", bytes: utf8("1.2.3\\1.2.4\0") }, pseudonyms);
  expect(bytes).toEqual(pseudonymousUids({ vr: "UI", Value: ["1.2.3", "1.2.4"] }, pseudonyms));
  expect(pseudonymousUids({ vr: "UN", bytes: utf8("\0") }, pseudonyms)).toEqual({ vr: "UI", Value: [] });
  expect(pseudonymousUids({ vr: "UI" }, pseudonyms)).toEqual({ vr: "UI" });
});

test("identity is found in bytes as a word, whatever the encoding; a long one inside a word too", () => {
  const latin1 = Uint8Array.from("by LEFÈVRE", (letter) => letter.charCodeAt(0));
  expect(holdsIdentity(latin1, identity)).toBe(true);
  expect(holdsIdentity(utf8("\u0001\u0002dr.lefèvre\u0000"), identity)).toBe(true);
  expect(holdsIdentity(utf8("xxLefevrexx"), identity)).toBe(true);
  expect(holdsIdentity(utf8("id=P12345;"), identity)).toBe(true);
  expect(holdsIdentity(utf8("id=P123456;"), identity)).toBe(false);
  expect(holdsIdentity(utf8("le fevre, heart"), identity)).toBe(false);
});

test("ages over 89 years are one age", () => {
  const ages = ["089Y", "090Y", "104Y", "104M", ""].map((age) => cappedAge({ vr: "AS", Value: [age] }).Value?.[0]);
  expect(ages).toEqual(["089Y", "090Y", "090Y", "104M", ""]);
  expect(cappedAge({ vr: "AS" })).toEqual({ vr: "AS" });
});

test("only items of sequences are items", () => {
  expect([{}, null, "a", 1].map(isItem)).toEqual([true, false, false, false]);
});
