import { describe, expect, it } from "vitest";
import type { DataSet } from "./data-set.ts";
import { dataSetOf } from "./data-set-of.ts";
import { fromDicomJson, toDicomJson } from "./dicom-json.ts";

const dataSet: DataSet = {
  ...dataSetOf({
    PatientName: "Wang^XiaoDong=王^小东",
    Rows: 512,
    PixelSpacing: [0.5, "0,5"],
    ImageType: ["ORIGINAL", null],
    PatientID: null,
    ReferencedImageSequence: [{ ReferencedSOPInstanceUID: "1.2" }, {}],
  }),
  "00091001": { vr: "UN", bytes: Uint8Array.of(1, 2, 3, 255) },
  "0018602C": { vr: "FD", Value: [Number.NaN, Number.NEGATIVE_INFINITY, 0.1] },
  "7FE00003": { vr: "UV", Value: [2n ** 60n, 7] },
  "7FE00010": { vr: "OW", bulk: { offset: 1000, length: 524288 } },
};

describe("toDicomJson", () => {
  it("writes the forms of PS3.18 annex F.2", () => {
    expect(toDicomJson(dataSet)).toEqual({
      "00080008": { vr: "CS", Value: ["ORIGINAL", null] },
      "00081140": { vr: "SQ", Value: [{ "00081155": { vr: "UI", Value: ["1.2"] } }, {}] },
      "00091001": { vr: "UN", InlineBinary: "AQID/w==" },
      "00100010": { vr: "PN", Value: [{ Alphabetic: "Wang^XiaoDong", Ideographic: "王^小东" }] },
      "00100020": { vr: "LO" },
      "0018602C": { vr: "FD", Value: ["NaN", "-inf", 0.1] },
      "00280010": { vr: "US", Value: [512] },
      "00280030": { vr: "DS", Value: [0.5, "0,5"] },
      "7FE00003": { vr: "UV", Value: ["1152921504606846976", 7] },
      "7FE00010": { vr: "OW", BulkDataURI: "#offset=1000&length=524288" },
    });
  });

  it("comes back by fromDicomJson through JSON text", () => {
    expect(fromDicomJson(JSON.parse(JSON.stringify(toDicomJson(dataSet))))).toEqual(dataSet);
  });

  it("writes bytes of any number in base64", () => {
    const bytes = Uint8Array.from({ length: 70_001 }, (_, i) => (i * 31) % 256);
    expect(toDicomJson({ "00091001": { vr: "UN", bytes } })).toEqual({
      "00091001": { vr: "UN", InlineBinary: Buffer.from(bytes).toString("base64") },
    });
  });
});

describe("fromDicomJson", () => {
  it.each([
    ["a list", []],
    ["a keyword for a tag", { Rows: { vr: "US", Value: [1] } }],
    ["an element without VR", { "00280010": { Value: [1] } }],
    ["a value outside its list", { "00280010": { vr: "US", Value: 1 } }],
    ["no base64", { "00091001": { vr: "UN", InlineBinary: "*" } }],
    ["another's bulk data", { "7FE00010": { vr: "OW", BulkDataURI: "https://archive/1" } }],
  ])("refuses %s", (_, json) => {
    expect(() => fromDicomJson(json)).toThrow(expect.objectContaining({ code: "wrong-type" }));
  });
});
