import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixtureUid, storeSearchFixture } from "../../archive/search/testing/search-fixture.ts";
import { openTestArchive, type TestArchive } from "../../archive/testing/open-test-archive.ts";
import { type ServedDicomweb, serveDicomweb } from "../testing/served-dicomweb.ts";

let opened: TestArchive;
let served: ServedDicomweb;

beforeAll(async () => {
  opened = await openTestArchive();
  await storeSearchFixture(opened.archive, opened.scope);
  served = await serveDicomweb({ archive: opened.archive, scopeOf: () => opened.scope });
}, 60_000);

afterAll(async () => {
  await served.app.close();
  await opened.close();
});

type Match = Readonly<Record<string, { readonly vr: string; readonly Value?: readonly unknown[] }>>;

async function ask(path: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${served.url}/${path}`, { headers });
  const body: unknown = await response.json();
  return { response, body };
}

async function matches(path: string): Promise<readonly Match[]> {
  const { response, body } = await ask(path);
  expect(response.status).toBe(200);
  if (!Array.isArray(body)) throw new Error(JSON.stringify(body));
  return body;
}

describe("what is returned", () => {
  test("of a study (PS3.18 table 10.6.3-3): what is required, empty where unknown", async () => {
    const [study] = await matches("studies?StudyID=S-3");
    expect(study).toEqual({
      "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
      "00080020": { vr: "DA", Value: ["20240301"] },
      "00080030": { vr: "TM", Value: ["235959"] },
      "00080050": { vr: "SH", Value: ["acc2"] },
      "00080056": { vr: "CS", Value: ["ONLINE"] },
      "00080061": { vr: "CS", Value: ["US"] },
      "00080090": { vr: "PN" },
      "00081190": { vr: "UR", Value: [`${served.url}/studies/${fixtureUid("3")}`] },
      "00100010": { vr: "PN", Value: [{ Alphabetic: "DUPOND^Marie" }] },
      "00100020": { vr: "LO", Value: ["P10"] },
      "00100030": { vr: "DA", Value: ["19700215"] },
      "00100040": { vr: "CS", Value: ["F"] },
      "0020000D": { vr: "UI", Value: [fixtureUid("3")] },
      "00200010": { vr: "SH", Value: ["S-3"] },
      "00201206": { vr: "IS", Value: [1] },
      "00201208": { vr: "IS", Value: [1] },
    });
  });

  test("of a series (table 10.6.3-4), its request without what was not asked", async () => {
    const [series] = await matches(`studies/${fixtureUid("1")}/series?SeriesNumber=2`);
    expect(series).toEqual({
      "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
      "00080056": { vr: "CS", Value: ["ONLINE"] },
      "00080060": { vr: "CS", Value: ["CT"] },
      "0008103E": { vr: "LO", Value: ["Calcium 3mm"] },
      "00081190": { vr: "UR", Value: [`${served.url}/studies/${fixtureUid("1")}/series/${fixtureUid("1.1")}`] },
      "0020000D": { vr: "UI", Value: [fixtureUid("1")] },
      "0020000E": { vr: "UI", Value: [fixtureUid("1.1")] },
      "00200011": { vr: "IS", Value: [2] },
      "00201209": { vr: "IS", Value: [2] },
      "00400244": { vr: "DA", Value: ["20240229"] },
      "00400245": { vr: "TM", Value: ["101000"] },
      "00400275": {
        vr: "SQ",
        Value: [
          { "00400009": { vr: "SH", Value: ["SPS1"] }, "00401001": { vr: "SH", Value: ["RP1"] } },
          { "00400009": { vr: "SH", Value: ["SPS2"] }, "00401001": { vr: "SH", Value: ["RP2"] } },
        ],
      },
    });
  });

  test("of an instance (table 10.6.3-5)", async () => {
    const [study, series] = [fixtureUid("1"), fixtureUid("1.1")];
    const [instance] = await matches(`studies/${study}/series/${series}/instances?InstanceNumber=2`);
    expect(instance).toEqual({
      "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
      "00080016": { vr: "UI", Value: ["1.2.840.10008.5.1.4.1.1.2"] },
      "00080018": { vr: "UI", Value: [fixtureUid("1.1.2")] },
      "00080056": { vr: "CS", Value: ["ONLINE"] },
      "00081190": {
        vr: "UR",
        Value: [`${served.url}/studies/${study}/series/${series}/instances/${fixtureUid("1.1.2")}`],
      },
      "0020000D": { vr: "UI", Value: [study] },
      "0020000E": { vr: "UI", Value: [series] },
      "00200013": { vr: "IS", Value: [2] },
      "00280010": { vr: "US", Value: [4] },
      "00280011": { vr: "US", Value: [4] },
      "00280100": { vr: "US", Value: [16] },
    });
  });

  test("of all series and all instances: the attributes of study and series too", async () => {
    const [series] = await matches("series?Modality=MR");
    expect(series?.["00100010"]).toEqual({
      vr: "PN",
      Value: [{ Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎", Phonetic: "やまだ^たろう" }],
    });
    expect(series?.["00080061"]).toEqual({ vr: "CS", Value: ["MR"] });
    const [instance] = await matches("instances?InstanceNumber=5");
    expect(instance?.["00100020"]).toEqual({ vr: "LO", Value: ["P2"] });
    expect(instance?.["00080060"]).toEqual({ vr: "CS", Value: ["MR"] });
    const [ofStudy] = await matches(`studies/${fixtureUid("2")}/instances`);
    expect(ofStudy?.["00100020"]).toBeUndefined();
    expect(ofStudy?.["00080060"]).toEqual({ vr: "CS", Value: ["MR"] });
  });

  test("what was matched, and what includefield asks, also in items; nothing of a level below", async () => {
    const [study] = await matches(
      "studies?PatientAge=074Y&includefield=ProcedureCodeSequence.CodeValue,Occupation&includefield=00080060,NumberOfPatientRelatedStudies",
    );
    expect(study?.["00101010"]).toEqual({ vr: "AS", Value: ["074Y"] });
    expect(study?.["00102180"]).toEqual({ vr: "SH", Value: ["Boulanger"] });
    expect(study?.["00081032"]?.Value).toEqual([
      { "00080100": { vr: "SH", Value: ["CT1"] } },
      { "00080100": { vr: "SH", Value: ["CT2"] } },
    ]);
    expect(study?.["00201200"]).toEqual({ vr: "IS", Value: [1] });
    expect(study?.["00080060"]).toBeUndefined();
    const [series] = await matches(`studies/${fixtureUid("1")}/series?Modality=SR&includefield=PatientID,ProtocolName`);
    expect(series?.["00100020"]).toEqual({ vr: "LO", Value: ["P1"] });
    expect(series?.["00181030"]).toEqual({ vr: "LO" });
    const [instance] = await matches("instances?ContentDate=20240229&InstanceNumber=1&includefield=SliceThickness");
    expect(instance?.["00080023"]).toEqual({ vr: "DA", Value: ["20240229"] });
    expect(instance?.["00180050"]).toEqual({ vr: "DS", Value: [3] });
  });

  test("includefield=all: everything of the level, without pixels", async () => {
    const [study] = await matches("studies?StudyID=S-1&includefield=all");
    for (const tag of ["00101010", "00102180", "00081048", "00081110", "00104000"]) expect(study?.[tag]).toBeDefined();
    expect(study?.["00080060"]).toBeUndefined();
    const [instance] = await matches("instances?InstanceNumber=2&includefield=all");
    expect(instance?.["00080008"]).toEqual({ vr: "CS", Value: ["DERIVED", "SECONDARY"] });
    expect(instance?.["7FE00010"]).toBeUndefined();
  });
});

describe("the answer", () => {
  test("no match is an empty list", async () => {
    const { response, body } = await ask("studies?PatientID=nobody");
    expect([response.status, body, response.headers.get("x-total-count")]).toEqual([200, [], "0"]);
  });

  test("says how many there are, what remains, and what was ignored", async () => {
    const { response } = await ask("studies?limit=1&PatientNam%0d%0aX=x%C3%A9&includefield=%E5%B1%B1");
    expect(response.headers.get("x-total-count")).toBe("4");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    const warning = response.headers.get("warning") ?? "";
    expect(warning).toContain(`299 ${served.url}: There are 3 additional results that can be requested`);
    expect(warning).toContain("PatientNam??X is no attribute or parameter that is known here and was ignored");
    expect((await ask("studies?limit=4")).response.headers.get("warning")).toBeNull();
    expect((await ask("studies?ImageType=ORIGINAL")).response.headers.get("warning")).toContain("00080008");
  });

  test.each([
    [{}, "application/dicom+json"],
    [{ accept: "application/dicom+json" }, "application/dicom+json"],
    [{ accept: "application/json" }, "application/json"],
    [
      { accept: 'multipart/related; type="application/dicom+xml", application/dicom+json;q=0.5' },
      "application/dicom+json",
    ],
  ])("%o gets %s", async (headers: Readonly<Record<string, string>>, type) => {
    const { response } = await ask("studies?limit=1", headers);
    expect(response.headers.get("content-type")?.split(";")[0]).toBe(type);
  });

  test.each([
    ["studies", 406, { accept: 'multipart/related; type="application/dicom+xml"' }],
    ["studies", 406, { accept: "text/html" }],
    ["studies?StudyDate=yesterday", 400, {}],
    ["studies?StudyDate=20240301-20240101", 400, {}],
    ["studies?SeriesNumber=one", 400, {}],
    ["studies?StudyInstanceUID=1.2.x", 400, {}],
    ["studies?PatientID=a%00b", 400, {}],
    ["studies?PatientID=%ff", 400, {}],
    ["studies?limit=-1", 400, {}],
    ["studies?ProcedureCodeSequence=CT1", 400, {}],
    ["studies/1.2.x/series", 400, {}],
    ["studies/..%2f..%2fetc/series", 400, {}],
  ])("%s is %i", async (path, status, headers: Readonly<Record<string, string>>) => {
    const { response, body } = await ask(path, headers);
    expect(response.status).toBe(status);
    expect(body).toMatchObject({ status });
  });

  test("is compressed for who takes gzip, once it is worth it", async () => {
    const long = await fetch(`${served.url}/instances`, { headers: { "accept-encoding": "gzip" } });
    expect(long.headers.get("content-encoding")).toBe("gzip");
    expect(await long.json()).toHaveLength(7);
    const plain = await fetch(`${served.url}/instances`, { headers: { "accept-encoding": "identity" } });
    expect(plain.headers.get("content-encoding")).toBeNull();
  });

  test("HTML in a name is text in JSON", async () => {
    const { body } = await ask("studies?PatientName=%3Cscript%3E");
    expect(body).toEqual([]);
  });
});

test("any query string is answered or refused, never a fault of the server", async () => {
  const name = fc.oneof(
    fc.constantFrom(
      "PatientName",
      "StudyDate",
      "StudyTime",
      "limit",
      "offset",
      "includefield",
      "fuzzymatching",
      "Rows",
    ),
    fc.string({ unit: "binary" }),
  );
  const value = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("*", "true", "20240101-", "1", '""', "all"));
  const parameter = fc
    .tuple(name, value)
    .map(([left, right]) => `${encodeURIComponent(left)}=${encodeURIComponent(right)}`);
  const query = fc.oneof(
    fc.array(parameter, { maxLength: 5 }).map((list) => list.join("&")),
    fc.webQueryParameters(),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("studies", "series", "instances"), query, async (resource, text) => {
      const response = await fetch(`${served.url}/${resource}?${text}`);
      await response.arrayBuffer();
      expect([200, 400]).toContain(response.status);
    }),
    { numRuns: 200 },
  );
});

test("of many unknown parameters the first are named and the others counted", async () => {
  const unknown = Array.from({ length: 1500 }, (_, index) => `x${index}=1`).join("&");
  const { response } = await ask(`studies?${unknown}`);
  const warning = response.headers.get("warning") ?? "";
  expect(response.status).toBe(200);
  expect(warning).toContain("x0 ");
  expect(warning).toContain("and 1490 more");
  expect(warning.length).toBeLessThan(4096);
});

test("more attributes than an answer takes are no query", async () => {
  const { response } = await ask(`studies?includefield=${Array.from({ length: 501 }, () => "00100010").join(",")}`);
  expect(response.status).toBe(400);
});
