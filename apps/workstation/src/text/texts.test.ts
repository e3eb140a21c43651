import { expect, test } from "vitest";
import { aloneTexts } from "../alone/alone-texts.ts";
import { appTexts } from "../app/app-texts.ts";
import { curveTexts } from "../panel/curves/curve-texts.ts";
import { mapTexts } from "../panel/maps/map-texts.ts";
import { panelTexts } from "../panel/panel-texts.ts";
import { axisTexts } from "../reading/axis-texts.ts";
import { ledgerTexts } from "../reading/ledger-texts.ts";
import { roomTexts } from "../reading/room-texts.ts";
import { reportTexts } from "../report/report-texts.ts";
import { shareTexts } from "../share/share-texts.ts";
import { signInTexts } from "../sign-in/sign-in-texts.ts";
import { uploadTexts } from "../upload/upload-texts.ts";
import { worklistTexts } from "../worklist/worklist-texts.ts";
import type { TextRecord } from "./define-texts.ts";
import { dicomDate, dicomTime, numberText, personName } from "./dicom-text.ts";

const folders = {
  ...{
    aloneTexts,
    appTexts,
    axisTexts,
    curveTexts,
    ledgerTexts,
    mapTexts,
    panelTexts,
    reportTexts,
    roomTexts,
    shareTexts,
    signInTexts,
  },
  ...{ uploadTexts, worklistTexts },
};
const all: Readonly<Record<string, Readonly<Record<"en" | "fr", TextRecord>>>> = folders;

/** The texts that are filled in, each filled with some of these: counts, names, days. */
function filledTexts(texts: TextRecord, filled: readonly unknown[]): readonly (readonly [string, unknown])[] {
  return Object.entries(texts).flatMap(([name, say]) => {
    // Ranges of slices have a test of their own.
    if (typeof say === "string" || name === "slices") return [];
    // Numbers stand for names and days as well: all of them are written out.
    return [[name, Reflect.apply(say, undefined, filled.slice(0, say.length))] as const];
  });
}

test.each(Object.entries(all))("%s says everything in both languages", (_, texts) => {
  expect(Object.keys(texts.fr).sort()).toEqual(Object.keys(texts.en).sort());
  for (const text of [...Object.values(texts.en), ...Object.values(texts.fr)]) {
    expect(typeof text === "string" ? text.trim() : "made of numbers").not.toBe("");
  }
});

test.each(Object.entries(all))("%s says what it is filled with, in both languages", (_, texts) => {
  for (const language of ["en", "fr"] as const) {
    for (const [name, text] of filledTexts(texts[language], [41, 73, 97])) {
      expect(text, name).toMatch(/41/);
      expect(text, name).not.toMatch(/undefined|NaN|\[object|\$|[{}]/);
      // Whether a result is signed is a word, not its value.
      if (texts.en[name]?.length === 2 && name !== "comparisonOf") expect(text, name).toMatch(/73/);
    }
  }
});

test.each(Object.entries(all))("%s counts one as one", (_, texts) => {
  for (const language of ["en", "fr"] as const) {
    const single = language === "en" ? /\b1 (?!series\b)\p{L}+[^s]s\b|\bof 1 \p{L}+s\b/u : /\b[01] \p{L}+[^s]s\b/u;
    for (const [name, text] of filledTexts(texts[language], [1, 1, 1])) expect(text, name).not.toMatch(single);
  }
});

test.each(Object.entries(all))("%s has French typography", (_, texts) => {
  const filled = filledTexts(texts.fr, [41, 73, 97]).map(([, text]) => text);
  for (const text of [...Object.values(texts.fr), ...filled]) {
    if (typeof text !== "string") continue;
    // A no-break space, narrow or not, stands before these; an apostrophe is a curly one.
    expect(text).not.toMatch(/[^\u00a0\u202f][;!?%]| [:;!?%]|'/);
  }
});

test("names and dates are written as people read them", () => {
  expect(personName({ "00100010": { vr: "PN", Value: [{ Alphabetic: "LEFÈVRE^Jean-Noël" }] } }, "00100010")).toBe(
    "LEFÈVRE, Jean-Noël",
  );
  expect([dicomDate("20240229", "fr"), dicomDate("20240229", "en"), dicomDate("", "fr")]).toEqual([
    "29/02/2024",
    "2024-02-29",
    "",
  ]);
});

test("a time is written to the minute; what is none is not written", () => {
  expect(["140559.25", "14:05", "14", ""].map(dicomTime)).toEqual(["14:05", "14:05", "", ""]);
});

test("numbers are written as the language writes them, with as many digits as asked for", () => {
  expect([numberText(1028.06, "fr", 1), numberText(1028.06, "en", 1), numberText(1028.5, "en")]).toEqual([
    "1028,1",
    "1028.1",
    "1029",
  ]);
});

test("a name is what is written of it in any script", () => {
  const nameOf = (...Value: never[] | [string | Record<string, string>]) =>
    personName({ "00100010": { vr: "PN", Value: [...Value] } }, "00100010");
  expect(nameOf({ Ideographic: "山田^太郎" })).toBe("山田, 太郎");
  expect(nameOf("DUPONT^Marie^Anne")).toBe("DUPONT, Marie Anne");
  expect(nameOf()).toBe("");
  expect(personName({}, "00100010")).toBe("");
});

test("slices of the ledger are written as ranges", () => {
  const { en, fr } = ledgerTexts;
  expect(en.slices([3, 1, 2, 7, 2])).toBe("slice 1–3, 7");
  expect(fr.slices([5])).toBe("coupe 5");
  expect(en.slices([])).toBe("");
});
