import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSha256 as createInPage } from "./sha256.browser.ts";
import { createSha256 as createInNode } from "./sha256.node.ts";
import { createSha256, sha256Hex } from "./sha256.ts";

const utf8 = new TextEncoder();

/** NIST, "Examples with Intermediate Values" for SHA-256 (FIPS 180-4), and the SHAVS vector of length 0. */
const published = [
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
] as const;

/** NIST: one million repetitions of "a". */
const millionTimesA = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

describe.each([
  ["sha256.node.ts", createInNode],
  ["sha256.browser.ts", createInPage],
  ["sha256.ts", createSha256],
])("%s", (_, create) => {
  test.each(published)("the published digest of %j", (text, digest) => {
    const hash = create();
    hash.update(utf8.encode(text));
    expect(hash.digestHex()).toBe(digest);
  });

  test("the published digest of a million times a, in uneven pieces", () => {
    const bytes = new Uint8Array(1_000_000).fill("a".charCodeAt(0));
    const hash = create();
    // 977 is prime: the pieces never fall on the 64-byte blocks of the algorithm.
    for (let offset = 0; offset < bytes.length; offset += 977) hash.update(bytes.subarray(offset, offset + 977));
    expect(hash.digestHex()).toBe(millionTimesA);
  });

  test("the digest does not depend on how the bytes are cut", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
        const hash = create();
        hash.update(bytes.subarray(0, cut));
        hash.update(bytes.subarray(cut));
        expect(hash.digestHex()).toBe(sha256Hex(bytes));
      }),
    );
  });
});

test("a text is hashed in its UTF-8 form", () => {
  expect(sha256Hex("é")).toBe(sha256Hex(new Uint8Array([0xc3, 0xa9])));
});
