import { EtalonError } from "@etalon/base";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxResults, parseQido } from "./parse-qido.ts";

const studies = { level: "study" } as const;

function codeOf(query: string): string {
  try {
    parseQido(query, studies);
    return "none";
  } catch (thrown) {
    if (thrown instanceof EtalonError) return thrown.code;
    throw thrown;
  }
}

describe("attributes", () => {
  test.each([
    ["PatientName=Doe", "00100010", "Doe"],
    ["00100010=Doe", "00100010", "Doe"],
    ["0020000d=1.2", "0020000D", "1.2"],
    ["RequestAttributesSequence.ScheduledProcedureStepID=7", "00400275.00400009", "7"],
    ["00400275.00400009=7", "00400275.00400009", "7"],
    ["00400275.ScheduledProcedureStepID=7", "00400275.00400009", "7"],
    ["00091001=x", "00091001", "x"],
    ["PatientName", "00100010", ""],
    ["PatientName=", "00100010", ""],
    ["PatientName=a=b", "00100010", "a=b"],
    ["PatientName=Lef%C3%A8vre%5EJean+No%C3%ABl%2B", "00100010", "Lefèvre^Jean Noël+"],
    ["Patient%4Eame=x", "00100010", "x"],
    ["StudyInstanceUID=1.2&StudyInstanceUID=1.3", "0020000D", "1.2,1.3"],
  ])("%s", (query, path, value) => {
    const parsed = parseQido(query, studies);
    expect(parsed.query.keys).toEqual([{ path, value }]);
    expect(parsed.warnings).toEqual([]);
  });

  test("a name that is none is ignored, and said", () => {
    for (const name of ["patientname", "Patient%20Name", "0010001", "PatientName.", "constructor", "Limit", "a.b"]) {
      const { query, warnings } = parseQido(`${name}=x`, studies);
      expect(query.keys).toEqual([]);
      expect(warnings).toHaveLength(1);
    }
  });

  test("one that is asked twice is no query, unless it takes a list", () => {
    expect(codeOf("PatientID=1&PatientID=2")).toBe("malformed-query");
    expect(codeOf("PatientID=1&00100020=2")).toBe("malformed-query");
    expect(codeOf("ModalitiesInStudy=CT&ModalitiesInStudy=MR")).toBe("none");
  });

  test("a hundred at most", () => {
    const keys = (count: number) =>
      Array.from({ length: count }, (_, at) => `0009${(0x1000 + at).toString(16)}=x`).join("&");
    expect(codeOf(keys(100))).toBe("none");
    expect(codeOf(keys(101))).toBe("malformed-query");
  });
});

describe("parameters", () => {
  test("their defaults", () => {
    expect(parseQido("", studies).query).toEqual({
      level: "study",
      keys: [],
      includeFields: [],
      isFuzzy: false,
      isEmptyValueMatching: false,
      isMultipleValueMatching: false,
      isCombinedDateTime: true,
      limit: maxResults,
      offset: 0,
      parents: [],
    });
  });

  test.each([
    ["limit=5", { limit: 5 }],
    ["limit=0", { limit: 0 }],
    [`limit=${maxResults + 1}`, { limit: maxResults }],
    ["offset=9007199254740991", { offset: Number.MAX_SAFE_INTEGER }],
    ["fuzzymatching=true", { isFuzzy: true }],
    ["fuzzymatching=FALSE", { isFuzzy: false }],
    ["emptyvaluematching=true", { isEmptyValueMatching: true }],
    ["multiplevaluematching=true", { isMultipleValueMatching: true }],
    ["includefield=PatientAge", { includeFields: ["00101010"] }],
    [
      "includefield=PatientAge,00101020&includefield=0010103%30",
      { includeFields: ["00101010", "00101020", "00101030"] },
    ],
    ["includefield=00081032.00080100", { includeFields: ["00081032.00080100"] }],
    ["includefield=all", { includeFields: "all" }],
    ["accept=application/dicom%2Bjson&charset=utf-8", { keys: [] }],
  ])("%s", (query, expected) => {
    const parsed = parseQido(query, studies);
    expect(parsed.query).toMatchObject(expected);
    expect(parsed.warnings).toEqual([]);
  });

  test.each([
    "limit=-1",
    "limit=1.5",
    "limit=ten",
    "limit=",
    "limit=99999999999999999999",
    "limit=1&limit=2",
    "offset=1e3",
    "fuzzymatching=yes",
    "emptyvaluematching=1",
    "PatientName=%ZZ",
    "PatientName=%C3%28",
    "%=1",
  ])("%s is refused", (query) => {
    expect(codeOf(query)).toBe("malformed-query");
  });

  test("an includefield that is none is said, the others are kept", () => {
    const { query, warnings } = parseQido("includefield=PatientAge,Nothing,,00101020", studies);
    expect(query.includeFields).toEqual(["00101010", "00101020"]);
    expect(warnings).toEqual(["includefield Nothing is no attribute that is known here and was ignored"]);
    expect(parseQido("includefield=all,PatientAge", studies).warnings).toHaveLength(1);
  });
});

describe("what the URL names", () => {
  const series = { level: "series", studyInstanceUid: "1.2" } as const;
  test.each([
    ["", "1.2"],
    ["StudyInstanceUID=", "1.2"],
    ["StudyInstanceUID=*", "1.2"],
    ["StudyInstanceUID=1.1,1.2", "1.2"],
    // No object has the UID "0": the URL's study is not one of those asked for.
    ["StudyInstanceUID=1.1", "0"],
  ])("%s with /studies/1.2", (query, value) => {
    expect(parseQido(query, series).query.keys).toEqual([{ path: "0020000D", value }]);
  });

  test.each([
    [{ level: "study" }, []],
    [{ level: "series" }, ["study"]],
    [{ level: "series", studyInstanceUid: "1" }, []],
    [{ level: "instance" }, ["study", "series"]],
    [{ level: "instance", studyInstanceUid: "1" }, ["series"]],
    [{ level: "instance", studyInstanceUid: "1", seriesInstanceUid: "2" }, []],
  ] as const)("levels above that %o does not name are returned", (resource, parents) => {
    expect(parseQido("", resource).query.parents).toEqual(parents);
  });
});

test("any text is a query or a typed error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(["none", "malformed-query"]).toContain(codeOf(text));
    }),
  );
});
