import { afterAll, beforeAll, expect, it } from "vitest";
import { smallInstance } from "../archive/testing/small-instance.ts";
import { multipartBody, multipartType } from "../dicomweb/testing/multipart-body.ts";
import { type RunningArchive, startArchive } from "../dimse/testing/running-archive.ts";

let archive: RunningArchive;

/** 32 megapixels of 16 bits: half a second to draw. */
const rows = 8192;
const columns = 4096;

beforeAll(async () => {
  archive = await startArchive();
  const small = Array.from({ length: 500 }, (_, index) => ({
    bytes: smallInstance(index + 2, { StudyInstanceUID: `1.2.826.0.2.${index + 2}`, PatientName: `Doe^Jane ${index}` }),
  }));
  await stow(small);
  const values = Uint16Array.from({ length: rows * columns }, (_, index) => index % 4096);
  await stow([{ bytes: smallInstance(1, { Rows: rows, Columns: columns, PixelData: new Uint8Array(values.buffer) }) }]);
}, 180_000);
afterAll(() => archive.stop());

async function stow(parts: readonly { readonly bytes: Uint8Array }[]): Promise<void> {
  const answer = await fetch(`${archive.url}/dicom-web/studies`, {
    method: "POST",
    headers: { "content-type": multipartType },
    body: new Uint8Array(multipartBody(parts)),
  });
  expect(answer.status).toBe(200);
}

it("the server answers at once while 20 large pictures are drawn and long searches run", {
  timeout: 300_000,
}, async () => {
  const { url } = archive;
  const image = `${url}/dicom-web/studies/1.2.826.0.2.1/series/1.2.826.0.3.1/instances/1.2.826.0.1.1`;
  let isDrawing = true;
  const pictures = Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const answer = await fetch(`${image}/rendered?window=${1000 + index},500,linear&viewport=1024,1024`, {
        headers: { accept: "image/jpeg" },
      });
      expect([answer.status, (await answer.arrayBuffer()).byteLength > 1000]).toEqual([200, true]);
    }),
  ).finally(() => {
    isDrawing = false;
  });
  const searching = async (): Promise<void> => {
    while (isDrawing) {
      const found = await fetch(`${url}/dicom-web/studies?PatientName=*an*&includefield=all&limit=500`);
      expect((await found.text()).length).toBeGreaterThan(10_000);
    }
  };
  const searches = searching();
  const times: number[] = [];
  while (isDrawing) {
    const begun = performance.now();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    times.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await Promise.all([pictures, searches]);
  times.sort((one, other) => one - other);
  expect(times.length).toBeGreaterThan(20);
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(100);
});
