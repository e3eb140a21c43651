import { EtalonError } from "@etalon/base";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import type { DataSet, Element } from "./data-set.ts";
import { dataSetOf } from "./data-set-of.ts";
import { readPart10 } from "./read-part10.ts";
import { writePart10 } from "./write-part10.ts";

const explicit = "1.2.840.10008.1.2.1";
const implicit = "1.2.840.10008.1.2";

const identity = { SOPClassUID: "1.2.840.10008.5.1.4.1.1.2", SOPInstanceUID: "1.2.3" };

async function readBack(dataSet: DataSet, transferSyntaxUid: typeof explicit | typeof implicit): Promise<DataSet> {
  const bytes = writePart10(dataSet, { transferSyntaxUid });
  return (await readPart10(bytesSource("written", bytes), { until: "end" })).dataSet;
}

const asciiText = fc
  .string({ unit: fc.constantFrom(..."ABCdef 019-^.".split("")), minLength: 1, maxLength: 12 })
  .map((text) => text.trim())
  .filter((text) => text.length > 0);
const uid = fc.array(fc.nat(999), { minLength: 2, maxLength: 6 }).map((parts) => parts.join("."));

/** Elements whose VR the dictionary knows, so that implicit VR reads them back alike. */
const elements = fc.record(
  {
    "00080008": fc.array(asciiText, { minLength: 1, maxLength: 4 }).map((Value): Element => ({ vr: "CS", Value })),
    "00081030": fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .map((text) => text.replace(/[\\\s\0]/g, ""))
      .filter((text) => text.length > 0)
      .map((text): Element => ({ vr: "LO", Value: [text] })),
    "00100010": asciiText.map((text): Element => ({ vr: "PN", Value: [{ Alphabetic: text.replace(/=/g, "") }] })),
    "00180050": fc.integer({ min: -99999, max: 99999 }).map((n): Element => ({ vr: "DS", Value: [n / 64] })),
    "0020000D": uid.map((text): Element => ({ vr: "UI", Value: [text] })),
    "00200013": fc.integer().map((n): Element => ({ vr: "IS", Value: [n] })),
    "00280009": fc.constant<Element>({ vr: "AT", Value: ["00181063"] }),
    "00280010": fc.integer({ min: 0, max: 65535 }).map((n): Element => ({ vr: "US", Value: [n] })),
    "00189087": fc.double({ noNaN: true }).map((n): Element => ({ vr: "FD", Value: [n] })),
    "00091001": fc
      .uint8Array({ minLength: 2, maxLength: 8 })
      .map((bytes): Element => ({ vr: "UN", bytes: bytes.subarray(0, bytes.length - (bytes.length % 2)) })),
    "20100010": fc.constant<Element>({ vr: "ST", Value: ["STANDARD\\1,1"] }),
  },
  { requiredKeys: [] },
);

const dataSets = fc.tuple(elements, fc.array(elements, { maxLength: 3 })).map(
  ([root, items]): DataSet => ({
    ...dataSetOf({ ...identity, SpecificCharacterSet: "ISO_IR 192" }),
    ...root,
    "00081140": items.length === 0 ? { vr: "SQ" } : { vr: "SQ", Value: items },
  }),
);

describe("writePart10", () => {
  it.each([explicit, implicit] as const)("writes what readPart10 reads back (%s)", async (syntax) => {
    await fc.assert(
      fc.asyncProperty(dataSets, async (dataSet) => {
        expect(await readBack(dataSet, syntax)).toEqual(dataSet);
      }),
      { seed: 20_261_122 },
    );
  });

  it("writes the file meta information of PS3.10 table 7.1-1, its length included", async () => {
    const bytes = writePart10(dataSetOf(identity), { transferSyntaxUid: explicit });
    const { meta, dataSetOffset } = await readPart10(bytesSource("written", bytes), { until: "end" });
    expect(Object.keys(meta).sort()).toEqual([
      "00020000",
      "00020001",
      "00020002",
      "00020003",
      "00020010",
      "00020012",
      "00020013",
    ]);
    // Preamble 128, prefix 4, group length element 12.
    expect(meta["00020000"]?.Value).toEqual([dataSetOffset - 144]);
  });

  it("writes accents in Latin-1 and UTF-8 and refuses them where the data set says neither", async () => {
    for (const SpecificCharacterSet of ["ISO_IR 100", "ISO_IR 192"]) {
      const dataSet = dataSetOf({ ...identity, SpecificCharacterSet, PatientName: "Étalon^Zoé" });
      expect((await readBack(dataSet, explicit))["00100010"]).toEqual({
        vr: "PN",
        Value: [{ Alphabetic: "Étalon^Zoé" }],
      });
    }
    const silent = dataSetOf({ ...identity, PatientName: "Étalon^Zoé" });
    expect(() => writePart10(silent, { transferSyntaxUid: explicit })).toThrow(EtalonError);
  });

  it("writes a value over 65534 bytes of a short VR as UN, and reads it back with its own VR", async () => {
    const Value = Array.from({ length: 40_000 }, (_, i) => i);
    const dataSet: DataSet = {
      ...dataSetOf(identity),
      "00281201": { vr: "OW", bytes: new Uint8Array(4) },
      "00189345": { vr: "FD", Value },
    };
    expect((await readBack(dataSet, explicit))["00189345"]).toEqual({ vr: "FD", Value });
  });

  it("refuses a data set without SOP Instance UID", () => {
    expect(() => writePart10(dataSetOf({ Rows: 1 }), { transferSyntaxUid: explicit })).toThrow(
      expect.objectContaining({ code: "missing-value" }),
    );
  });
});
