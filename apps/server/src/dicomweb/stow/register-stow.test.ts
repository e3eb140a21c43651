import { request as httpRequest } from "node:http";
import { buildConstructedFiles } from "@etalon/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stowLimits } from "../dicomweb-options.ts";
import { multipartBody, multipartType, testBoundary } from "../testing/multipart-body.ts";
import { type ServedDicomweb, serveDicomweb } from "../testing/served-dicomweb.ts";

const [first, second] = buildConstructedFiles(
  { slices: 2 },
  { attributes: { PatientName: "Fernandez^<b>Ana</b>" } },
).map(({ bytes }) => ({ bytes }));
if (first === undefined || second === undefined) throw new Error("two files");
const [changed] = buildConstructedFiles({ slices: 1, backgroundHu: 41 }).map(({ bytes }) => ({ bytes }));
if (changed === undefined) throw new Error("a file");

/** DICOM JSON as a test reads it. */
type Json = Readonly<Record<string, { readonly Value?: readonly Json[] }>>;

let served: ServedDicomweb;
beforeEach(async () => {
  served = await serveDicomweb();
});
afterEach(async () => {
  await served.app.close();
});

async function post(
  body: Uint8Array,
  { path = "/studies", headers = {} as Readonly<Record<string, string>> } = {},
): Promise<{ readonly status: number; readonly json: Json; readonly headers: Headers }> {
  const answer = await fetch(`${served.url}${path}`, {
    method: "POST",
    headers: { "content-type": multipartType, ...headers },
    body: new Uint8Array(body),
  });
  return { status: answer.status, json: JSON.parse(await answer.text()), headers: answer.headers };
}

const itemsOf = (json: Json, tag: string): readonly Json[] => json[tag]?.Value ?? [];
const firstOf = (json: Json | undefined, tag: string): unknown => json?.[tag]?.Value?.[0];

describe("POST /studies", () => {
  it("stores every part and says where it can be had", async () => {
    const { status, json, headers } = await post(multipartBody([first, second]));
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/dicom+json");
    const references = itemsOf(json, "00081199");
    expect(references).toHaveLength(2);
    expect(firstOf(references[0], "00081150")).toBe("1.2.840.10008.5.1.4.1.1.2");
    const studyUrl = String(firstOf(json, "00081190"));
    const url = String(firstOf(references[0], "00081190"));
    expect(url.startsWith(`${studyUrl}/series/`)).toBe(true);
    expect(studyUrl.startsWith(`${served.url}/studies/`)).toBe(true);
    expect(json["00081198"]).toBeUndefined();
  });

  it("takes one instance without multipart", async () => {
    expect((await post(first.bytes, { headers: { "content-type": "application/dicom" } })).status).toBe(200);
  });

  it("takes the same again, and another data set under the same UID", async () => {
    expect((await post(multipartBody([first]))).status).toBe(200);
    const again = await post(multipartBody([first]));
    expect([again.status, again.headers.get("warning")]).toEqual([200, null]);
    const other = await post(multipartBody([changed]));
    expect(other.status).toBe(200);
    expect(other.headers.get("warning")).toContain("another data set of the same UID");
  });

  it("stores what it can and names what it cannot: 202", async () => {
    const { status, json } = await post(
      multipartBody([{ bytes: Buffer.from("no DICOM at all") }, first, { bytes: second.bytes, type: "image/jpeg" }]),
    );
    expect(status).toBe(202);
    expect(itemsOf(json, "00081199")).toHaveLength(1);
    const failures = itemsOf(json, "0008119A");
    // Cannot understand (PS3.4 table B.2-1).
    expect(failures.map((item) => firstOf(item, "00081197"))).toEqual([0xc000, 0xc000]);
    expect(failures.map((item) => firstOf(item, "00091001"))).toEqual(["not-dicom", "unsupported-media-type"]);
  });

  it("says 409 where nothing was stored", async () => {
    const { status, json } = await post(multipartBody([{ bytes: Buffer.from("nothing") }]));
    expect(status).toBe(409);
    expect(json["00081199"]).toBeUndefined();
    expect(json["00081190"]).toEqual({ vr: "UR" });
  });

  it("keeps what came before the body was cut, and does not keep the part that was: 400", async () => {
    const body = multipartBody([first, second]);
    const { status, json } = await post(body.subarray(0, body.length - 200));
    expect(status).toBe(400);
    expect(itemsOf(json, "00081199")).toHaveLength(1);
    expect(itemsOf(json, "0008119A").map((item) => firstOf(item, "00091001"))).toEqual(["body-truncated"]);
    expect((await post(multipartBody([second]))).status).toBe(200);
  });

  it.each([
    ["no multipart and no DICOM", 415, { "content-type": "application/json" }, "{}"],
    ["DICOM JSON", 415, { "content-type": 'multipart/related; type="application/dicom+json"; boundary=b' }, "--b--"],
    ["DICOM XML", 415, { "content-type": 'multipart/related; type="application/dicom+xml"; boundary=b' }, "--b--"],
    ["a form", 415, { "content-type": "multipart/form-data; boundary=b" }, "--b--"],
    ["a compressed body", 415, { "content-type": "application/dicom", "content-encoding": "gzip" }, "x"],
    ["a client that only takes XML", 406, { accept: "application/dicom+xml" }, "x"],
    ["no boundary", 400, { "content-type": "multipart/related; type=application/dicom" }, "--b--"],
    ["another boundary", 400, { "content-type": "multipart/related; type=application/dicom; boundary=c" }, "--b--"],
    ["no part", 400, { "content-type": "multipart/related; type=application/dicom; boundary=b" }, "--b--"],
    ["no bytes", 400, {}, ""],
  ])("refuses %s with %i", async (...[, status, headers, body]) => {
    expect((await post(Buffer.from(body), { headers: { ...headers } })).status).toBe(status);
  });

  it("says what was stored before the store was full: 503", async () => {
    served.archive.refuseWith("store-full");
    const { status, json, headers } = await post(multipartBody([first, second]));
    expect([status, headers.get("retry-after")]).toEqual([503, "60"]);
    const reasons = itemsOf(json, "0008119A").map((item) => firstOf(item, "00081197"));
    // Out of resources (PS3.4 table B.2-1): the instances that were read by then, and the rest of the request.
    expect(new Set(reasons)).toEqual(new Set([0xa700]));
    expect(reasons.length).toBeGreaterThanOrEqual(2);
    served.archive.refuseWith(undefined);
    expect((await post(multipartBody([first]))).status).toBe(200);
  });
});

describe("POST /studies/{study}", () => {
  it("refuses an instance of another study, by its UIDs", async () => {
    const { status, json } = await post(multipartBody([first]), { path: "/studies/1.2.3" });
    expect(status).toBe(409);
    const [failure] = itemsOf(json, "00081198");
    expect(firstOf(failure, "00081155")).toMatch(/^2\.25\./);
    expect(firstOf(failure, "00091001")).toBe("uid-mismatch");
  });

  it.each(["1..2", "1.2.a", "..%2f..%2fetc", "1".repeat(65), "1.2."])("refuses %s as a UID: 400", async (uid) => {
    const { status, json } = await post(multipartBody([first]), { path: `/studies/${uid}` });
    expect([status, json["code"]]).toEqual([400, "request-malformed"]);
  });
});

describe("limits", () => {
  it("stops at the limit of bytes: 413", async () => {
    await served.app.close();
    served = await serveDicomweb({ limits: { ...stowLimits, maxInstanceBytes: 100 } });
    expect((await post(multipartBody([first]))).status).toBe(413);
    expect((await post(first.bytes, { headers: { "content-type": "application/dicom" } })).status).toBe(413);
  });

  it("gives up a silent client, with what was stored: 408", async () => {
    await served.app.close();
    served = await serveDicomweb({ limits: { ...stowLimits, idleSeconds: 0.2 } });
    const body = multipartBody([first, second]);
    const { status, text } = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const sent = httpRequest(`${served.url}/studies`, {
        method: "POST",
        headers: { "content-type": multipartType, "content-length": body.length },
      });
      sent.on("error", reject);
      sent.on("response", (answer) => {
        let text = "";
        answer.on("data", (piece: Buffer) => {
          text += piece.toString();
        });
        answer.on("end", () => resolve({ status: answer.statusCode, text }));
      });
      sent.write(body.subarray(0, body.length - 50));
    });
    expect(status).toBe(408);
    expect(itemsOf(JSON.parse(text), "00081199")).toHaveLength(1);
  });

  it("goes on after a client that left in the middle", async () => {
    const sent = httpRequest(`${served.url}/studies`, { method: "POST", headers: { "content-type": multipartType } });
    sent.on("error", () => {});
    sent.write(`--${testBoundary}\r\nContent-Type: application/dicom\r\n\r\n`);
    sent.write(first.bytes.subarray(0, 300));
    await new Promise((resolve) => setTimeout(resolve, 50));
    sent.destroy();
    expect((await post(multipartBody([first]))).status).toBe(200);
  });
});

it("writes no name into the log", async () => {
  await post(multipartBody([first, { bytes: Buffer.from("Fernandez") }]));
  served.archive.refuseWith("store-full");
  await post(multipartBody([first]));
  expect(served.log.length).toBeGreaterThan(2);
  expect(served.log.join("")).not.toContain("Fernandez");
});
