import { afterEach, expect, test, vi } from "vitest";
import { problemOf, stubServer } from "../testing/stub-server.ts";
import { storeObject } from "./store.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const bytes = new Uint8Array([1, 2, 3]);
const { signal } = new AbortController();

/** A Store Instances Response (PS3.18 annex I): one failure, with what our private block says of it. */
function failure(sequence: string, item: object): Response {
  return Response.json({ [sequence]: { vr: "SQ", Value: [item] } }, { status: 409 });
}

test("an object is posted as it is, by STOW-RS", async () => {
  const asked = stubServer(() => Response.json({}));
  expect(await storeObject(bytes, signal)).toEqual({ kind: "stored" });
  expect(asked).toEqual([
    {
      method: "POST",
      path: "dicom-web/studies",
      headers: { accept: "application/dicom+json", "content-type": "application/dicom" },
      body: bytes,
    },
  ]);
});

test.each(["00081198", "0008119A"])("what the archive refuses under %s has its code and sentence", async (sequence) => {
  const code = { "00091001": { vr: "LO", Value: ["uid-conflict"] } };
  stubServer(() => failure(sequence, { ...code, "00091002": { vr: "LT", Value: ["other bytes are stored"] } }));
  const reason = "other bytes are stored";
  expect(await storeObject(bytes, signal)).toEqual({ kind: "refused", code: "uid-conflict", reason });
  stubServer(() => failure(sequence, code));
  expect(await storeObject(bytes, signal)).toEqual({ kind: "refused", code: "uid-conflict", reason: "uid-conflict" });
});

test.each([400, 409, 413, 415])("a problem with status %d is an outcome too", async (status) => {
  stubServer(() => problemOf(status, "not-dicom"));
  expect(await storeObject(bytes, signal)).toEqual({ kind: "refused", code: "not-dicom", reason: "said of not-dicom" });
});

test("a conflict of somebody between, who says nothing, is refused by its status", async () => {
  stubServer(() => new Response("<html>", { status: 409, statusText: "Conflict" }));
  expect(await storeObject(bytes, signal)).toEqual({ kind: "refused", code: "http-409", reason: "Conflict" });
});

test.each([401, 403, 500, 507])("status %d stops the upload: it is not about this object", async (status) => {
  stubServer(() => problemOf(status, "said"));
  await expect(storeObject(bytes, signal)).rejects.toMatchObject({ status, code: "said" });
});
