import { afterEach, expect, test, vi } from "vitest";
import { problemOf, stubServer } from "../testing/stub-server.ts";
import { ApiError } from "./api-error.ts";
import { connection } from "./connection.ts";
import { refusalOf, requestJson, send } from "./request.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a request goes below the page's own address, whatever the page shows", async () => {
  const asked = stubServer(() => Response.json({ said: 1 }));
  expect(await requestJson("api/results?limit=1")).toEqual({ said: 1 });
  expect(asked).toEqual([{ method: "GET", path: "api/results?limit=1", headers: {}, body: undefined }]);
});

test("JSON says that it is, bytes go as they are", async () => {
  const asked = stubServer(() => new Response(null, { status: 204 }));
  const bytes = new Uint8Array([1, 2]);
  expect(await requestJson("a", { method: "PUT", json: { x: 1 }, headers: { "if-match": '"3"' } })).toBeUndefined();
  await send("b", { method: "POST", body: bytes });
  expect(asked).toEqual([
    { method: "PUT", path: "a", headers: { "content-type": "application/json", "if-match": '"3"' }, body: { x: 1 } },
    { method: "POST", path: "b", headers: {}, body: bytes },
  ]);
});

test("a refusal has the server's code and sentence", async () => {
  stubServer(() => problemOf(409, "reading-signed"));
  const refused = requestJson("a");
  await expect(refused).rejects.toBeInstanceOf(ApiError);
  await expect(refused).rejects.toMatchObject({
    status: 409,
    code: "reading-signed",
    message: "said of reading-signed",
  });
});

test.each([
  ["a page of somebody between", new Response("<html>", { status: 502, statusText: "Bad Gateway" })],
  ["a problem without a code", Response.json({ code: 7 }, { status: 502, statusText: "Bad Gateway" })],
  ["no object", Response.json(null, { status: 502, statusText: "Bad Gateway" })],
])("%s is refused by its status", async (_, answer) => {
  expect(await refusalOf(answer)).toMatchObject({ status: 502, code: "http-502", message: "Bad Gateway" });
});

test("no answer at all is being offline, which the connection is told", async () => {
  const lost = vi.spyOn(connection, "lost").mockImplementation(() => {});
  stubServer(() => Promise.reject(new TypeError("fetch failed")));
  await expect(send("a")).rejects.toMatchObject({ status: 0, code: "offline" });
  expect(lost).toHaveBeenCalledOnce();
});

test("a request that the page itself gave up is no lost connection", async () => {
  const lost = vi.spyOn(connection, "lost").mockImplementation(() => {});
  const given = new AbortController();
  stubServer(() => Promise.reject(new DOMException("aborted", "AbortError")));
  given.abort();
  await expect(send("a", { signal: given.signal })).rejects.toMatchObject({ name: "AbortError" });
  expect(lost).not.toHaveBeenCalled();
});
