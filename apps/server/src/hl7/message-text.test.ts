import { describe, expect, test } from "vitest";
import { encodeMessageText, readMessageText } from "./message-text.ts";

const header = (characterSet: string): string => `MSH|^~\\&|||||||ORM^O01|1|P|2.5||||||${characterSet}\rPID|||1||`;

describe("a name in the character set of MSH-18", () => {
  test.each([
    ["8859/1", [0xc9], "É"],
    // ISO/IEC 8859-15 has "Œ" at BC and "€" at A4, where 8859-1 has "¼" and "¤".
    ["8859/15", [0xbc, 0xa4], "Œ€"],
    ["8859/1", [0xbc, 0xa4], "¼¤"],
    ["UNICODE UTF-8", [0xc3, 0x89, 0xe5, 0xb0, 0x8f], "É小"],
    ["unicode utf-8", [0xc3, 0x89], "É"],
    // Of several sets the first is the one that the message begins in (HL7 v2.5 section 2.15.9.18).
    ["8859/1~UNICODE UTF-8", [0xc9], "É"],
    ["", [0x41], "A"],
  ])("%s", (characterSet, bytes, name) => {
    const { text } = readMessageText(Buffer.concat([Buffer.from(header(characterSet)), Buffer.from(bytes)]));
    expect(text).toBe(`${header(characterSet)}${name}`);
  });

  test.each([
    ["", [0xc9]],
    ["ASCII", [0xc3, 0x89]],
    ["UNICODE UTF-8", [0xc9]],
    ["UNICODE UTF-16", [0x41]],
    ["ISO IR87", [0x41]],
  ])("%s is refused where it does not fit or is not known", (characterSet, bytes) => {
    expect(() => readMessageText(Buffer.concat([Buffer.from(header(characterSet)), Buffer.from(bytes)]))).toThrow(
      expect.objectContaining({ code: "hl7-refused", acknowledgment: "AR", location: "MSH-18" }),
    );
  });
});

test("an answer is written in the set, and letters that it lacks as ?", () => {
  expect([...encodeMessageText("Aé小", "8859/1")]).toEqual([0x41, 0xe9, 0x3f]);
  expect([...encodeMessageText("é", "UNICODE UTF-8")]).toEqual([0xc3, 0xa9]);
  expect([...encodeMessageText("é", "")]).toEqual([0x3f]);
});
