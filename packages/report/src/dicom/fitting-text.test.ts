import { expect, test } from "vitest";
import { fittingText } from "./fitting-text.ts";

test("64 bytes fit, and no character is cut in two", () => {
  expect(fittingText("a".repeat(64))).toBe("a".repeat(64));
  expect(fittingText("a".repeat(65))).toBe("a".repeat(64));
  // é is two bytes in UTF-8, the heart four (two UTF-16 units).
  expect(fittingText("é".repeat(40))).toBe("é".repeat(32));
  expect(fittingText(`${"a".repeat(61)}🫀`)).toBe("a".repeat(61));
  expect(fittingText(`${"a".repeat(60)}🫀`)).toBe(`${"a".repeat(60)}🫀`);
  // A value ends where it is cut, not with the space before it.
  expect(fittingText(`${"a".repeat(63)} bc`)).toBe("a".repeat(63));
});
