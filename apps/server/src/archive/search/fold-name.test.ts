import fc from "fast-check";
import { expect, test } from "vitest";
import { foldName } from "./fold-name.ts";

test.each([
  ["Lefèvre^Jean-Noël^^", "LEFEVRE JEAN-NOEL"],
  ["  o'neil ^ anne  marie ", "O'NEIL ANNE MARIE"],
  ["Ærøskøbing^Łukasz", "AEROSKOBING LUKASZ"],
  ["Strauß^Franz", "STRAUSS FRANZ"],
  ["Yamada^Tarou=山田^太郎=やまだ^たろう", "YAMADA TAROU=山田 太郎=やまだ たろう"],
  ["Люксембург", "ЛЮКСЕМБУРГ"],
  // Voicing marks of kana are letters, not accents.
  ["ガ", "ガ"],
  ["=山田", "=山田"],
  ["^^", ""],
])("%s is matched as %s", (name, folded) => {
  expect(foldName(name)).toBe(folded);
});

test("folding a folded name changes nothing", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (name) => foldName(foldName(name)) === foldName(name)));
});
