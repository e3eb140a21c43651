import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dataSetOf, writePart10 } from "@etalon/dicom";
import { buildConstructedFiles, describeWithSharedData } from "@etalon/testing";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMultipart } from "../testing/read-multipart.ts";
import { type ServedDicomweb, serveDicomweb } from "../testing/served-dicomweb.ts";
import { storeFile } from "../testing/store-file.ts";

let served: ServedDicomweb;
let paths: readonly string[] = [];
beforeAll(async () => {
  served = await serveDicomweb();
  const files = buildConstructedFiles(
    { columns: 6, rows: 4, slices: 3, boxes: [{ columns: [1, 1], rows: [1, 1], slices: [1, 1], hu: 140 }] },
    { identity: "rendered" },
  );
  paths = await Promise.all(files.map(({ bytes }) => storeFile(served.url, bytes)));
});
afterAll(async () => {
  await served.app.close();
});

const get = (path: string, accept = "*/*"): Promise<Response> => fetch(`${served.url}${path}`, { headers: { accept } });

async function png(path: string): Promise<ReturnType<typeof decode>> {
  const answer = await get(path, "image/png");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
  return decode(new Uint8Array(await answer.arrayBuffer()));
}

describe("rendered", () => {
  it("is windowed as asked, in Hounsfield units", async () => {
    const picture = await png(`${paths[1]}/rendered?window=90,101`);
    expect([picture.width, picture.height, picture.channels]).toEqual([6, 4, 1]);
    // LINEAR 90, 101 rises from 39.5 to 139.5 HU: 40 HU is 0.5 % of 255, 140 HU beyond its end.
    expect(picture.data[0]).toBe(1);
    expect(picture.data[7]).toBe(255);
  });

  it("is JPEG where nothing else is asked for", async () => {
    const answer = await get(`${paths[1]}/rendered`);
    expect(answer.headers.get("content-type")).toBe("image/jpeg");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(Number(answer.headers.get("content-length"))).toBe(bytes.length);
  });

  it("comes in parts for a series, one for each frame", async () => {
    const series = paths[0]?.slice(0, paths[0].indexOf("/instances/"));
    const parts = await readMultipart(await get(`${series}/rendered`, 'multipart/related; type="image/png"'));
    expect(parts.map(({ type, location }) => [type, location])).toEqual(
      paths.map((path) => ["image/png", `${served.url}${path}/frames/1/rendered`]),
    );
  });

  it("has a thumbnail that fits, the middle image of a series", async () => {
    const series = paths[0]?.slice(0, paths[0].indexOf("/instances/"));
    const picture = await png(`${series}/thumbnail?viewport=3,3`);
    expect([picture.width, picture.height]).toEqual([3, 2]);
    expect(Math.max(...picture.data)).toBeGreaterThan(0);
    expect((await png(`${paths[0]}/frames/1/thumbnail`)).width).toBe(160);
  });

  it.each([
    ["?window=1", "image/png", 400],
    ["?viewport=0,1", "image/png", 400],
    ["", "image/gif", 406],
    ["", "application/dicom", 406],
  ])("answers %s as %s with %i", async (query, accept, status) => {
    expect((await get(`${paths[0]}/rendered${query}`, accept)).status).toBe(status);
  });

  it("says what it does not draw", async () => {
    expect((await get(`${paths[0]}/rendered?annotation=patient`)).headers.get("warning")).toContain("annotation");
  });

  it("answers what is no image with 406", async () => {
    const report = dataSetOf({
      SOPClassUID: "1.2.840.10008.5.1.4.1.1.88.11",
      SOPInstanceUID: "1.2.8.3",
      StudyInstanceUID: "1.2.8.1",
      SeriesInstanceUID: "1.2.8.2",
      Modality: "SR",
    });
    const path = await storeFile(served.url, writePart10(report, { transferSyntaxUid: "1.2.840.10008.1.2.1" }));
    expect((await get(`${path}/rendered`)).status).toBe(406);
    expect((await get(`${path}/thumbnail`)).status).toBe(406);
    expect((await get(`${path}/frames/1/rendered`)).status).toBe(404);
  });
});

describeWithSharedData("rendered from real files", "7-conformance", (folder) => {
  it("draws palette colours and YBR as RGB", async () => {
    for (const name of ["pydicom-data-extra/color-pl.dcm", "pydicom-testfiles/SC_rgb_dcmtk_+eb+cy+np.dcm"]) {
      const path = await storeFile(served.url, await readFile(join(folder, name)));
      const { channels, data } = await png(`${path}/rendered`);
      expect(channels).toBe(3);
      expect(new Set(data).size).toBeGreaterThan(2);
    }
  });

  it("draws each frame of several alone, and together in parts", async () => {
    const path = await storeFile(
      served.url,
      await readFile(join(folder, "pydicom-testfiles/SC_rgb_rle_16bit_2frame.dcm")),
    );
    const [first, second] = [await png(`${path}/frames/1/rendered`), await png(`${path}/frames/2/rendered`)];
    expect(first.data).not.toEqual(second.data);
    expect(await readMultipart(await get(`${path}/frames/1,2/rendered`))).toHaveLength(2);
    expect((await get(`${path}/frames/1,2/rendered`, "image/png")).status).toBe(406);
  });
});
