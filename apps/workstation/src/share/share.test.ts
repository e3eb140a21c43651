import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { problemOf, stubServer } from "../testing/stub-server.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});
beforeEach(() => {
  // Whose token the page asks with is kept in its module.
  vi.resetModules();
});

const { beginVisit } = await import("./begin-visit.ts");

test("a link that is open gives a token, for the password that goes with it", async () => {
  const asked = stubServer(() => Response.json({ token: "t", expiresAt: "2026-12-01T00:00:00Z" }));
  expect(await beginVisit("abc", "word")).toEqual({ kind: "open", token: "t" });
  expect(asked).toMatchObject([{ method: "POST", path: "share/abc/session", body: { password: "word" } }]);
});

test.each([
  ["sign-in-refused", "", "password"],
  ["sign-in-refused", "word", "wrong-password"],
  ["too-many-attempts", "word", "too-many"],
  ["share-ended", "", "ended"],
  ["not-allowed", "", "without-identity"],
  ["share-not-found", "", "unknown"],
  ["internal", "", "unreachable"],
])("a link refused with %s for the password %j is %s", async (code, password, kind) => {
  stubServer(() => problemOf(403, code));
  expect(await beginVisit("abc", password)).toEqual({ kind });
});

test("a server that does not answer cannot be reached", async () => {
  stubServer(() => Promise.reject(new TypeError("away")));
  expect(await beginVisit("abc", "")).toEqual({ kind: "unreachable" });
});

async function visited(onEnded = () => {}) {
  const { askWithToken } = await import("../api/authorization.ts");
  askWithToken("t");
  const { answerShare } = await import("./answer-share.ts");
  return answerShare(onEnded);
}

test("images come from the server, by the token of the share", async () => {
  const asked = stubServer(() => Response.json([]));
  const answer = await visited();
  const { signal } = new AbortController();
  const got = await answer("dicom-web/studies/1.2/series", { headers: { accept: "application/dicom+json" }, signal });
  expect(got.ok).toBe(true);
  expect(asked).toEqual([
    {
      method: "GET",
      path: "dicom-web/studies/1.2/series",
      headers: { accept: "application/dicom+json", authorization: "Bearer t" },
      body: undefined,
    },
  ]);
});

test("a share that ends while it is looked at says so", async () => {
  const onEnded = vi.fn();
  stubServer(() => problemOf(401, "share-ended"));
  const answer = await visited(onEnded);
  expect((await answer("dicom-web/studies", {})).status).toBe(401);
  expect(onEnded).toHaveBeenCalledOnce();
});

test("who visits may do nothing, and nothing but images is asked of the server", async () => {
  const asked = stubServer(() => Response.json([]));
  const answer = await visited();
  expect(await (await answer("api/session", {})).json()).toMatchObject({ role: "visitor", actions: [] });
  expect(await (await answer("api/results?limit=1000", {})).json()).toEqual({ total: 0, results: [] });
  expect(await (await answer("api/analyses?limit=1000", {})).json()).toEqual({ total: 0, analyses: [] });
  expect((await answer("dicom-web/studies", { method: "POST" })).status).toBe(404);
  expect((await answer("api/shares", {})).status).toBe(404);
  expect(asked).toEqual([]);
});

test("what is drawn lasts as long as the page, in the page alone", async () => {
  const asked = stubServer(() => Response.json([]));
  const answer = await visited();
  const path = "api/studies/1.2/readings/coronary/calcium-score/document";
  expect((await answer(path, {})).status).toBe(404);
  expect((await answer(path, { method: "PUT", json: { schema: "etalon.reading/1" } })).status).toBe(201);
  expect(await (await answer(path, {})).json()).toMatchObject({ version: 1 });
  const other = await visited();
  expect((await other(path, {})).status).toBe(404);
  expect(asked).toEqual([]);
});
