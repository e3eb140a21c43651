import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAssociation } from "../open-association.ts";
import { verificationSopClass } from "../sop-classes.ts";
import type { DimseServerOptions } from "../start-dimse-server.ts";
import { bytesOf, contextOf, instanceOf, type Loopback, loopback, uids } from "../testing/loopback.ts";

let net: Loopback;

beforeEach(() => {
  net = loopback();
});
afterEach(() => net.close());

describe("association", () => {
  it("tells each side who the other is, and what was agreed on", async () => {
    const server = await net.serve({ store: async () => ({ status: 0 }) });
    const association = await net.open(server, [
      contextOf(verificationSopClass),
      contextOf(uids.ct, uids.jpegLs, uids.implicit),
      contextOf(uids.mr, "1.2.840.10008.1.2.6.2"),
      contextOf("1.2.840.10008.5.1.1.9"),
      contextOf("1.3.12.2.1107.5.9.1"),
    ]);
    const agreed = [...association.agreement.contexts.values()];
    // The sender's first transfer syntax; XML is none that objects are kept in; print is not offered; a private class is.
    expect(agreed.map(({ id, transferSyntax }) => [id, transferSyntax])).toEqual([
      [1, uids.explicit],
      [3, uids.jpegLs],
      [9, uids.explicit],
    ]);
    expect(net.events[0]).toMatchObject({
      kind: "accepted",
      peer: { callingAeTitle: "CT1", calledAeTitle: "ARCHIVE", remoteAddress: "127.0.0.1" },
    });
    await association.release();
    expect(association.isOpen).toBe(false);
    await expect(association.echo()).rejects.toThrow(expect.objectContaining({ code: "association-ended" }));
  });

  it.each<[string, Partial<DimseServerOptions>, string]>([
    ["an unknown caller", { callers: [{ aeTitle: "CT2" }] }, "calling AE title not recognized (permanent)"],
    [
      "a caller at another address",
      { callers: [{ aeTitle: "CT1", address: "192.0.2.1" }] },
      "calling AE title not recognized (permanent)",
    ],
    ["another title than its own", { calledAeTitles: ["PACS"] }, "called AE title not recognized (permanent)"],
    ["whom authorize refuses", { authorize: async () => false }, "no reason given (permanent)"],
    ["one association too many", { maxAssociations: 0 }, "local limit exceeded (transient)"],
  ])("is refused to %s", async (_, options, reason) => {
    const server = await net.serve({}, options);
    const refused = { code: "association-rejected", details: { reason } };
    await expect(net.open(server, [contextOf(verificationSopClass)])).rejects.toThrow(expect.objectContaining(refused));
    expect(net.events[0]).toMatchObject({ kind: "refused" });
  });

  it("is opened to a caller on the list, at its address", async () => {
    const server = await net.serve(
      {},
      { callers: [{ aeTitle: "CT1", address: "127.0.0.1" }], calledAeTitles: ["ARCHIVE"] },
    );
    await (await net.open(server, [contextOf(verificationSopClass)])).echo();
  });

  it("shows the user's identity to who authorizes", async () => {
    const identities: (string | undefined)[] = [];
    const server = await net.serve(
      {},
      {
        authorize: async ({ identity }) => {
          identities.push(identity === undefined ? undefined : new TextDecoder().decode(identity.secondary));
          return true;
        },
      },
    );
    const encoder = new TextEncoder();
    const identity = {
      type: 2,
      asksForResponse: true,
      primary: encoder.encode("anne"),
      secondary: encoder.encode("entry"),
    };
    await (await net.open(server, [contextOf(verificationSopClass)], { identity })).release();
    await (await net.open(server, [contextOf(verificationSopClass)])).release();
    expect(identities).toEqual(["entry", undefined]);
  });

  it("that nobody answers tells so", async () => {
    const server = await net.serve({});
    await server.close(0);
    await expect(net.open(server, [contextOf(verificationSopClass)])).rejects.toThrow(
      expect.objectContaining({ code: "association-ended", received: "closed" }),
    );
  });

  it.each([
    ["", "callingAeTitle"],
    ["A".repeat(17), "callingAeTitle"],
    ["A\\B", "callingAeTitle"],
  ])("needs an AE title of the standard, not %j", async (callingAeTitle, field) => {
    const server = await net.serve({});
    await expect(
      openAssociation({
        host: "",
        port: server.port,
        callingAeTitle,
        calledAeTitle: "A",
        contexts: [contextOf(verificationSopClass)],
      }),
    ).rejects.toThrow(expect.objectContaining({ code: "wrong-type", field }));
  });

  it("with a port that answers nothing fails in its time", async () => {
    const silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen({ port: 0, host: "127.0.0.1" }, resolve));
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const start = performance.now();
    const opening = openAssociation({
      host: "127.0.0.1",
      port,
      callingAeTitle: "CT1",
      calledAeTitle: "SILENT",
      contexts: [contextOf(verificationSopClass)],
      connectTimeoutMs: 100,
      artimTimeoutMs: 100,
    });
    await expect(opening).rejects.toThrow(
      expect.objectContaining({ code: "association-ended", details: { reason: "no answer within 100 ms" } }),
    );
    expect(performance.now() - start).toBeLessThan(5000);
    await new Promise((resolve) => silent.close(resolve));
  });

  it("stops after the operation that it is at, and not before", async () => {
    const begun = Promise.withResolvers<void>();
    const finished = Promise.withResolvers<void>();
    const server = await net.serve({
      store: async ({ bytes }) => {
        await bytesOf(bytes);
        begun.resolve();
        await finished.promise;
        return { status: 0 };
      },
    });
    const association = await net.open(server, [contextOf(uids.ct)]);
    const answer = association.store(instanceOf("1.2.3"));
    await begun.promise;
    const stopped = server.close(10_000);
    finished.resolve();
    expect(await answer).toEqual({ status: 0 });
    await stopped;
    expect(association.isOpen).toBe(false);
  });
});

describe("C-ECHO", () => {
  it("is answered, and by a handler where there is one", async () => {
    const server = await net.serve({
      echo: async ({ peer }) => ({ status: peer.callingAeTitle === "CT1" ? 0 : 0x0110 }),
    });
    await (await net.open(server, [contextOf(verificationSopClass)])).echo();
    const stranger = await net.open(server, [contextOf(verificationSopClass)], { callingAeTitle: "X" });
    await expect(stranger.echo()).rejects.toThrow(expect.objectContaining({ status: 0x0110 }));
  });
});
