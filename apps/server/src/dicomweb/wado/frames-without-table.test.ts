import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestArchive, type TestArchive } from "../../archive/testing/open-test-archive.ts";
import { smallInstance } from "../../archive/testing/small-instance.ts";
import { multipartBody, multipartType } from "../testing/multipart-body.ts";
import { type ServedDicomweb, serveDicomweb } from "../testing/served-dicomweb.ts";

/** An object that says it has as many frames as 32 bits can, and has the pixels of one of 4 × 4. */
const file = smallInstance(1, { NumberOfFrames: 2 ** 31 - 1 });
const path = "/studies/1.2.826.0.2.1/series/1.2.826.0.3.1/instances/1.2.826.0.1.1";

let opened: TestArchive;
let served: ServedDicomweb;
beforeAll(async () => {
  opened = await openTestArchive();
  served = await serveDicomweb({ archive: opened.archive, scopeOf: () => opened.scope });
  const answer = await fetch(`${served.url}/studies`, {
    method: "POST",
    headers: { "content-type": multipartType },
    body: new Uint8Array(multipartBody([{ bytes: file }])),
  });
  expect(answer.status).toBe(200);
}, 60_000);
afterAll(async () => {
  await served.app.close();
  await opened.close();
});

it.each([
  ["/rendered", "image/png"],
  ["/rendered", 'multipart/related; type="image/png"'],
  ["/frames/2/rendered", "image/png"],
  ["/thumbnail", "image/png"],
  ["/frames/1", "*/*"],
])("says at once of %s as %s why there are no such frames", async (resource, accept) => {
  const answer = await fetch(`${served.url}${path}${resource}`, { headers: { accept } });
  expect([answer.status, await answer.json()]).toEqual([406, expect.objectContaining({ code: "dicom-malformed" })]);
});

it("gives the object itself", async () => {
  const answer = await fetch(`${served.url}${path}`, { headers: { accept: "application/dicom" } });
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(file);
});

it("takes no frame number twice", async () => {
  const twice = await fetch(`${served.url}${path}/frames/1,2,1`);
  expect(twice.status).toBe(400);
});

it("answers 404 where the bytes went away while they were asked for", async () => {
  const [instance] = await opened.archive.instances(opened.scope, { studyInstanceUid: "1.2.826.0.2.1" });
  await opened.store.remove(instance?.fileSha256 ?? "");
  const answer = await fetch(`${served.url}${path}`, { headers: { accept: "application/dicom" } });
  expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ code: "blob-missing" })]);
});
