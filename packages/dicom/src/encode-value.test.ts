import fc from "fast-check";
import { expect, test } from "vitest";
import type { Element } from "./data-set.ts";
import { encodeAscii } from "./encode-text.ts";
import { encodeValue } from "./encode-value.ts";

const encoded = (element: Element): Uint8Array => encodeValue(element, encodeAscii, "Field");
const textOf = (element: Element): string => new TextDecoder().decode(encoded(element));
const bytesOf = (vr: string, ...Value: NonNullable<Element["Value"]>): readonly number[] => [...encoded({ vr, Value })];

test("numbers are written little endian, one after the other", () => {
  expect(bytesOf("US", 0x0102, 0xffff)).toEqual([2, 1, 255, 255]);
  expect(bytesOf("SS", -2)).toEqual([254, 255]);
  expect(bytesOf("UL", 0x01020304)).toEqual([4, 3, 2, 1]);
  expect(bytesOf("SL", -1)).toEqual([255, 255, 255, 255]);
  expect(bytesOf("UV", 2n ** 64n - 2n)).toEqual([254, 255, 255, 255, 255, 255, 255, 255]);
  expect(bytesOf("SV", -2)).toEqual([254, 255, 255, 255, 255, 255, 255, 255]);
  // IEEE 754: 1.5 is 3FC00000 and 3FF8000000000000.
  expect(bytesOf("FL", 1.5)).toEqual([0, 0, 0xc0, 0x3f]);
  expect(bytesOf("FD", 1.5)).toEqual([0, 0, 0, 0, 0, 0, 0xf8, 0x3f]);
  // A tag is two words, group first (PS3.5 section 6.2).
  expect(bytesOf("AT", "00280010")).toEqual([0x28, 0, 0x10, 0]);
});

test.each<[string, NonNullable<Element["Value"]>[number]]>([
  ["US", 65_536],
  ["US", -1],
  ["US", 1.5],
  ["SS", 32_768],
  ["UL", 2 ** 32],
  ["SL", -(2 ** 31) - 1],
  ["UV", -1n],
  ["UV", 1.5],
  ["SV", 2n ** 63n],
  ["SV", "1"],
  ["FL", "1"],
  ["AT", 0x28],
  ["AT", "0028"],
  ["IS", 1.5],
  ["DS", Number.NaN],
  ["LO", 1],
  ["LO", "a\\b"],
  ["LO", { Alphabetic: "A" }],
  ["OB", "a"],
  ["XX", "a"],
])("%s holds no %s", (vr, value) => {
  expect(() => encoded({ vr, Value: [value] })).toThrow(
    expect.objectContaining({ code: "wrong-type", field: "Field" }),
  );
});

test("text is padded to an even length with a space, UIDs and bytes with a zero", () => {
  expect(textOf({ vr: "LO", Value: ["abc"] })).toBe("abc ");
  expect(textOf({ vr: "LO", Value: ["ab", null, "c"] })).toBe("ab\\\\c ");
  expect(textOf({ vr: "UI", Value: ["1.2"] })).toBe("1.2\0");
  expect([...encoded({ vr: "OB", bytes: Uint8Array.of(1, 2, 3) })]).toEqual([1, 2, 3, 0]);
  expect(encoded({ vr: "LO" })).toHaveLength(0);
});

test("a text of one value may hold a backslash", () => {
  expect(textOf({ vr: "LT", Value: ["a\\b "] })).toBe("a\\b ");
});

test("a name has its groups up to the last that is there", () => {
  expect(textOf({ vr: "PN", Value: [{ Alphabetic: "A^B", Phonetic: "C" }] })).toBe("A^B==C");
  expect(textOf({ vr: "PN", Value: [{ Alphabetic: "AB" }, null] })).toBe("AB\\ ");
});

test("a value that was left in its file is not written as nothing", () => {
  const left = { vr: "OW", bulk: { offset: 0, length: 2 } };
  expect(() => encoded(left)).toThrow(expect.objectContaining({ code: "missing-value" }));
});

test("any decimal fits its 16 characters, and is as near as they let it be", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = textOf({ vr: "DS", Value: [value] }).trim();
      expect(text.length).toBeLessThanOrEqual(16);
      // PS3.5 table 6.2-1: digits, signs, E and a point.
      expect(text).toMatch(/^[-+.\deE]+$/);
      // Sign, point, "e-308" leave nine digits at least: half a unit of the ninth.
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 5e-9);
    }),
    { examples: [[Number.MAX_VALUE], [-Number.MAX_VALUE], [-1.234567890123e-300], [1 / 3], [-999999999999999.5]] },
  );
});

test("a decimal that fits is written as it is", () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(1, 10, 100, 1000), (whole, parts) => {
      const value = whole / parts;
      expect(Number(textOf({ vr: "DS", Value: [value] }))).toBe(value);
    }),
  );
});
