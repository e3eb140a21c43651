import { expect, it } from "vitest";
import { syntheticUid } from "./synthetic-uid.ts";

it("writes a version 8 UUID below 2.25, within the 64 characters of PS3.5 section 9.1", () => {
  for (const identity of ["", "a", "thorax/series", "x".repeat(1000)]) {
    const uid = syntheticUid(identity);
    expect(uid).toMatch(/^2\.25\.(0|[1-9][0-9]*)$/);
    expect(uid.length).toBeLessThanOrEqual(44);
    const uuid = BigInt(uid.slice("2.25.".length)).toString(16).padStart(32, "0");
    // RFC 9562 section 4: the version is hexadecimal digit 12, the variant the two high bits of digit 16.
    expect(uuid).toMatch(/^[0-9a-f]{12}8[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  }
});

it("is the same for the same identity only", () => {
  expect(syntheticUid("a")).toBe(syntheticUid("a"));
  expect(new Set(["a", "b", "a ", "A"].map(syntheticUid)).size).toBe(4);
  // SHA-256("abc") begins ba7816bf 8f01cfea 414140de 5dae2223 (FIPS 180-4): version and variant put in by hand.
  expect(syntheticUid("abc")).toBe(`2.25.${BigInt("0xba7816bf8f018fea814140de5dae2223")}`);
});
