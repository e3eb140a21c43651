import { EtalonError } from "@etalon/base";
import { describe, expect, it } from "vitest";
import { parseRenderQuery } from "./render-query.ts";

describe("parseRenderQuery (PS3.18 section 8.3.5)", () => {
  it("reads all it knows, and says what is not drawn", () => {
    const query = {
      window: "40,400,linear-exact",
      viewport: "100,50,,,-20",
      quality: "70",
      annotation: "patient",
      iccprofile: "srgb",
    };
    expect(parseRenderQuery(query)).toEqual({
      window: { center: 40, width: 400, shape: "LINEAR_EXACT" },
      viewport: { width: 100, height: 50, source: { x: 0, y: 0, width: -20 } },
      quality: 70,
      ignored: ["annotation", "iccprofile"],
    });
    expect(parseRenderQuery({})).toEqual({ quality: 90, ignored: [] });
  });

  it.each([
    { window: "40" },
    { window: "40,0" },
    { window: "40,0.5,linear" },
    { window: "a,b" },
    { window: "40,400,cubic" },
    { window: "1e999,400" },
    { viewport: "100" },
    { viewport: "0,100" },
    { viewport: "100,9000" },
    { viewport: "1,1,-5" },
    { viewport: "1,1,0,0,0,1" },
    { viewport: "1,1,1,1,1,1,1" },
    { quality: "0" },
    { quality: "101" },
    { quality: "50.5" },
  ])("refuses %j", (query) => {
    expect(() => parseRenderQuery(query)).toThrow(EtalonError);
  });
});
