import { openAssociation } from "@etalon/dicom/network";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ctImageStorage, explicitLittleEndian, smallInstance } from "../archive/testing/small-instance.ts";
import { multipartBody, multipartType } from "../dicomweb/testing/multipart-body.ts";
import { dataSetBytes, type RunningArchive, startArchive } from "../dimse/testing/running-archive.ts";
import type { BlobStore } from "./blob-store.ts";
import { withRoomLimits } from "./with-room-limits.ts";

const mebibyte = 1024 ** 2;

describe("limits of a store", () => {
  /** A store that has so many bytes free and counts what is put. */
  function storeOf(free: () => number) {
    let stored = 0;
    const store: BlobStore = {
      put: async (bytes) => {
        let sizeBytes = 0;
        for await (const piece of bytes) sizeBytes += piece.length;
        stored += sizeBytes;
        return { sha256: "0".repeat(64), sizeBytes };
      },
      open: () => Promise.reject(new Error("unused")),
      read: () => Promise.reject(new Error("unused")),
      sizeOf: () => Promise.reject(new Error("unused")),
      remove: () => Promise.reject(new Error("unused")),
      list: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("unused")) }) }),
      freeBytes: async () => free(),
    };
    return { store, stored: () => stored };
  }
  async function* pieces(count: number): AsyncGenerator<Uint8Array> {
    for (let piece = 0; piece < count; piece += 1) yield new Uint8Array(mebibyte);
  }
  const full = (received: string) => ({ code: "store-full", received });

  it("a quota counts what is there and what comes, and sees within seconds that something went", async () => {
    let [used, now] = [3 * mebibyte, 0];
    const { store } = storeOf(() => 1);
    const sources = { usedBytes: async () => used, now: () => now };
    const limited = withRoomLimits(store, { quotaBytes: 5 * mebibyte, reserveBytes: 0 }, sources);
    await limited.put(pieces(2));
    used = 5 * mebibyte;
    now = 6000;
    await expect(limited.put(pieces(1))).rejects.toMatchObject(full("ETALON_STORE_QUOTA"));
    used = 0;
    now = 7000;
    await expect(limited.put(pieces(1))).rejects.toMatchObject(full("ETALON_STORE_QUOTA"));
    now = 12_000;
    expect((await limited.put(pieces(1))).sizeBytes).toBe(mebibyte);
  });

  it("a blob that would fill the disk is given up on its way, and the reserve stays", async () => {
    let free = 40 * mebibyte;
    const { store, stored } = storeOf(() => free);
    const limited = withRoomLimits(
      store,
      { quotaBytes: undefined, reserveBytes: 10 * mebibyte },
      { usedBytes: () => Promise.reject(new Error("not asked without a quota")) },
    );
    async function* filling(): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces(100)) {
        free -= piece.length;
        yield piece;
      }
    }
    await expect(limited.put(filling())).rejects.toMatchObject(full("ETALON_STORE_RESERVE"));
    expect([stored(), free > -20 * mebibyte]).toEqual([0, true]);
    await expect(limited.put(pieces(1))).rejects.toMatchObject(full("ETALON_STORE_RESERVE"));
    free = 40 * mebibyte;
    expect((await limited.put(pieces(1))).sizeBytes).toBe(mebibyte);
  });
});

describe("a server whose quota is reached", () => {
  let archive: RunningArchive;
  beforeAll(async () => {
    archive = await startArchive({ ETALON_STORE_QUOTA: "1MB" });
  }, 120_000);
  afterAll(() => archive.stop());

  const large = (index: number): Uint8Array =>
    smallInstance(index, { Rows: 700, Columns: 700, PixelData: new Uint8Array(980_000).fill(index) });
  const stow = (files: readonly Uint8Array[]): Promise<Response> =>
    fetch(`${archive.url}/dicom-web/studies`, {
      method: "POST",
      headers: { "content-type": multipartType },
      body: new Uint8Array(multipartBody(files.map((bytes) => ({ bytes })))),
    });

  it("says so of each instance, by STOW-RS and by C-STORE, and goes on with everything else", async () => {
    expect((await stow([large(1), large(2)])).status).toBe(200);
    const refused = await stow([large(3)]);
    const body = await refused.text();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(body).toContain('"00081197":{"vr":"US","Value":[42752]}');
    expect(body).toContain("ETALON_STORE_QUOTA");
    const association = await openAssociation({
      host: "127.0.0.1",
      port: archive.dimsePort,
      callingAeTitle: "CT1",
      calledAeTitle: "ETALON",
      contexts: [{ abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittleEndian] }],
    });
    const dataSet = await dataSetBytes(large(4));
    await expect(
      association.store({
        sopClassUid: ctImageStorage,
        sopInstanceUid: "1.2.826.0.1.4",
        transferSyntaxUid: explicitLittleEndian,
        open: async function* () {
          yield dataSet;
        },
      }),
    ).rejects.toMatchObject({ status: 0xa700 });
    await association.release();
    const found = await fetch(`${archive.url}/dicom-web/instances?limit=0`);
    expect(found.headers.get("x-total-count")).toBe("2");
    const path = `${archive.url}/dicom-web/studies/1.2.826.0.2.1`;
    expect((await fetch(path, { method: "DELETE" })).status).toBe(204);
    await expect.poll(async () => (await stow([large(3)])).status, { timeout: 30_000, interval: 500 }).toBe(200);
  });
});
