import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DimseError } from "../dimse/dimse-error.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import type { StoreRequest } from "../services/handlers.ts";
import { getSopClasses, moveSopClasses } from "../sop-classes.ts";
import {
  bytesOf,
  contextForGet,
  contextOf,
  instanceOf,
  type Loopback,
  loopback,
  studyQuery,
  uids,
} from "../testing/loopback.ts";

let net: Loopback;

beforeEach(() => {
  net = loopback();
});
afterEach(() => net.close());

describe("C-MOVE", () => {
  const move = moveSopClasses["study-root"];

  it("sends to the destination, and counts", async () => {
    const received: StoreRequest[] = [];
    const viewer = await net.serve({
      store: async (request) => {
        received.push({ ...request });
        const { sopInstanceUid } = request;
        return { status: sopInstanceUid === "1.2" ? 0xb000 : sopInstanceUid === "1.3" ? 0xc000 : 0 };
      },
    });
    const instances = [
      instanceOf("1.1"),
      instanceOf("1.2", { sopClassUid: uids.mr, transferSyntaxUid: uids.jpegLs }),
      instanceOf("1.3"),
      instanceOf("1.4", { open: () => Promise.reject(new Error("gone")) }),
      // Its destination does not take this private syntax, and takes what it can be converted to.
      instanceOf("1.5", { transferSyntaxUid: "1.2.3.4", alternatives: [instanceOf("1.5")] }),
    ];
    const server = await net.serve({
      move: async ({ moveDestination }) => {
        if (moveDestination !== "VIEWER") throw new DimseError(dimseStatus.moveDestinationUnknown, "unknown");
        const destination = {
          host: "127.0.0.1",
          port: viewer.port,
          callingAeTitle: "ARCHIVE",
          calledAeTitle: "VIEWER",
        };
        return { destination, instances };
      },
    });
    const association = await net.open(server, [contextOf(move)]);
    const progress: number[] = [];
    const options = {
      sopClassUid: move,
      identifier: studyQuery,
      onProgress: ({ remaining }: { remaining: number }) => progress.push(remaining),
    };
    expect(await association.move({ ...options, moveDestination: "VIEWER" })).toEqual({
      status: dimseStatus.subOperationsCompleteWithFailures,
      remaining: 0,
      completed: 2,
      warning: 1,
      failed: 2,
      failedSopInstanceUids: ["1.3", "1.4"],
    });
    expect(progress).toEqual([4, 3, 2, 1]);
    expect(
      received.map(({ sopInstanceUid, moveOriginatorAeTitle }) => [sopInstanceUid, moveOriginatorAeTitle]),
    ).toEqual([
      ["1.1", "CT1"],
      ["1.2", "CT1"],
      ["1.3", "CT1"],
      ["1.5", "CT1"],
    ]);
    await expect(association.move({ ...options, moveDestination: "ELSEWHERE" })).rejects.toThrow(
      expect.objectContaining({ status: 0xa801 }),
    );
  });

  it("opens the association again where an object broke it, and more than one where contexts do not fit in it", async () => {
    const received: string[] = [];
    const viewer = await net.serve({
      store: async ({ sopInstanceUid }) => {
        received.push(sopInstanceUid);
        return { status: 0 };
      },
    });
    // 150 private SOP classes: an association has 128 contexts.
    const many = Array.from({ length: 150 }, (_, i) => instanceOf(`1.${i}`, { sopClassUid: `1.2.3.${i}` }));
    const breaking = instanceOf("1.999", {
      sopClassUid: "1.2.3.7",
      open: async function* () {
        yield new Uint8Array(300_000);
        throw new Error("gone");
      },
    });
    const server = await net.serve({
      move: async () => ({
        destination: { host: "127.0.0.1", port: viewer.port, callingAeTitle: "ARCHIVE", calledAeTitle: "VIEWER" },
        instances: [...many.slice(0, 5), breaking, ...many.slice(5)],
      }),
    });
    const association = await net.open(server, [contextOf(move)]);
    const result = await association.move({ sopClassUid: move, identifier: studyQuery, moveDestination: "VIEWER" });
    expect(result).toMatchObject({ completed: 150, failed: 1, failedSopInstanceUids: ["1.999"] });
    expect(new Set(received).size).toBe(151);
  });

  it("fails as a whole where the destination does not answer", async () => {
    const viewer = await net.serve({});
    await viewer.close(0);
    const server = await net.serve({
      move: async () => ({
        destination: { host: "127.0.0.1", port: viewer.port, callingAeTitle: "ARCHIVE", calledAeTitle: "VIEWER" },
        instances: [instanceOf("1.1"), instanceOf("1.2")],
      }),
    });
    const association = await net.open(server, [contextOf(move)]);
    await expect(
      association.move({ sopClassUid: move, identifier: studyQuery, moveDestination: "VIEWER" }),
    ).rejects.toThrow(expect.objectContaining({ status: 0xa702 }));
  });
});

describe("C-GET", () => {
  const get = getSopClasses["study-root"];

  it("brings objects on the same association, in the syntax they are stored in", async () => {
    const instances = [
      instanceOf("1.1"),
      instanceOf("1.2", { transferSyntaxUid: uids.jpegLs }),
      instanceOf("1.3", { transferSyntaxUid: uids.implicit }),
      instanceOf("1.5", { transferSyntaxUid: uids.implicit, alternatives: [instanceOf("1.5")] }),
      instanceOf("1.4", { sopClassUid: uids.mr }),
    ];
    const server = await net.serve({ get: async () => instances });
    const association = await net.open(server, [
      contextOf(get),
      contextForGet(uids.ct, uids.explicit),
      contextForGet(uids.ct, uids.jpegLs),
    ]);
    const stored = new Map<string, string>();
    const result = await association.get({
      sopClassUid: get,
      identifier: studyQuery,
      store: async ({ sopInstanceUid, bytes }) => {
        stored.set(sopInstanceUid, new TextDecoder().decode(await bytesOf(bytes)).trim());
        return { status: 0 };
      },
    });
    expect(result).toEqual({
      status: dimseStatus.subOperationsCompleteWithFailures,
      remaining: 0,
      completed: 3,
      warning: 0,
      failed: 2,
      failedSopInstanceUids: ["1.3", "1.4"],
    });
    expect([...stored]).toEqual([
      ["1.1", "data set of 1.1"],
      ["1.2", "data set of 1.2"],
      ["1.5", "data set of 1.5"],
    ]);
    // Without store handler, and the requestor no SCU of it: C-STORE has no context.
    await expect(association.store(instanceOf("1.9"))).rejects.toThrow(
      expect.objectContaining({ code: "context-not-accepted" }),
    );
  });

  it("is cancelled between two objects", async () => {
    const instances = Array.from({ length: 50 }, (_, i) => instanceOf(`1.${i}`));
    const server = await net.serve({ get: async () => instances });
    const association = await net.open(server, [contextOf(get), contextForGet(uids.ct)]);
    const controller = new AbortController();
    let count = 0;
    const result = await association.get({
      sopClassUid: get,
      identifier: studyQuery,
      signal: controller.signal,
      store: async ({ bytes }) => {
        await bytesOf(bytes);
        if (++count === 3) controller.abort();
        return { status: 0 };
      },
    });
    expect(result.status).toBe(dimseStatus.cancel);
    expect(result.completed).toBe(count);
    expect(result.remaining).toBe(50 - count);
    expect(count).toBeLessThan(10);
  });

  it("of nothing succeeds", async () => {
    const server = await net.serve({ get: async () => [] });
    const association = await net.open(server, [contextOf(get), contextForGet(uids.ct)]);
    const result = await association.get({
      sopClassUid: get,
      identifier: studyQuery,
      store: async () => ({ status: 0 }),
    });
    expect(result).toMatchObject({ status: 0, completed: 0, remaining: 0 });
  });
});
