import { expect, it } from "vitest";
import { derivedUid } from "./derived-uid.ts";

it("is the UUID of SHA-256 with version 8 and variant 10, in decimal", () => {
  // SHA-256("") begins e3b0c442 98fc 1c14 9afb f4c8996fb924 (FIPS 180-4 test vector): 1c14 becomes 8c14, 9afb stays.
  const uuid = BigInt("0xe3b0c44298fc8c149afbf4c8996fb924");
  expect(derivedUid("")).toBe(`2.25.${uuid}`);
});

it("is the same for the same identity, and fits a UI value of 64 characters", () => {
  expect(derivedUid("a")).toBe(derivedUid("a"));
  expect(derivedUid("a")).not.toBe(derivedUid("b"));
  expect(derivedUid("a")).toMatch(/^2\.25\.[1-9]\d{30,38}$/);
});
