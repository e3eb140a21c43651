import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bytesSource, dataSetOf, readPart10, writePart10 } from "@etalon/dicom";
import { buildConstructedFiles, describeWithSharedData } from "@etalon/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMultipart } from "../testing/read-multipart.ts";
import { type ServedDicomweb, serveDicomweb } from "../testing/served-dicomweb.ts";
import { storeFile } from "../testing/store-file.ts";

let served: ServedDicomweb;
beforeAll(async () => {
  served = await serveDicomweb();
});
afterAll(async () => {
  await served.app.close();
});

const stored = (bytes: Uint8Array): Promise<string> => storeFile(served.url, bytes);

const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Response> =>
  fetch(`${served.url}${path}`, { headers: { accept: "*/*", ...headers }, method });

const seriesOf = (path: string): string => path.slice(0, path.indexOf("/instances/"));
const studyOf = (path: string): string => path.slice(0, path.indexOf("/series/"));

/** Slice k of 4 × 4 voxels at 40 HU, with a box at 100 + k HU. */
const files = buildConstructedFiles(
  { slices: 3, boxes: [0, 1, 2].map((k) => ({ columns: [1, 2], rows: [1, 1], slices: [k, k], hu: 100 + k })) },
  { identity: "wado", attributes: { PatientName: "<script>alert(1)</script>" } },
).map(({ bytes }) => bytes);

const implicitFile = writePart10(
  dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.7",
    SOPInstanceUID: "1.2.3.3",
    StudyInstanceUID: "1.2.3.1",
    SeriesInstanceUID: "1.2.3.2",
    Modality: "OT",
    Rows: 2,
    Columns: 2,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: Uint8Array.of(1, 0, 2, 0, 3, 0, 0, 1),
  }),
  { transferSyntaxUid: "1.2.840.10008.1.2" },
);

describe("GET instances", () => {
  it("gives the bytes that were received, of an instance, a series and a study", async () => {
    const paths = await Promise.all(files.map((bytes) => stored(bytes)));
    for (const path of [seriesOf(paths[0] ?? ""), studyOf(paths[0] ?? "")]) {
      const answer = await get(path, { accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' });
      expect(answer.status).toBe(200);
      const parts = await readMultipart(answer);
      expect(parts.map(({ bytes }) => bytes)).toEqual(files.map((bytes) => Buffer.from(bytes)));
      expect(parts[0]?.type).toBe("application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
      expect(parts[2]?.location).toBe(`${served.url}${paths[2]}`);
      expect(Number(answer.headers.get("content-length"))).toBeGreaterThan(
        files.reduce((sum, { length }) => sum + length, 0),
      );
    }
  });

  it("gives one alone, with ranges", async () => {
    const path = await stored(files[0] ?? new Uint8Array(0));
    const whole = await get(path, { accept: "application/dicom; transfer-syntax=*" });
    expect(Buffer.from(await whole.arrayBuffer()).equals(files[0] ?? new Uint8Array(0))).toBe(true);
    expect(whole.headers.get("accept-ranges")).toBe("bytes");
    const part = await get(path, { accept: "application/dicom; transfer-syntax=*", range: "bytes=128-131" });
    expect([part.status, await part.text(), part.headers.get("content-range")]).toEqual([
      206,
      "DICM",
      `bytes 128-131/${files[0]?.length}`,
    ]);
    const beyond = await get(path, { accept: "application/dicom", range: "bytes=99999999-" });
    expect(beyond.status).toBe(416);
  });

  it("writes implicit VR anew where no transfer syntax is asked for", async () => {
    const path = await stored(implicitFile);
    const [part] = await readMultipart(await get(path, { accept: 'multipart/related; type="application/dicom"' }));
    expect(part?.type).toBe("application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
    const { dataSet } = await readPart10(bytesSource("part", part?.bytes ?? new Uint8Array(0)), { until: "end" });
    expect(dataSet["00280010"]).toEqual({ vr: "US", Value: [2] });
    const verbatim = await get(path, { accept: "*/*" });
    expect((await readMultipart(verbatim))[0]?.bytes.equals(implicitFile)).toBe(true);
  });

  it("gives an earlier version by its hash", async () => {
    const [old, changed] = [41, 42].map(
      (hu) =>
        buildConstructedFiles({ slices: 1, backgroundHu: hu }, { identity: "versions" })[0]?.bytes ?? new Uint8Array(0),
    );
    if (old === undefined || changed === undefined) throw new Error("two versions");
    const path = await stored(old);
    const { archive } = served;
    const [study = "", series = "", instance = ""] = path.split("/").filter((word) => /\d\./.test(word));
    const selector = { studyInstanceUid: study, seriesInstanceUid: series, sopInstanceUid: instance };
    const scope = { siteId: 1, actor: "test", purpose: "test" };
    const [held] = await archive.instances(scope, selector);
    await stored(changed);
    const current = await get(path, { accept: "application/dicom" });
    expect(Buffer.from(await current.arrayBuffer()).equals(changed)).toBe(true);
    const earlier = await get(`${path}?etalon-version=${held?.dataSetSha256}`, { accept: "application/dicom" });
    expect(Buffer.from(await earlier.arrayBuffer()).equals(old)).toBe(true);
    expect((await get(`${path}?etalon-version=${"0".repeat(64)}`)).status).toBe(404);
    expect((await get(`${path}?etalon-version=1234`)).status).toBe(400);
  });

  it("answers HEAD and what the client has already without the bytes", async () => {
    const path = await stored(files[0] ?? new Uint8Array(0));
    const head = await get(path, { accept: "application/dicom" }, "HEAD");
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(files[0]?.length)]);
    for (const resource of [path, `${path}/metadata`, `${path}/frames/1`, seriesOf(path)]) {
      const tag = (await get(resource)).headers.get("etag") ?? "";
      expect(tag).toMatch(/^"[0-9a-f]+"$/);
      const again = await get(resource, { "if-none-match": `"x", W/${tag}` });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
  });

  it.each([
    ["application/dicom+xml", 406],
    ['multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.90', 406],
    ["image/jpeg", 406],
    ["nonsense", 400],
  ])("answers Accept %s with %i", async (accept, status) => {
    const answer = await get(await stored(files[0] ?? new Uint8Array(0)), { accept });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  it.each([
    ["/studies/1.2.3.4.5.6", 404],
    ["/studies/1.2.3.4.5.6/metadata", 404],
    ["/studies/x", 400],
    ["/studies/..%2F..%2Fetc%2Fpasswd", 400],
    ["/studies/1.2/series/%00", 400],
    [`/studies/${"1.".repeat(40)}1`, 400],
    ["/studies/1.2/series/1.2/instances/1.2/frames/1", 404],
  ])("answers %s with %i", async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });
});

describe("GET metadata", () => {
  it("answers the second time as the first", async () => {
    const path = await stored(implicitFile);
    for (const encoding of ["gzip", "identity"]) {
      const asked = (): Promise<Response> => get(`${path}/metadata`, { "accept-encoding": encoding });
      const first = await asked();
      const second = await asked();
      expect(await second.text()).toBe(await first.text());
      const names = ["etag", "content-type", "content-encoding"];
      expect(names.map((name) => second.headers.get(name))).toEqual(names.map((name) => first.headers.get(name)));
      expect(second.headers.get("content-length")).not.toBeNull();
    }
  });

  it("is DICOM JSON with absolute URLs of bulk data, zipped for those who take it", async () => {
    const path = await stored(files[1] ?? new Uint8Array(0));
    const answer = await get(`${path}/metadata`, { accept: "application/dicom+json", "accept-encoding": "identity" });
    expect(answer.headers.get("content-type")).toBe("application/dicom+json");
    const [json] = JSON.parse(await answer.text());
    expect(json["00100010"]).toEqual({ vr: "PN", Value: [{ Alphabetic: "<script>alert(1)</script>" }] });
    expect(json["7FE00010"].BulkDataURI).toBe(`${served.url}${path}/bulkdata/7FE00010`);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const zipped = await get(`${path}/metadata`, { "accept-encoding": "gzip" });
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    expect(JSON.parse(await zipped.text())).toEqual([json]);
    expect(JSON.parse(await (await get(`${seriesOf(path)}/metadata`)).text())).toHaveLength(3);
  });

  it("is refused to those who only take XML", async () => {
    const path = await stored(files[1] ?? new Uint8Array(0));
    expect((await get(`${path}/metadata`, { accept: 'multipart/related; type="application/dicom+xml"' })).status).toBe(
      406,
    );
  });
});

describe("GET frames and bulk data", () => {
  it("gives native pixels, in parts and alone", async () => {
    const path = await stored(files[2] ?? new Uint8Array(0));
    const [part] = await readMultipart(
      await get(`${path}/frames/1`, { accept: 'multipart/related; type="application/octet-stream"' }),
    );
    // Stored values: 40 HU and 102 HU with intercept −1024 (the phantom's rescale).
    const samples = new Int16Array(new Uint8Array(part?.bytes ?? []).buffer);
    expect(samples).toHaveLength(16);
    const [background = 0, , , , , box = 0] = samples;
    expect(box - background).toBe(102 - 40);
    const alone = await get(`${path}/frames/1`, { accept: "application/octet-stream" });
    expect(alone.headers.get("content-length")).toBe("32");
    expect(Buffer.from(await alone.arrayBuffer()).equals(part?.bytes ?? Buffer.alloc(0))).toBe(true);
    const bulk = await get(`${path}/bulkdata/7FE00010`, { accept: "*/*", range: "bytes=10-13" });
    expect([bulk.status, Buffer.from(await bulk.arrayBuffer())]).toEqual([206, part?.bytes.subarray(10, 14)]);
    const inParts = await get(`${path}/bulkdata/7FE00010`, {
      accept: 'multipart/related; type="application/octet-stream"',
    });
    expect((await readMultipart(inParts))[0]?.bytes.equals(part?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it.each([
    ["/frames/2", 404],
    ["/frames/0", 400],
    ["/frames/1,", 400],
    ["/frames/-1", 400],
    ["/frames/1;2", 400],
    ["/bulkdata/00100010", 404],
    ["/bulkdata/7FE00010/0/00100010", 404],
    ["/bulkdata/__proto__", 404],
    ["/bulkdata/..%2F..%2Fx", 404],
  ])("answers %s with %i", async (resource, status) => {
    const path = await stored(files[2] ?? new Uint8Array(0));
    expect((await get(`${path}${resource}`)).status).toBe(status);
  });

  it("answers frames in a media type they are not stored in with 406", async () => {
    const path = await stored(files[2] ?? new Uint8Array(0));
    expect((await get(`${path}/frames/1`, { accept: 'multipart/related; type="image/jls"' })).status).toBe(406);
  });
});

describe("DELETE", () => {
  it("deletes what may go, and keeps what must stay: 409", async () => {
    const bytes = buildConstructedFiles({ slices: 1 }, { identity: "deleted" })[0]?.bytes ?? new Uint8Array(0);
    const path = await stored(bytes);
    const uid = path.slice(path.lastIndexOf("/") + 1);
    served.archive.retained.add(uid);
    const kept = await get(studyOf(path), {}, "DELETE");
    expect([kept.status, JSON.parse(await kept.text()).code]).toEqual([409, "retained"]);
    served.archive.retained.delete(uid);
    expect((await get(path, {}, "DELETE")).status).toBe(204);
    expect((await get(path)).status).toBe(404);
    expect((await get(path, {}, "DELETE")).status).toBe(404);
  });
});

describeWithSharedData("compressed files", "7-conformance", (folder) => {
  const file = async (name: string): Promise<string> => stored(await readFile(join(folder, name)));

  it("gives frames as they are stored, and decoded", async () => {
    const path = await file("cornerstone-ct-syntaxes/TestPattern_JPEG-LS-Lossless.dcm");
    const [jls] = await readMultipart(await get(`${path}/frames/1`, { accept: 'multipart/related; type="image/jls"' }));
    expect(jls?.type).toBe("image/jls; transfer-syntax=1.2.840.10008.1.2.4.80");
    // Start of image and JPEG-LS frame (ITU-T T.87, table C.1).
    expect([...(jls?.bytes.subarray(0, 4) ?? [])]).toEqual([0xff, 0xd8, 0xff, 0xf7]);
    const asStored = await get(`${path}/frames/1`, {
      accept: "multipart/related; type=application/octet-stream; transfer-syntax=*",
    });
    const [octets] = await readMultipart(asStored);
    expect(octets?.bytes.equals(jls?.bytes ?? Buffer.alloc(0))).toBe(true);
    const [decoded] = await readMultipart(await get(`${path}/frames/1`));
    const [json] = JSON.parse(await (await get(`${path}/metadata`)).text());
    const count = ["00280010", "00280011", "00280002", "00280100"].map((tag) => json[tag].Value[0]);
    expect(decoded?.bytes.length).toBe(count.reduce((product, value) => product * value, 1) / 8);
  });

  it("gives several frames in the order asked", async () => {
    const path = await file("pydicom-testfiles/SC_rgb_rle_16bit_2frame.dcm");
    const both = await readMultipart(await get(`${path}/frames/2,1`));
    const [first] = await readMultipart(await get(`${path}/frames/1`));
    expect(both).toHaveLength(2);
    expect(both[1]?.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect((await get(`${path}/frames/1,2`, { accept: "application/octet-stream" })).status).toBe(406);
    const bulk = await readMultipart(await get(`${path}/bulkdata/7FE00010`));
    expect(bulk.map(({ bytes }) => bytes)).toEqual([both[1]?.bytes, both[0]?.bytes]);
  });

  it("decodes an instance for who asks for Explicit VR Little Endian", async () => {
    const path = await file("pydicom-testfiles/rtdose_rle.dcm");
    const answer = await get(path, { accept: "application/dicom; transfer-syntax=1.2.840.10008.1.2.1" });
    expect(answer.headers.get("content-type")).toBe("application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect((await readPart10(bytesSource("answer", bytes), { until: "end" })).isTruncated).toBeUndefined();
  });
});
