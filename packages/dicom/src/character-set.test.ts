import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { textDecodingOf } from "./character-set.ts";
import type { DataSet } from "./data-set.ts";
import { readPart10 } from "./read-part10.ts";

/** Characters U+0000 to U+00FF as bytes, so that a test shows the escape sequences as the Standard prints them. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function decode(terms: readonly string[], text: string): string {
  return textDecodingOf(terms)(bytesOf(text), true);
}

describe("textDecodingOf", () => {
  it.each([
    [
      "PS3.5 H.3.1",
      ["", "ISO 2022 IR 87"],
      "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B",
      "Yamada^Tarou=山田^太郎=やまだ^たろう",
    ],
    [
      "PS3.5 H.3.2",
      ["ISO 2022 IR 13", "ISO 2022 IR 87"],
      "\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J=\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J",
      "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
    ],
    [
      "PS3.5 I.2",
      ["", "ISO 2022 IR 149"],
      "Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf",
      "Hong^Gildong=洪^吉洞=홍^길동",
    ],
    ["PS3.5 J.1", ["ISO_IR 192"], "Wang^XiaoDong=\xe7\x8e\x8b^\xe5\xb0\x8f\xe6\x9d\xb1=", "Wang^XiaoDong=王^小東="],
    ["PS3.5 J.3", ["GB18030"], "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=", "Wang^XiaoDong=王^小东="],
    ["PS3.5 J.4", ["GBK"], "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=", "Wang^XiaoDong=王^小东="],
    [
      "PS3.5 K.2",
      ["", "ISO 2022 IR 58"],
      "Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab=",
      "Zhang^XiaoDong=张^小东=",
    ],
    ["JIS X 0212 row 16 cell 1 is U+4E02", ["", "ISO 2022 IR 159"], "\x1b$(D\x30\x21\x1b(B", "丂"],
    [
      "two single-byte sets",
      ["ISO 2022 IR 100", "ISO 2022 IR 144"],
      "Buc^J\xe9r\xf4me\\\x1b-L\xbb\xee",
      "Buc^Jérôme\\Лю",
    ],
  ] as const)("decodes %s", (...[, terms, text, expected]) => {
    expect(decode(terms, text)).toBe(expected);
  });

  // Code charts of ISO 8859-2 to -15: the same byte, another character.
  it.each([
    ["ISO_IR 100", "\xe6", "æ"],
    ["ISO_IR 101", "\xe6", "ć"],
    ["ISO_IR 109", "\xe6", "ĉ"],
    ["ISO_IR 110", "\xe7", "į"],
    ["ISO_IR 126", "\xe6", "ζ"],
    ["ISO_IR 127", "\xe6", "ن"],
    ["ISO_IR 138", "\xe6", "ז"],
    ["ISO_IR 144", "\xe6", "ц"],
    ["ISO_IR 148", "\xf0", "ğ"],
    ["ISO_IR 166", "\xe6", "ๆ"],
    ["ISO_IR 203", "\xa4", "€"],
    ["ISO_IR 13", "\xb1", "ｱ"],
  ])("decodes %s", (term, text, expected) => {
    expect(decode([term], text)).toBe(expected);
  });

  it("reads bytes over 127 as Latin-1 where nothing is said, and as unknown under an unknown term", () => {
    expect(decode([], "J\xe9r\xf4me")).toBe("Jérôme");
    expect(decode(["ISO_IR 999"], "J\xe9r\xf4me")).toBe("J\ufffdr\ufffdme");
    expect(decode(["ISO-IR 100"], "J\xe9r\xf4me")).toBe("Jérôme");
  });
});

/** PatientName of each file: the decoded bytes of charset_files/FileInfo.txt, from PS3.5 annexes H to J. */
const names: Readonly<Record<string, string>> = {
  "chrArab.dcm": "قباني^لنزار",
  "chrFren.dcm": "Buc^Jérôme",
  "chrFrenMulti.dcm": "Buc^Jérôme",
  "chrGerm.dcm": "Äneas^Rüdiger",
  "chrGreek.dcm": "Διονυσιος",
  "chrH31.dcm": "Yamada^Tarou=山田^太郎=やまだ^たろう",
  "chrH32.dcm": "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
  "chrHbrw.dcm": "שרון^דבורה",
  "chrI2.dcm": "Hong^Gildong=洪^吉洞=홍^길동",
  "chrRuss.dcm": "Люкceмбypг",
  "chrX1.dcm": "Wang^XiaoDong=王^小東",
  "chrX2.dcm": "Wang^XiaoDong=王^小东",
};

function nameIn(dataSet: DataSet): string {
  const value = dataSet["00100010"]?.Value?.[0];
  return typeof value === "object" && value !== null ? Object.values(value).join("=") : "";
}

describeWithSharedData("character sets of real files", "7-conformance/pydicom-charsets/charset_files", (folder) => {
  async function dataSetOfFile(name: string): Promise<DataSet> {
    const bytes = await readFile(join(folder, name));
    return (await readPart10(bytesSource(name, bytes), { until: "end" })).dataSet;
  }

  it.each(Object.entries(names))("reads the name in %s", async (file, name) => {
    expect(nameIn(await dataSetOfFile(file))).toBe(name);
  });

  it("reads an item in its own character set, else in its parent's (FileInfo.txt)", async () => {
    for (const file of ["chrSQEncoding.dcm", "chrSQEncoding1.dcm"]) {
      const dataSet = await dataSetOfFile(file);
      const item = dataSet["00321064"]?.Value?.[0];
      expect(nameIn(item as DataSet)).toBe("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
    }
  });
});
