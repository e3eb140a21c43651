import { dataSetOf, toDicomJson } from "@etalon/dicom";
import { describe, expect, it } from "vitest";
import { elementAtPath, withAbsoluteUris } from "./bulk-data-uri.ts";

const left = { vr: "OW", bulk: { offset: 1000, length: 70_000 } };
const icon = { vr: "SQ", Value: [{ "7FE00010": { vr: "OB", bulk: { offset: 90, length: 20 } } }] };
const url = "http://host/studies/1/series/2/instances/3";

const written = (dataSet: Parameters<typeof toDicomJson>[0], version?: string): unknown =>
  JSON.parse(withAbsoluteUris(JSON.stringify(toDicomJson(dataSet)), url, version));

describe("withAbsoluteUris", () => {
  it("names pixels, whose text is not read, and everything else in the same way", () => {
    const pixels = { ...dataSetOf({ PatientName: "A^B" }), "7FE00010": left };
    const expected = { vr: "OW", BulkDataURI: `${url}/bulkdata/7FE00010` };
    expect(written(pixels)).toEqual({ "00100010": { vr: "PN", Value: [{ Alphabetic: "A^B" }] }, "7FE00010": expected });
    const padding = { FFFCFFFC: { vr: "OB", bytes: Uint8Array.of(1, 2) } };
    expect(written({ ...pixels, ...padding })).toMatchObject({
      "7FE00010": expected,
      FFFCFFFC: { InlineBinary: "AQI=" },
    });
    // An element of text behind the pixels makes all be read.
    expect(written({ ...pixels, FFFD0010: { vr: "LO", Value: ["X"] } })).toMatchObject({ "7FE00010": expected });
    expect(written(pixels, "ab")).toMatchObject({
      "7FE00010": { BulkDataURI: `${url}/bulkdata/7FE00010?etalon-version=ab` },
    });
  });

  it("names values in sequences by their items", () => {
    for (const dataSet of [{ "00880200": icon }, { "00880200": icon, "7FE00010": left }]) {
      expect(written(dataSet)).toMatchObject({
        "00880200": { Value: [{ "7FE00010": { BulkDataURI: `${url}/bulkdata/00880200/0/7FE00010` } }] },
      });
    }
  });

  it("is not misled by texts that look like JSON", () => {
    const text = '"7FE00010":{"vr":"OW","BulkDataURI":"#offset=1&length=2"}}';
    const dataSet = { "00104000": { vr: "LT", Value: [text] } };
    expect(written(dataSet)).toEqual(dataSet);
  });
});

it("finds elements by their paths", () => {
  const dataSet = { "00880200": icon, "7FE00010": left };
  expect(elementAtPath(dataSet, "7fe00010")).toEqual(left);
  expect(elementAtPath(dataSet, "00880200/0/7FE00010")).toEqual(icon.Value[0]?.["7FE00010"]);
  for (const path of ["", "00880200/1/7FE00010", "00880200/0", "7FE00010/0/7FE00010", "constructor"])
    expect(elementAtPath(dataSet, path)?.bulk).toBeUndefined();
});
