import { expect, test } from "vitest";
import { coverageOfAll, coverageOfFace, drawableText } from "./drawable-text.ts";

/** 65 skipped, 26 covered (A to Z), 6 skipped, 26 covered (a to z), and E with an acute accent. */
const latin = coverageOfFace({ info: [{ coverage: [65, 26, 6, 26, 201 - 123, 1] }] });

test("runs are skipped and covered in turn", () => {
  expect([..."AZazÉ"].every((letter) => latin.has(letter.codePointAt(0) ?? 0))).toBe(true);
  expect([..."@[`{é"].some((sign) => latin.has(sign.codePointAt(0) ?? 0))).toBe(false);
});

test("what no face draws is written out; letters are composed first", () => {
  // E and a combining acute accent are one letter, U+00C9.
  expect(drawableText("E\u0301tA\n\u5C71\u{1F600}", latin)).toBe("ÉtA\n[U+5C71][U+1F600]");
});

test("a text is drawn by every face or by none", () => {
  const capitals = coverageOfFace({ info: [{ coverage: [65, 26] }] });
  expect(drawableText("Ab", coverageOfAll([latin, capitals]))).toBe("A[U+0062]");
});

test.each([undefined, {}, { info: [] }, { info: [{ coverage: ["65"] }] }])("%o says no coverage", (told) => {
  expect(() => coverageOfFace(told)).toThrowError(expect.objectContaining({ code: "report-not-composed" }));
});
