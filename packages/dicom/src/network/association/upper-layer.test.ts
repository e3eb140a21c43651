import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DimseEvent } from "../accept-association.ts";
import { encodePdu } from "../pdu/encode-pdu.ts";
import { type DimseServer, startDimseServer } from "../start-dimse-server.ts";
import {
  associatedPeer,
  dataPdu,
  rawEcho as echo,
  rawEchoPdu as echoPdu,
  type RawPeer,
  rawPeer,
  rawRequest as request,
} from "../testing/raw-peer.ts";

const artimTimeoutMs = 150;
const idleTimeoutMs = 300;

let server: DimseServer;
let events: DimseEvent[];

beforeEach(async () => {
  events = [];
  server = await startDimseServer({
    port: 0,
    handlers: {},
    artimTimeoutMs,
    idleTimeoutMs,
    maxPduLength: 4096,
    onEvent: (event) => events.push(event),
  });
});
afterEach(() => server.close(0));

const associated = (): Promise<RawPeer> => associatedPeer(server.port);

describe("an acceptor's association", () => {
  it("answers, and ends in order", async () => {
    const peer = await associated();
    peer.socket.write(echoPdu);
    expect(await peer.next()).toMatchObject({ type: "p-data", values: [{ contextId: 1, isCommand: true }] });
    peer.socket.write(encodePdu({ type: "release-rq" }));
    expect(await peer.next()).toEqual({ type: "release-rp" });
    peer.socket.end();
    expect(await peer.next()).toBe("closed");
    expect(events.at(-1)).toMatchObject({ kind: "ended", end: { kind: "released" } });
  });

  it.each<[string, Uint8Array, { source: number; reason: number }]>([
    ["an unknown PDU", Uint8Array.of(0x09), { source: 2, reason: 1 }],
    ["a P-DATA-TF longer than announced", Uint8Array.of(4, 0, 0, 0, 0x10, 1), { source: 2, reason: 6 }],
    ["a second A-ASSOCIATE-RQ", encodePdu(request), { source: 2, reason: 2 }],
    ["an A-RELEASE-RP that nobody asked for", encodePdu({ type: "release-rp" }), { source: 2, reason: 2 }],
    [
      "a presentation context that was not accepted",
      dataPdu({ contextId: 3, isCommand: true, isLast: true }, echo),
      { source: 2, reason: 6 },
    ],
    [
      "a data set without its command",
      dataPdu({ contextId: 1, isCommand: false, isLast: true }, echo),
      { source: 2, reason: 5 },
    ],
    [
      "a command that is none",
      dataPdu({ contextId: 1, isCommand: true, isLast: true }, Uint8Array.of(8, 0, 8, 0)),
      { source: 0, reason: 0 },
    ],
  ])("is aborted at %s", async (_, bytes, { source, reason }) => {
    const peer = await associated();
    peer.socket.write(bytes);
    expect(await peer.next()).toEqual({ type: "abort", source, reason });
    // Whatever still comes is thrown away until the peer closes (AA-6).
    peer.socket.write(encodePdu({ type: "release-rq" }));
    peer.socket.end();
    expect(await peer.next()).toBe("closed");
    expect(events.at(-1)).toMatchObject({ kind: "ended", end: { kind: "aborted" } });
  });

  it.each<[string, Uint8Array]>([
    ["an A-RELEASE-RQ before any request", encodePdu({ type: "release-rq" })],
    ["data before any request", echoPdu],
    ["the request of another protocol", new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n")],
  ])("is aborted by its user, as AA-1 asks, at %s", async (_, bytes) => {
    const peer = rawPeer(server.port);
    peer.socket.write(bytes);
    expect(await peer.next()).toEqual({ type: "abort", source: 0, reason: 0 });
    expect(await peer.next()).toBe("closed");
  });

  it("lets go at once of who never asked, when it stops", async () => {
    const patient = await startDimseServer({ port: 0, handlers: {}, artimTimeoutMs: 60_000 });
    const silent = rawPeer(patient.port);
    await expect.poll(() => patient.connectionCount()).toBe(1);
    const start = performance.now();
    await patient.close(60_000);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(await silent.next()).toBe("closed");
  });

  it("survives whatever bytes come, before and after the request", async () => {
    const valid = [encodePdu(request), echoPdu, encodePdu({ type: "release-rq" })];
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.oneof(fc.constantFrom(...valid), fc.uint8Array({ maxLength: 60 })), { maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
        async (isAssociated, pieces, edits) => {
          const peer = isAssociated ? await associated() : rawPeer(server.port);
          const bytes = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
          for (const [at, value] of edits) if (bytes.length > 0) bytes[at % bytes.length] = value;
          peer.socket.end(bytes);
          while ((await peer.next()) !== "closed");
        },
      ),
      { numRuns: 150, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
    );
    const peer = await associated();
    peer.socket.write(echoPdu);
    expect(await peer.next()).toMatchObject({ type: "p-data" });
    await expect.poll(() => server.connectionCount()).toBe(1);
    expect(events.filter(({ kind }) => kind === "failed")).toEqual([]);
  });

  it("is refused for another protocol version or application context", async () => {
    const older = rawPeer(server.port);
    older.socket.write(encodePdu({ ...request, protocolVersion: 2 }));
    expect(await older.next()).toEqual({ type: "associate-rj", result: 1, source: 2, reason: 2 });
    const other = rawPeer(server.port);
    other.socket.write(encodePdu({ ...request, applicationContext: "1.2.3" }));
    expect(await other.next()).toEqual({ type: "associate-rj", result: 1, source: 1, reason: 2 });
  });

  it("ends by the ARTIM timer where no request comes, or only a part of one", async () => {
    const silent = rawPeer(server.port);
    const partial = rawPeer(server.port);
    partial.socket.write(encodePdu(request).subarray(0, 20));
    expect(await silent.next()).toBe("closed");
    expect(await partial.next()).toBe("closed");
    expect(events.map(({ kind }) => kind)).toEqual(["ended", "ended"]);
    await expect.poll(() => server.connectionCount()).toBe(0);
  });

  it("ends by the ARTIM timer where the peer does not close after its abort", async () => {
    const peer = await associated();
    peer.socket.write(Uint8Array.of(0x09));
    expect(await peer.next()).toMatchObject({ type: "abort" });
    expect(await peer.next()).toBe("closed");
  });

  it("is aborted where the peer falls silent, between messages and inside one", async () => {
    const between = await associated();
    const inside = await associated();
    inside.socket.write(dataPdu({ contextId: 1, isCommand: true, isLast: false }, echo.subarray(0, 10)));
    expect(await between.next()).toMatchObject({ type: "abort", source: 0 });
    expect(await inside.next()).toMatchObject({ type: "abort", source: 0 });
  });

  it("ends where the connection does", async () => {
    const peer = await associated();
    peer.socket.resetAndDestroy();
    await expect.poll(() => events.at(-1)).toMatchObject({ kind: "ended", end: { kind: "closed" } });
    await expect.poll(() => server.connectionCount()).toBe(0);
  });

  it("is released by this side when it stops", async () => {
    const peer = await associated();
    const stopped = server.close(5000);
    expect(await peer.next()).toEqual({ type: "release-rq" });
    peer.socket.write(encodePdu({ type: "release-rp" }));
    expect(await peer.next()).toBe("closed");
    await stopped;
    expect(events.at(-1)).toMatchObject({ kind: "ended", end: { kind: "released" } });
  });

  it("is released by both at once (release collision, acceptor's side: AR-8, AR-10, AR-4)", async () => {
    const peer = await associated();
    const stopped = server.close(5000);
    expect(await peer.next()).toEqual({ type: "release-rq" });
    peer.socket.write(encodePdu({ type: "release-rq" }));
    peer.socket.write(encodePdu({ type: "release-rp" }));
    expect(await peer.next()).toEqual({ type: "release-rp" });
    peer.socket.end();
    await stopped;
    expect(events.at(-1)).toMatchObject({ kind: "ended", end: { kind: "released" } });
  });
});
