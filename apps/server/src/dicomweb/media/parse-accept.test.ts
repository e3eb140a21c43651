import { EtalonError } from "@etalon/base";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAccept, takes } from "./parse-accept.ts";

describe("parseAccept", () => {
  it("takes everything where nothing is said", () => {
    expect(parseAccept(undefined)).toEqual([{ isMultipart: false, mediaType: "*/*", quality: 1 }]);
  });

  it("reads parts' types and transfer syntaxes, with and without quotes", () => {
    expect(parseAccept('multipart/related; type="application/dicom"; transfer-syntax=*')).toEqual([
      { isMultipart: true, mediaType: "application/dicom", transferSyntaxUid: "*", quality: 1 },
    ]);
    expect(parseAccept("Multipart/Related;type=image/JLS;transfer-syntax=1.2.840.10008.1.2.4.80;q=0.5")).toEqual([
      { isMultipart: true, mediaType: "image/jls", transferSyntaxUid: "1.2.840.10008.1.2.4.80", quality: 0.5 },
    ]);
  });

  it("puts higher qualities first, then specific ranges, then the order written; quality 0 is out", () => {
    const types = parseAccept("*/*, image/png;q=0.2, image/*, a/b;q=0, image/jpeg, image/jls").map(
      (range) => range.mediaType,
    );
    expect(types).toEqual(["image/jpeg", "image/jls", "image/*", "*/*", "image/png"]);
  });

  it("prefers the query parameter, which a link can carry", () => {
    expect(parseAccept("text/html", "image/png").map((range) => range.mediaType)).toEqual(["image/png"]);
  });

  it.each(["image", "image/png;q=2", "image/png;q=x", "image/png;quality", `a/b;c="${"x".repeat(20_000)}"`])(
    "refuses %s",
    (text) => {
      expect(() => parseAccept(text)).toThrow(EtalonError);
    },
  );

  it("reads or refuses whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "/", "*", ";", ",", "=", '"', "\\", "q", "1", " ", "é") }),
        (text) => {
          try {
            parseAccept(text);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(EtalonError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

it("takes by wildcard", () => {
  const [image] = parseAccept("image/*");
  expect(image !== undefined && [takes(image, "image/png"), takes(image, "application/dicom")]).toEqual([true, false]);
});
