import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeCommandSet, encodeCommandSet } from "./dimse/command-set.ts";
import { encodePdu } from "./pdu/encode-pdu.ts";
import type { AssociateRequest, Pdu } from "./pdu/pdu.ts";
import { getSopClasses, moveSopClasses, verificationSopClass } from "./sop-classes.ts";
import { contextForGet, contextOf, instanceOf, type Loopback, loopback, studyQuery, uids } from "./testing/loopback.ts";
import { associatedPeer, dataPdu, type RawPeer, rawEcho, rawEchoPdu, rawPeer, rawRequest } from "./testing/raw-peer.ts";

let net: Loopback;

beforeEach(() => {
  net = loopback();
});
afterEach(() => net.close());

const whole = { contextId: 1, isCommand: true, isLast: true } as const;

/** The request with one abstract syntax, in explicit little endian. */
function requestFor(abstractSyntax: string, more: Partial<AssociateRequest["user"]> = {}): AssociateRequest {
  return {
    ...rawRequest,
    contexts: [{ id: 1, abstractSyntax, transferSyntaxes: [uids.explicit] }],
    user: { ...rawRequest.user, ...more },
  };
}

/** The command of a PDU that has one, whole. */
function commandIn(pdu: Pdu | "closed"): ReturnType<typeof decodeCommandSet> {
  if (pdu === "closed" || pdu.type !== "p-data") throw new Error(`no data: ${JSON.stringify(pdu)}`);
  return decodeCommandSet(pdu.values[0].bytes);
}

describe("AE titles of a peer", () => {
  it.each<[string, Uint8Array, { source: number; reason: number }]>([
    ["a calling title beyond ASCII", Uint8Array.of(0x4d, 0xdc, 0x4c), { source: 1, reason: 3 }],
    ["a calling title with a control character", Uint8Array.of(0x41, 0x0a, 0x42), { source: 1, reason: 3 }],
  ])("%s is refused by its reason", async (_, title, { source, reason }) => {
    const server = await net.serve({});
    const bytes = encodePdu(rawRequest);
    // The calling title stands at byte 26 (PS3.8 table 9-11).
    bytes.fill(0x20, 26, 42).set(title, 26);
    const peer = rawPeer(server.port);
    peer.socket.write(bytes);
    expect(await peer.next()).toEqual({ type: "associate-rj", result: 1, source, reason });
    expect(net.events.map(({ kind }) => kind)).toEqual(["refused", "ended"]);
  });

  it("a called title beyond ASCII is refused by its reason", async () => {
    const server = await net.serve({});
    const bytes = encodePdu(rawRequest);
    bytes.fill(0x20, 10, 26).set([0xe9], 10);
    const peer = rawPeer(server.port);
    peer.socket.write(bytes);
    expect(await peer.next()).toEqual({ type: "associate-rj", result: 1, source: 1, reason: 7 });
  });

  it("spaces inside are kept, those around are not", async () => {
    const server = await net.serve({}, { calledAeTitles: ["MY ARCHIVE"], callers: [{ aeTitle: "CT 1" }] });
    const association = await net.open(server, [contextOf(verificationSopClass)], {
      calledAeTitle: " MY ARCHIVE ",
      callingAeTitle: " CT 1",
    });
    await association.echo();
  });
});

describe("the peer's longest PDU", () => {
  it.each([8, 9, 13, 64, 127, 4096, 4097])("of %i bytes is kept to", async (maxPduLength) => {
    const server = await net.serve({});
    const peer = await associatedPeer(server.port, { ...rawRequest, user: { ...rawRequest.user, maxPduLength } });
    peer.socket.write(rawEchoPdu);
    const fragments: Uint8Array[] = [];
    for (let isLast = false; !isLast; ) {
      const pdu = await peer.next();
      if (pdu === "closed" || pdu.type !== "p-data") throw new Error("no data");
      for (const value of pdu.values) {
        // A presentation data value has a header of six bytes (PS3.8 table 9-23), and an even fragment (annex E.1).
        expect(value.bytes.length + 6).toBeLessThanOrEqual(maxPduLength);
        expect(value.bytes.length % 2).toBe(0);
        fragments.push(value.bytes);
        isLast = value.isLast;
      }
    }
    expect(decodeCommandSet(Buffer.concat(fragments))).toMatchObject({ commandField: 0x8030, status: 0 });
  });

  it.each([1, 6, 7])("of %i bytes, in which no value has room, ends the association", async (maxPduLength) => {
    const server = await net.serve({});
    const peer = rawPeer(server.port);
    peer.socket.write(encodePdu({ ...rawRequest, user: { ...rawRequest.user, maxPduLength } }));
    expect(await peer.next()).toMatchObject({ type: "abort" });
  });
});

describe("a peer that trickles", () => {
  it("is aborted where it sends one byte now and then, and no PDU in time", async () => {
    const server = await net.serve({}, { idleTimeoutMs: 300, artimTimeoutMs: 100 });
    const peer = await associatedPeer(server.port);
    let sent = 0;
    const timer = setInterval(() => peer.socket.write(rawEchoPdu.subarray(sent, ++sent)), 40);
    const start = performance.now();
    expect(await peer.next()).toMatchObject({ type: "abort", source: 0 });
    clearInterval(timer);
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it("is served where whole PDUs come in time, over more time than one may take", async () => {
    const server = await net.serve({}, { idleTimeoutMs: 300 });
    const peer = await associatedPeer(server.port);
    for (let i = 0; i < 5; i++) {
      await delay(150);
      peer.socket.write(rawEchoPdu);
      expect(commandIn(await peer.next())).toMatchObject({ status: 0 });
    }
  });
});

describe("events", () => {
  it("a peer that left before it was let in is never told as accepted", async () => {
    const decision = Promise.withResolvers<boolean>();
    const server = await net.serve({}, { authorize: () => decision.promise });
    const peer = rawPeer(server.port);
    peer.socket.write(encodePdu(rawRequest));
    await delay(50);
    peer.socket.destroy();
    await expect.poll(() => net.events.at(-1)).toMatchObject({ kind: "ended" });
    decision.resolve(true);
    await delay(20);
    expect(net.events.map(({ kind }) => kind)).toEqual(["ended"]);
  });
});

describe("C-CANCEL", () => {
  const cancel = (messageIdBeingRespondedTo: number): Uint8Array =>
    dataPdu(whole, encodeCommandSet({ commandField: 0x0fff, messageIdBeingRespondedTo }, false));

  it("means nothing to a C-STORE, whose object is kept", async () => {
    const signals: AbortSignal[] = [];
    const server = await net.serve({
      store: async ({ signal, bytes }) => {
        signals.push(signal);
        for await (const _ of bytes);
        return { status: signal.aborted ? 0xa700 : 0 };
      },
    });
    const peer = await associatedPeer(server.port, requestFor(uids.ct));
    const store = encodeCommandSet(
      { affectedSopClassUid: uids.ct, commandField: 1, messageId: 7, affectedSopInstanceUid: "1.2.3" },
      true,
    );
    // Inside the data set only data may come: the cancellation comes before, in the command's place, and after.
    peer.socket.write(dataPdu(whole, store));
    peer.socket.write(dataPdu({ contextId: 1, isCommand: false, isLast: true }, new Uint8Array(10)));
    peer.socket.write(cancel(7));
    expect(commandIn(await peer.next())).toMatchObject({ commandField: 0x8001, status: 0 });
    expect(signals[0].aborted).toBe(false);
  });

  it("of a retrieve that still looks for its objects is answered by FE00H, and is no failure", async () => {
    const server = await net.serve({
      get: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("told to stop")))),
    });
    const get = getSopClasses["study-root"];
    const association = await net.open(server, [contextOf(get), contextForGet(uids.ct)]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const result = await association.get({
      sopClassUid: get,
      identifier: studyQuery,
      signal: controller.signal,
      store: async () => ({ status: 0 }),
    });
    expect(result).toMatchObject({ status: 0xfe00, completed: 0 });
    expect(net.events.filter(({ kind }) => kind === "failed")).toEqual([]);
  });

  it("of what nobody asked, and of what is answered, means nothing", async () => {
    const server = await net.serve({});
    const peer = await associatedPeer(server.port);
    peer.socket.write(cancel(99));
    peer.socket.write(rawEchoPdu);
    peer.socket.write(cancel(1));
    peer.socket.write(rawEchoPdu);
    expect(commandIn(await peer.next())).toMatchObject({ status: 0, messageIdBeingRespondedTo: 1 });
    expect(commandIn(await peer.next())).toMatchObject({ status: 0, messageIdBeingRespondedTo: 1 });
  });
});

/** An acceptor of raw bytes: accepts what is asked, and then does what it is told with each command. */
async function rawAcceptor(
  onCommand: (peer: RawPeer, command: ReturnType<typeof decodeCommandSet>) => void,
): Promise<{ readonly port: number; readonly server: Server; associations(): number }> {
  const sockets: Socket[] = [];
  let associations = 0;
  const server = createServer(async (socket) => {
    sockets.push(socket);
    const peer = rawPeer(socket);
    for (let pdu = await peer.next(); pdu !== "closed"; pdu = await peer.next()) {
      if (pdu.type === "associate-rq") {
        associations++;
        const contexts = pdu.contexts.map(({ id, transferSyntaxes }) => ({
          id,
          result: 0 as const,
          transferSyntax: transferSyntaxes[0],
        }));
        socket.write(encodePdu({ ...pdu, type: "associate-ac", contexts, user: { ...pdu.user, maxPduLength: 16384 } }));
      } else if (pdu.type === "release-rq") {
        socket.end(encodePdu({ type: "release-rp" }));
      } else if (pdu.type === "p-data") {
        for (const { isCommand, bytes } of pdu.values) if (isCommand) onCommand(peer, decodeCommandSet(bytes));
      }
    }
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1" }, resolve));
  server.once("close", () => {
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  return { port: address.port, server, associations: () => associations };
}

describe("a peer that answers wrongly", () => {
  it("by another operation's response is no answer to a C-STORE", async () => {
    const peer = await rawAcceptor(({ socket }, { messageId = 0 }) => {
      const response = { commandField: 0x8030, messageIdBeingRespondedTo: messageId, status: 0 };
      socket.write(dataPdu(whole, encodeCommandSet(response, false)));
    });
    const association = await net.open(await net.serve({}), [contextOf(uids.ct)], { port: peer.port });
    await expect(association.store(instanceOf("1.2.3"))).rejects.toThrow(
      expect.objectContaining({ code: "association-ended" }),
    );
    peer.server.close();
  });

  it("by a data set nobody wants, and long, does not stand in the way of what follows", async () => {
    const peer = await rawAcceptor(({ socket }, { messageId = 0 }) => {
      const response = { commandField: 0x8030, messageIdBeingRespondedTo: messageId, status: 0 };
      socket.write(dataPdu(whole, encodeCommandSet(response, true)));
      for (let i = 0; i < 40; i++) {
        socket.write(dataPdu({ contextId: 1, isCommand: false, isLast: i === 39 }, new Uint8Array(16_000)));
      }
    });
    const association = await net.open(await net.serve({}), [contextOf(verificationSopClass)], { port: peer.port });
    await association.echo();
    await association.echo();
    peer.server.close();
  });
});

describe("the destination of a C-MOVE", () => {
  const move = moveSopClasses["study-root"];

  it("that aborts at every object is given up after three, and every object is told as failed", async () => {
    const viewer = await rawAcceptor(({ socket }) => socket.end(encodePdu({ type: "abort", source: 0, reason: 0 })));
    const instances = Array.from({ length: 20 }, (_, i) => instanceOf(`1.2.${i}`));
    const destination = { host: "127.0.0.1", port: viewer.port, callingAeTitle: "A", calledAeTitle: "V" };
    const server = await net.serve({ move: async () => ({ destination, instances }) });
    const association = await net.open(server, [contextOf(move)]);
    const asked = { sopClassUid: move, identifier: studyQuery, moveDestination: "V" };
    await expect(association.move(asked)).rejects.toThrow(expect.objectContaining({ status: 0xa702 }));
    expect(viewer.associations()).toBe(3);
    viewer.server.close();
  });

  it("that aborts half way has what came before counted, and what came after sent anew", async () => {
    let stores = 0;
    const viewer = await rawAcceptor(({ socket }, { messageId = 0 }) => {
      if (++stores === 3) return socket.end(encodePdu({ type: "abort", source: 0, reason: 0 }));
      const response = {
        commandField: 0x8001,
        messageIdBeingRespondedTo: messageId,
        status: stores === 5 ? 0xb007 : 0,
      };
      return socket.write(dataPdu(whole, encodeCommandSet(response, false)));
    });
    const instances = Array.from({ length: 6 }, (_, i) => instanceOf(`1.2.${i + 1}`));
    const destination = { host: "127.0.0.1", port: viewer.port, callingAeTitle: "A", calledAeTitle: "V" };
    const server = await net.serve({ move: async () => ({ destination, instances }) });
    const association = await net.open(server, [contextOf(move)]);
    const result = await association.move({ sopClassUid: move, identifier: studyQuery, moveDestination: "V" });
    expect(result).toEqual({
      status: 0xb000,
      remaining: 0,
      completed: 4,
      warning: 1,
      failed: 1,
      failedSopInstanceUids: ["1.2.3"],
    });
    viewer.server.close();
  });
});

describe("user identity", () => {
  const identity = { type: 2, asksForResponse: true, primary: Uint8Array.of(0x61), secondary: Uint8Array.of(0x62) };

  it.each<[string, { authorize?: () => Promise<boolean> }, Uint8Array | undefined]>([
    ["is answered where somebody checks it", { authorize: async () => true }, new Uint8Array(0)],
    ["is not said to be checked where nobody does", {}, undefined],
  ])("%s (PS3.7 annex D.3.3.7)", async (_, options, response) => {
    const server = await net.serve({}, options);
    const peer = rawPeer(server.port);
    peer.socket.write(encodePdu({ ...rawRequest, user: { ...rawRequest.user, identity } }));
    const answer = await peer.next();
    if (answer === "closed" || answer.type !== "associate-ac") throw new Error("not accepted");
    expect(answer.user.identityResponse).toEqual(response);
  });
});

describe("syntaxes that are no UIDs", () => {
  it.each<[string, readonly [string, string], number]>([
    ["an abstract syntax", ["1.2.3\u00e9", uids.explicit], 3],
    ["a transfer syntax", [uids.ct, "\u00e9.2"], 4],
  ])("%s has its context refused", async (_, [abstractSyntax, transferSyntax], result) => {
    const server = await net.serve({ store: async () => ({ status: 0 }) });
    const ascii = (uid: string): string => uid.replace("\u00e9", "~");
    const contexts = [
      { id: 1, abstractSyntax: ascii(abstractSyntax), transferSyntaxes: [ascii(transferSyntax)] },
      { id: 3, abstractSyntax: uids.ct, transferSyntaxes: [uids.explicit] },
    ];
    const roles = [{ sopClassUid: ascii(abstractSyntax), isScu: true, isScp: true }];
    const peer = rawPeer(server.port);
    const bytes = encodePdu({ ...rawRequest, contexts, user: { ...rawRequest.user, roles } });
    peer.socket.write(bytes.map((byte) => (byte === 0x7e ? 0xe9 : byte)));
    expect(await peer.next()).toMatchObject({ type: "associate-ac", contexts: [{ result }, { result: 0 }] });
  });
});

describe("command sets", () => {
  const wrongLength = Uint8Array.from(rawEcho);
  // The value of the group length stands at byte 8.
  wrongLength.set([0xff, 0xff, 0, 0], 8);

  it.each<[string, Uint8Array]>([
    ["a wrong group length", wrongLength],
    ["no group length", rawEcho.subarray(12)],
    ["an element of group 0000 that is not known", Uint8Array.from([...rawEcho, 0, 0, 0x34, 0x12, 2, 0, 0, 0, 1, 2])],
  ])("with %s are read", async (_, bytes) => {
    const server = await net.serve({});
    const peer = await associatedPeer(server.port);
    peer.socket.write(dataPdu(whole, bytes));
    expect(commandIn(await peer.next())).toMatchObject({ commandField: 0x8030, status: 0 });
  });

  it("of an unknown operation are answered by 0211H, with their data set thrown away", async () => {
    const server = await net.serve({});
    const peer = await associatedPeer(server.port);
    peer.socket.write(dataPdu(whole, encodeCommandSet({ commandField: 0x0150, messageId: 3 }, true)));
    peer.socket.write(dataPdu({ contextId: 1, isCommand: false, isLast: true }, new Uint8Array(100)));
    expect(commandIn(await peer.next())).toMatchObject({ commandField: 0x8150, status: 0x0211 });
    peer.socket.write(rawEchoPdu);
    expect(commandIn(await peer.next())).toMatchObject({ commandField: 0x8030, status: 0 });
  });

  it("with a SOP Instance UID beyond ASCII are answered, and the association goes on", async () => {
    const server = await net.serve({ store: async () => ({ status: 0 }) });
    const peer = await associatedPeer(server.port, requestFor(uids.ct));
    const command = { affectedSopClassUid: uids.ct, commandField: 1, messageId: 3, affectedSopInstanceUid: "1.2.3~" };
    const bytes = encodeCommandSet(command, true).map((byte) => (byte === 0x7e ? 0xe9 : byte));
    for (let i = 0; i < 2; i++) {
      peer.socket.write(dataPdu(whole, bytes));
      peer.socket.write(dataPdu({ contextId: 1, isCommand: false, isLast: true }, new Uint8Array(100)));
      // PS3.7 annex C.5.10: invalid SOP Instance.
      expect(commandIn(await peer.next())).toMatchObject({ commandField: 0x8001, status: 0x0117 });
    }
  });
});
