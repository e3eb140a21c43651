import { EtalonError } from "@etalon/base";
import { describe, expect, it } from "vitest";
import { parseRange } from "./byte-range.ts";

describe("parseRange of 10 bytes (RFC 9110 section 14.1.2)", () => {
  it.each([
    ["bytes=0-3", { offset: 0, length: 4 }],
    ["bytes=8-", { offset: 8, length: 2 }],
    ["bytes=8-100", { offset: 8, length: 2 }],
    ["bytes=-3", { offset: 7, length: 3 }],
    ["bytes=-30", { offset: 0, length: 10 }],
    ["bytes=3-1", undefined],
    ["bytes=0-1,3-4", undefined],
    ["lines=0-1", undefined],
    ["bytes=-", undefined],
    [undefined, undefined],
  ])("%s", (field, range) => {
    expect(parseRange(field, 10)).toEqual(range);
  });

  it.each(["bytes=10-", "bytes=-0", "bytes=999999999999999-"])("refuses %s", (field) => {
    expect(() => parseRange(field, 10)).toThrow(EtalonError);
  });
});
