import { expect, it } from "vitest";
import { readableName } from "./readable-name.ts";

it.each([
  [{ Alphabetic: "Lefèvre-Desnoyers^Anne-Françoise Gaëlle" }, "Anne-Françoise Gaëlle Lefèvre-Desnoyers"],
  // PS3.5 section 6.2.1.1, examples.
  [{ Alphabetic: "Adams^John Robert Quincy^^Rev.^B.A. M.Div." }, "Rev. John Robert Quincy Adams B.A. M.Div."],
  [
    { Alphabetic: "Morrison-Jones^Susan^^^Ph.D., Chief Executive Officer" },
    "Susan Morrison-Jones Ph.D., Chief Executive Officer",
  ],
  [{ Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎", Phonetic: "やまだ^たろう" }, "Tarou Yamada (山田 太郎)"],
  [{ Ideographic: "山田^太郎" }, "山田 太郎"],
  [{ Phonetic: "やまだ^たろう" }, "やまだ たろう"],
  [{ Alphabetic: "DUPONT" }, "DUPONT"],
  [{}, ""],
])("%o reads %s", (name, shown) => {
  expect(readableName(name)).toBe(shown);
});
