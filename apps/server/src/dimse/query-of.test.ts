import { type DataSet, dataSetOf, type KeywordRecord } from "@etalon/dicom";
import { DimseError, findSopClasses, moveSopClasses, type QueryRetrieveRequest } from "@etalon/dicom/network";
import { expect, it, test } from "vitest";
import { answerExtended, readExtended } from "./extended-negotiation.ts";
import { queryOf } from "./query-of.ts";
import { responseIdentifier } from "./response-identifier.ts";

const peer = {
  callingAeTitle: "WS",
  calledAeTitle: "ETALON",
  remoteAddress: "127.0.0.1",
  implementationClassUid: "1.2",
};

function request(
  level: QueryRetrieveRequest["level"],
  keys: KeywordRecord | DataSet,
  more: Partial<QueryRetrieveRequest> = {},
): QueryRetrieveRequest {
  const identifier = dataSetOf({ SpecificCharacterSet: "ISO_IR 100", ...keys });
  const model = "study-root";
  const sopClassUid = findSopClasses[model];
  return { peer, sopClassUid, model, level, identifier, signal: new AbortController().signal, ...more };
}

/** What a dispatched request throws. */
function refusalOf(asked: QueryRetrieveRequest): unknown {
  try {
    queryOf(asked);
  } catch (thrown) {
    if (thrown instanceof DimseError) return { status: thrown.status, tags: thrown.offendingElements };
    throw thrown;
  }
  return "answered";
}

it("matches on keys with a value and returns those without; what says how to ask is no key", () => {
  const sequence: DataSet[string] = {
    vr: "SQ",
    Value: [dataSetOf({ ScheduledProcedureStepID: "S1", "00401001": { vr: "SH" } })],
  };
  const { query, ignoresKeys } = queryOf(
    request("series", {
      "00080000": { vr: "UL", Value: [120] },
      "00080052": { vr: "CS", Value: ["SERIES"] },
      "00080054": { vr: "AE", Value: ["ETALON"] },
      "00080056": { vr: "CS", Value: ["ONLINE"] },
      StudyInstanceUID: "1.2",
      "0020000E": { vr: "UI", Value: ["1.2.3", "1.2.4"] },
      "00100010": { vr: "PN", Value: [{ Alphabetic: "Wang^X*", Ideographic: "王*" }] },
      SeriesNumber: 3,
      "0008103E": { vr: "LO" },
      "00081111": { vr: "SQ" },
      "00400275": sequence,
    }),
  );
  const { keys, includeFields, ...rest } = query;
  expect(new Map(keys.map(({ path, value }) => [path, value]))).toEqual(
    new Map([
      ["0020000D", "1.2"],
      ["0020000E", "1.2.3\\1.2.4"],
      ["00100010", "Wang^X*=王*"],
      ["00200011", "3"],
      ["00400275.00400009", "S1"],
    ]),
  );
  expect(new Set(includeFields)).toEqual(new Set(["0008103E", "00081111", "00400275.00401001"]));
  expect(rest).toEqual({
    level: "series",
    isFuzzy: false,
    isCombinedDateTime: false,
    isEmptyValueMatching: false,
    isMultipleValueMatching: false,
  });
  expect(ignoresKeys).toBe(false);
});

it("leaves out what has no text to match on, and says so", () => {
  const asked = queryOf(
    request("study", { StudyInstanceUID: "1.2", "00282000": { vr: "OB", bytes: Uint8Array.of(1, 2) } }),
  );
  expect(asked.query.keys.map(({ path }) => path)).toEqual(["0020000D"]);
  expect(asked.ignoresKeys).toBe(true);
});

it("matches patients on what is theirs, and ignores what is of their studies", () => {
  const asked = queryOf(
    request("patient", { PatientID: "P*", StudyDate: "2024", "00101010": { vr: "AS" } }, { model: "patient-root" }),
  );
  expect(asked.query).toMatchObject({ level: "study", keys: [{ path: "00100020", value: "P*" }], includeFields: [] });
  expect(asked.ignoresKeys).toBe(true);
});

// PS3.4 section C.4.1.2.1: one value of each unique key above the level.
test.each([
  ["study-root", "study", {}, []],
  ["study-root", "series", {}, ["0020000D"]],
  ["study-root", "series", { StudyInstanceUID: ["1.2", "1.3"] }, ["0020000D"]],
  ["study-root", "series", { StudyInstanceUID: "1.2*" }, ["0020000D"]],
  ["study-root", "image", { StudyInstanceUID: "1.2" }, ["0020000E"]],
  ["study-root", "image", { StudyInstanceUID: "1.2", SeriesInstanceUID: "1.2.3" }, []],
  ["patient-root", "study", { StudyInstanceUID: "1.2" }, ["00100020"]],
  ["patient-root", "study", { PatientID: "*" }, ["00100020"]],
  ["patient-root", "study", { PatientID: "P1" }, []],
  ["patient-root", "image", { SOPInstanceUID: "1.2" }, ["00100020", "0020000D", "0020000E"]],
] as const)("%s, %s with %j lacks %j", (...[model, level, keys, tags]) => {
  const expected = tags.length === 0 ? "answered" : { status: 0xa900, tags };
  expect(refusalOf(request(level, keys, { model }))).toEqual(expected);
});

it("needs no keys above where relational queries were agreed on", () => {
  expect(refusalOf(request("image", { Modality: "CT" }, { extended: Uint8Array.of(1) }))).toBe("answered");
  expect(refusalOf(request("image", { Modality: "CT" }, { extended: Uint8Array.of(0, 1, 1) }))).not.toBe("answered");
});

it("agrees to what it does of what is asked for, byte by byte", () => {
  const all = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1);
  // Relational, combined date and time, fuzzy names; neither time zones nor conversion of multi-frame images.
  expect(answerExtended(findSopClasses["study-root"], all)).toEqual(Uint8Array.of(1, 1, 1, 0, 0, 1, 1));
  expect(answerExtended(findSopClasses["patient-root"], Uint8Array.of(0, 1))).toEqual(Uint8Array.of(0, 1));
  expect(answerExtended(moveSopClasses["study-root"], Uint8Array.of(1, 1))).toEqual(Uint8Array.of(1, 0));
  expect(answerExtended("1.2.840.10008.5.1.4.1.1.2", all)).toBeUndefined();
  expect(readExtended(Uint8Array.of(0, 0, 1))).toMatchObject({ isRelational: false, isFuzzy: true });
});

test.each([
  [["ISO_IR 100"], "ISO_IR 100"],
  [["ISO_IR 192"], "ISO_IR 192"],
  [["ISO_IR 144"], "ISO_IR 192"],
  [["ISO 2022 IR 6", "ISO 2022 IR 87"], "ISO_IR 192"],
  [[], "ISO_IR 192"],
])("answers a query in %j in %s", (asked, answered) => {
  const identifier: DataSet = { "00080005": { vr: "CS", Value: asked }, "00100010": { vr: "PN" } };
  const match: DataSet = {
    "00100010": { vr: "PN", Value: [{ Alphabetic: "A" }] },
    "00080050": { vr: "SH", Value: ["1"] },
  };
  expect(responseIdentifier(match, { level: "study", identifier }, "ETALON")).toEqual({
    "00080005": { vr: "CS", Value: [answered] },
    "00080052": { vr: "CS", Value: ["STUDY"] },
    "00080054": { vr: "AE", Value: ["ETALON"] },
    "00080056": { vr: "CS", Value: ["ONLINE"] },
    "00100010": { vr: "PN", Value: [{ Alphabetic: "A" }] },
  });
});
