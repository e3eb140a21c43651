import { buildConstructedFiles } from "@etalon/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ServedDicomweb, serveDicomweb } from "./testing/served-dicomweb.ts";
import { storeFile } from "./testing/store-file.ts";

let served: ServedDicomweb;
let path = "";
beforeAll(async () => {
  served = await serveDicomweb();
  path = `/dicom-web${await storeFile(served.url, buildConstructedFiles({ slices: 1 })[0]?.bytes ?? new Uint8Array(0))}`;
});
afterAll(async () => {
  await served.app.close();
});

/** Text of what header fields and paths are made of, and of what they are not. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "*",
        "/",
        "application/dicom",
        "multipart/related",
        'type="',
        '"',
        ";",
        ",",
        "=",
        "bytes=",
        "-",
        "q=0.5",
      ),
      fc.constantFrom(
        "..",
        "%2f",
        "%00",
        "1.2",
        "999999999999999999999",
        "image/*",
        "transfer-syntax=",
        "<b>",
        "é",
        "0",
      ),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(""));

const header = text.map((value) => value.replace(/[^\x20-\x7e]/g, ""));

it("answers whatever is asked, and never with an error of its own", async () => {
  const resources = ["", "/metadata", "/frames/1", "/bulkdata/7FE00010", "/rendered", "/thumbnail"];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...resources),
      fc.record({
        accept: header,
        range: header,
        "if-none-match": header,
        "if-range": header,
        "accept-encoding": header,
      }),
      fc.record(
        { window: text, viewport: text, quality: text, accept: text, "etalon-version": text },
        { requiredKeys: [] },
      ),
      async (resource, headers, query) => {
        const answer = await served.app.inject({ url: `${path}${resource}`, headers, query });
        expect([200, 206, 304, 400, 404, 406, 416]).toContain(answer.statusCode);
      },
    ),
    { numRuns: 400 },
  );
});

it("answers any path below an instance's", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 4 }), async (words) => {
      const url = `${path}/${words.map(encodeURIComponent).join("/")}`;
      expect([200, 400, 404, 406, 414]).toContain((await served.app.inject({ url })).statusCode);
    }),
    { numRuns: 200 },
  );
});

it("answers any body and any Content-Type with a refusal", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        header,
        fc.constant("application/dicom"),
        fc.constant("multipart/related; type=application/dicom; boundary=b"),
      ),
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        text.map((words) => new TextEncoder().encode(`--b\r\n\r\n${words}\r\n--b--`)),
      ),
      async (type, body) => {
        const answer = await served.app.inject({
          method: "POST",
          url: "/dicom-web/studies",
          headers: { "content-type": type },
          payload: Buffer.from(body),
        });
        expect([400, 409, 415]).toContain(answer.statusCode);
      },
    ),
    { numRuns: 300 },
  );
});
