import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import type { Mark } from "../marks/mark.ts";
import { emptyDraft, type ReadingDraft } from "../marks/reading-draft.ts";
import { problemOf, stubServer } from "../testing/stub-server.ts";
import {
  addAddendum,
  documentOf,
  documentUrl,
  draftOfDocument,
  markPreliminary,
  readComparison,
  readDocument,
  readReading,
  saveDocument,
  shareStudy,
  signReading,
  startRun,
} from "./readings.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const place = { studyInstanceUid: "1.2", protocolId: "coronary/calcium-score" };
const mark = (id: string): Mark => ({
  ...{ id, kind: "length", pictureId: "1.2.3/1", seriesInstanceUid: "1.2" },
  points: [
    [0, 0.5],
    [3, 4],
  ],
});
const under = "api/studies/1.2/readings/coronary/calcium-score";
const draft: ReadingDraft = {
  ...emptyDraft,
  regions: [{ id: "LAD-1", label: "LAD", mode: "assign", shape: { kind: "point", pointLpsMm: [1, 2, 3] } }],
  facts: [{ id: "age", value: 61, unit: "a" }],
  sections: { fr: { conclusion: "Rien." } },
  keyImages: [{ sopInstanceUid: "1.2.3", frame: 2, window: { center: 40, width: 400 }, caption: "IVA" }],
  measurements: [mark("m1")],
};
const saved = (version: number) => ({
  version,
  savedAt: "2026-11-23T09:00:00Z",
  author: { id: 3, name: "Ada" },
  document: documentOf(draft),
});
const state = {
  ...{ protocol: "coronary/calcium-score", status: "reading", version: 4, run: null },
  ...{ preliminary: null, signing: null, signature: null, addenda: [] },
};

test("a draft comes back from its stored form as it was", () => {
  expect(draftOfDocument(documentOf(draft))).toEqual(draft);
  expect(draftOfDocument(documentOf(emptyDraft))).toEqual(emptyDraft);
});

test("a document that was stored before measurements were has none", () => {
  const { measurements: _none, ...before } = Object(documentOf(emptyDraft));
  expect(draftOfDocument(before)).toEqual(emptyDraft);
});

test("whatever is written, chosen and counted survives JSON", () => {
  const texts = fc.dictionary(fc.stringMatching(/^[a-z-]{1,9}$/), fc.string());
  const numbers = fc.dictionary(
    fc.stringMatching(/^[a-z-]{1,9}$/),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(texts, numbers, fc.constantFrom("en", "fr", undefined), (roles, given, language) => {
      // JSON has no negative zero.
      const positive = Object.fromEntries(Object.entries(given).map(([id, value]) => [id, value + 0]));
      const made: ReadingDraft = { ...draft, roles, numbers: positive, language };
      expect(draftOfDocument(JSON.parse(JSON.stringify(documentOf(made))))).toEqual(made);
    }),
  );
});

test("a document of another schema is none", () => {
  expect(() => draftOfDocument({ schema: "etalon.reading/2" })).toThrow();
});

test("the newest document is read; where nobody saved one there is none", async () => {
  const asked = stubServer(() => Response.json(saved(4)));
  expect(await readDocument(place)).toEqual({ version: 4, savedAt: "2026-11-23T09:00:00Z", author: "Ada", draft });
  expect(asked[0]?.path).toBe(`${under}/document`);
  stubServer(() => problemOf(404, "reading-not-found"));
  expect(await readDocument(place)).toBeUndefined();
  stubServer(() => problemOf(403, "not-allowed"));
  await expect(readDocument(place)).rejects.toMatchObject({ status: 403 });
});

test("the first version is saved where there is none, a later one on the version that it was made from", async () => {
  const asked = stubServer(() => Response.json(saved(5)));
  expect(await saveDocument(place, draft, undefined)).toMatchObject({ kind: "saved", version: { version: 5 } });
  await saveDocument(place, draft, 4);
  expect(asked.map(({ method, path, headers }) => [method, path, headers])).toEqual([
    ["PUT", `${under}/document`, { "content-type": "application/json", "if-none-match": "*" }],
    ["PUT", `${under}/document`, { "content-type": "application/json", "if-match": '"4"' }],
  ]);
  expect(asked[0]?.body).toEqual(documentOf(draft));
});

test("somebody else's newer version is given back, never written over", async () => {
  stubServer(() => problemOf(412, "reading-stale", { current: saved(9) }));
  expect(await saveDocument(place, draft, 4)).toMatchObject({
    kind: "stale",
    current: { version: 9, author: "Ada", draft },
  });
});

test("a draft that the server does not take is refused with its code", async () => {
  stubServer(() => problemOf(409, "reading-signed"));
  await expect(saveDocument(place, draft, 4)).rejects.toMatchObject({ status: 409, code: "reading-signed" });
});

test("how a reading stands is read; where nobody saved one it stands nowhere", async () => {
  stubServer(() => Response.json(state));
  expect(await readReading(place)).toEqual(state);
  stubServer(() => problemOf(404, "reading-not-found"));
  expect(await readReading(place)).toBeUndefined();
  stubServer(() => problemOf(500, "internal"));
  await expect(readReading(place)).rejects.toMatchObject({ status: 500 });
});

test("a run, a preliminary report and an addendum name the version that they are of", async () => {
  const asked = stubServer(() => Response.json(state));
  expect(await startRun(place, 4)).toEqual(state);
  await markPreliminary(place, 4);
  await addAddendum(place, { text: "…", language: "fr", edition: 1 });
  expect(asked.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["POST", `${under}/runs`, { version: 4 }],
    ["POST", `${under}/preliminary`, { version: 4 }],
    ["POST", `${under}/addenda`, { text: "…", language: "fr", edition: 1 }],
  ]);
});

test("a signature waits for the server's own digest", async () => {
  const asked = stubServer(() => Response.json({ ...state, status: "signed" }));
  expect(await signReading(place, { version: 4, digest: "aa" })).toMatchObject({
    kind: "signed",
    state: { status: "signed" },
  });
  expect(asked[0]).toMatchObject({ method: "POST", path: `${under}/signatures`, headers: { prefer: "wait=100" } });
  expect(asked[0]?.body).toEqual({ version: 4, digest: "aa" });
});

test.each([
  ["at once", { computedDigest: "bb" }],
  ["after waiting", { signing: { state: "refused", computedDigest: "bb" } }],
])("digests that differ, said %s, are shown beside each other", async (_, more) => {
  stubServer(() => problemOf(409, "digest-differs", more));
  expect(await signReading(place, { version: 4, digest: "aa" })).toEqual({
    kind: "differs",
    sentDigest: "aa",
    computedDigest: "bb",
  });
});

test.each([
  ["another code", () => problemOf(409, "reading-not-run", { computedDigest: "bb" }), "reading-not-run"],
  ["a page of somebody between", () => new Response("<html>", { status: 504 }), "http-504"],
])("a signature that fails with %s is refused, not different", async (_, answer, code) => {
  stubServer(answer);
  await expect(signReading(place, { version: 4, digest: "aa" })).rejects.toMatchObject({ code });
});

test("a comparison is there, or not: nothing earlier, nothing measured, nothing read", async () => {
  const prior = {
    ...{ studyInstanceUid: "1.1", studyDate: "20231101", digest: "d", isSigned: true, days: 365 },
    ...{ sameProtocolVersion: true, sameParameters: false },
    outputs: [{ id: "agatston-score", unit: "1", before: 10, now: 12 }],
  };
  stubServer(() => Response.json({ prior, others: 2 }));
  expect(await readComparison(place)).toEqual(prior);
  stubServer(() => Response.json({ prior: null, others: 0 }));
  expect(await readComparison(place)).toBeUndefined();
  for (const status of [404, 409]) {
    stubServer(() => problemOf(status, "said"));
    expect(await readComparison(place)).toBeUndefined();
  }
  stubServer(() => problemOf(403, "not-allowed"));
  await expect(readComparison(place)).rejects.toMatchObject({ status: 403 });
});

test("documents have an address, a share is asked for once", async () => {
  const asked = stubServer(() => Response.json({ url: "https://server/share/x" }));
  expect(documentUrl(place, "report.pdf", "fr")).toBe(`http://server/etalon/${under}/report.pdf?language=fr`);
  expect(documentUrl(place, "result.json")).toBe(`http://server/etalon/${under}/result.json`);
  expect(await shareStudy("1.2", "2026-12-01T00:00:00Z")).toBe("https://server/share/x");
  expect(asked).toMatchObject([
    { method: "POST", path: "api/shares", body: { studies: ["1.2"], expiresAt: "2026-12-01T00:00:00Z" } },
  ]);
});
