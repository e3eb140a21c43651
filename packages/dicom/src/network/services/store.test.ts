import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DimseError } from "../dimse/dimse-error.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import type { StoreRequest } from "../services/handlers.ts";
import { bytesOf, contextOf, instanceOf, type Loopback, loopback, uids } from "../testing/loopback.ts";

let net: Loopback;

beforeEach(() => {
  net = loopback();
});
afterEach(() => net.close());

describe("C-STORE", () => {
  it("carries the bytes as they are, with their names", async () => {
    const stored: (StoreRequest & { readonly all: Uint8Array })[] = [];
    const server = await net.serve({
      store: async (request) => {
        stored.push({ ...request, all: await bytesOf(request.bytes) });
        return { status: 0 };
      },
    });
    const association = await net.open(server, [contextOf(uids.ct, uids.implicit), contextOf(uids.ct, uids.jpegLs)]);
    // Longer than a PDU, and no data set at all: nothing looks into it.
    const long = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
    const chunks = [long.subarray(0, 1), long.subarray(1, 200_000), long.subarray(200_000)];
    await association.store(
      instanceOf("1.2.3", {
        transferSyntaxUid: uids.jpegLs,
        open: async function* () {
          yield* chunks;
        },
      }),
      { aeTitle: "VIEWER", messageId: 9 },
    );
    await association.store(instanceOf("1.2.4", { transferSyntaxUid: uids.implicit }));
    expect(stored[0]).toMatchObject({
      sopClassUid: uids.ct,
      sopInstanceUid: "1.2.3",
      transferSyntaxUid: uids.jpegLs,
      moveOriginatorAeTitle: "VIEWER",
    });
    expect(stored[0].all).toEqual(long);
    expect(stored[1]).toMatchObject({ sopInstanceUid: "1.2.4", transferSyntaxUid: uids.implicit });
    await expect(association.store(instanceOf("1.2.5"))).rejects.toThrow(
      expect.objectContaining({ code: "context-not-accepted" }),
    );
  });

  it("goes on after a refusal, a warning, a handler that throws, and one that reads nothing", async () => {
    const server = await net.serve({
      store: async ({ sopInstanceUid, bytes }) => {
        if (sopInstanceUid === "1.1") throw new DimseError(dimseStatus.outOfResources, "disk full");
        if (sopInstanceUid === "1.2") throw new Error("a defect");
        if (sopInstanceUid === "1.3") return { status: 0xb007 };
        await bytesOf(bytes);
        return { status: 0 };
      },
    });
    const association = await net.open(server, [contextOf(uids.ct)]);
    const big = {
      open: async function* () {
        for (let i = 0; i < 40; i++) yield new Uint8Array(50_000);
      },
    };
    await expect(association.store(instanceOf("1.1", big))).rejects.toThrow(
      expect.objectContaining({ status: 0xa700, comment: "disk full" }),
    );
    await expect(association.store(instanceOf("1.2", big))).rejects.toThrow(
      expect.objectContaining({ status: 0x0110 }),
    );
    expect(await association.store(instanceOf("1.3", big))).toEqual({ status: 0xb007 });
    expect(await association.store(instanceOf("1.4", big))).toEqual({ status: 0 });
    expect(net.events.filter(({ kind }) => kind === "failed")).toHaveLength(1);
  });

  it("holds a fast sender back while the handler is slow", async () => {
    let sent = 0;
    let sentWhenRead = 0;
    const server = await net.serve({
      store: async ({ bytes }) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        sentWhenRead = sent;
        await bytesOf(bytes);
        return { status: 0 };
      },
    });
    const association = await net.open(server, [contextOf(uids.ct)]);
    const total = 400;
    const chunk = new Uint8Array(100_000);
    const slow = instanceOf("1.2.3", {
      open: async function* () {
        for (; sent < total; sent++) yield chunk;
      },
    });
    expect(await association.store(slow)).toEqual({ status: 0 });
    // 40 MB in all; the pipe and the kernel's two buffers hold some 10 MB at the most.
    expect(sentWhenRead).toBeLessThan(150);
    expect(sent).toBe(total);
  });

  it("that ends half way fails at the handler", async () => {
    const failures: unknown[] = [];
    const server = await net.serve({
      store: async ({ bytes }) => {
        await bytesOf(bytes).catch((error: unknown) => failures.push(error));
        return { status: 0 };
      },
    });
    const association = await net.open(server, [contextOf(uids.ct)]);
    const broken = instanceOf("1.2.3", {
      open: async function* () {
        yield new Uint8Array(300_000);
        throw new Error("the disk is gone");
      },
    });
    await expect(association.store(broken)).rejects.toThrow("the disk is gone");
    await expect.poll(() => failures).toEqual([expect.objectContaining({ code: "association-ended" })]);
  });

  it("whose source fails before it began leaves the association as it was", async () => {
    const server = await net.serve({ store: async () => ({ status: 0 }) });
    const association = await net.open(server, [contextOf(uids.ct)]);
    const absent = instanceOf("1.2.3", { open: () => Promise.reject(new Error("no such file")) });
    await expect(association.store(absent)).rejects.toThrow("no such file");
    expect(await association.store(instanceOf("1.2.4"))).toEqual({ status: 0 });
  });
});
