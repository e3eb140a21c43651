import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServedAccounts, serveAccounts } from "../accounts/testing/served-accounts.ts";
import { inPieces, smallInstance } from "../archive/testing/small-instance.ts";

let served: ServedAccounts;
let authorization = "";

beforeAll(async () => {
  served = await serveAccounts();
  const { archive, scope } = served;
  await archive.store(scope, { form: "part10", bytes: inPieces(smallInstance(1)) });
  authorization = await served.bearer(await served.account("root", "administrator"));
});

afterAll(() => served?.close());

const instance = "/dicom-web/studies/1.2.826.0.2.1/series/1.2.826.0.3.1/instances/1.2.826.0.1.1";

/** Kind, path, what is asked for, whether with a token, the type that comes back. */
const answers: readonly (readonly [string, string, RequestInit, boolean, RegExp])[] = [
  ["HTML", "/docs/", {}, true, /^text\/html/],
  ["JSON", "/api/results", {}, true, /^application\/json/],
  ["DICOM JSON", "/dicom-web/studies", {}, true, /^application\/dicom\+json/],
  [
    "a DICOM file",
    instance,
    { headers: { accept: "application/dicom; transfer-syntax=*" } },
    true,
    /^application\/dicom;/,
  ],
  ["DICOM files", "/dicom-web/studies/1.2.826.0.2.1", {}, true, /^multipart\/related/],
  ["pixels", `${instance}/frames/1`, { headers: { accept: "application/octet-stream" } }, true, /octet-stream/],
  ["a picture", `${instance}/rendered`, { headers: { accept: "image/png" } }, true, /^image\/png/],
  ["metrics", "/metrics", {}, true, /^text\/plain/],
  ["health", "/healthz", {}, false, /^application\/json/],
  ["events", "/api/events", {}, true, /^text\/event-stream/],
  ["who is not signed in", "/dicom-web/studies", {}, false, /^application\/problem\+json/],
  ["what is not there", "/nothing", {}, true, /^application\/problem\+json/],
  ["what was asked wrongly", "/dicom-web/studies?StudyDate=yesterday", {}, true, /^application\/problem\+json/],
  ["a method that is none", "/api/results", { method: "PUT" }, true, /^application\/problem\+json/],
  [
    "a sign-in that is refused",
    "/api/session",
    { method: "POST", body: "{}", headers: { "content-type": "application/json" } },
    false,
    /^application\/problem\+json/,
  ],
];

describe("every kind of answer", () => {
  test.each(answers)(
    "%s: is not guessed at, framed, kept or shown to other sites",
    async (...[, path, asked, isSignedIn, type]) => {
      const headers = new Headers(asked.headers);
      if (isSignedIn) headers.set("authorization", authorization);
      const answer = await fetch(`${served.url}${path}`, { ...asked, headers });
      await answer.body?.cancel();
      expect(answer.headers.get("content-type")).toMatch(type);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("x-frame-options")).toBe("DENY");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      expect(answer.headers.get("cross-origin-resource-policy")).toBe("same-origin");
      // What does not change may be kept by a browser that asks each time whether it still may.
      expect(answer.headers.get("cache-control")).toMatch(/no-store|no-cache/);
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toMatch(/default-src 'none'/);
      expect(policy).not.toMatch(/unsafe-|https?:|\*|\.io/);
      // Nothing that tells which program and version answers, and no door for other sites' pages.
      for (const name of ["server", "x-powered-by", "access-control-allow-origin"])
        expect(answer.headers.has(name)).toBe(false);
    },
  );
});
