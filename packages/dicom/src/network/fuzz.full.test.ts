import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DicomError } from "@etalon/base";
import { describeWithPeer, hasProgram, runProgram } from "@etalon/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { PduError } from "./pdu/pdu-error.ts";
import { PduParser } from "./pdu/pdu-parser.ts";
import { verificationSopClass } from "./sop-classes.ts";
import type { DimseServer } from "./start-dimse-server.ts";
import { contextOf, type Loopback, loopback } from "./testing/loopback.ts";
import { testArchive } from "./testing/test-archive.ts";
import { testObjects } from "./testing/test-objects.ts";

/** What the requestors of DCMTK send, recorded on its way. */
const programs = ["echoscu", "storescu", "findscu", "getscu"] as const;
const isPresent = programs.every((program) => hasProgram(program));

/** A change of a recording: where, and what is done there. */
interface Mutation {
  readonly at: number;
  readonly kind: "set" | "insert" | "remove" | "repeat" | "length" | "end";
  readonly value: number;
}

const mutations = fc.array(
  fc.record<Mutation>({
    at: fc.nat(1 << 20),
    kind: fc.constantFrom("set", "insert", "remove", "repeat", "length", "end"),
    value: fc.oneof(fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xfe, 0xff), fc.nat(255)),
  }),
  { minLength: 1, maxLength: 6 },
);

/** The recording with a change: headers lie in its first part, where half of the changes go. */
function mutated(bytes: Uint8Array, { at, kind, value }: Mutation): Uint8Array {
  const position = at % (value % 2 === 0 ? bytes.length : Math.min(bytes.length, 700));
  const [before, after] = [bytes.subarray(0, position), bytes.subarray(position)];
  switch (kind) {
    case "set":
      return Uint8Array.from([...before, value, ...after.subarray(1)]);
    case "insert":
      return Uint8Array.from([...before, ...new Uint8Array(value).fill(value), ...after]);
    case "remove":
      return Uint8Array.from([...before, ...after.subarray(value)]);
    case "repeat":
      return Uint8Array.from([...before, ...after.subarray(0, 600), ...after]);
    case "length":
      return Uint8Array.from([...before, 0xff, 0xff, 0xff, value, ...after.subarray(4)]);
    case "end":
      return before;
  }
}

describeWithPeer("what DCMTK sends, changed on its way", { name: "dcmtk", isPresent }, () => {
  let folder: string;
  let net: Loopback;
  let server: DimseServer;
  let proxy: Server;
  const recordings: Uint8Array[] = [];
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown): void => {
    unhandled.push(error);
  };

  beforeAll(async () => {
    process.on("unhandledRejection", onUnhandled);
    folder = mkdtempSync(join(tmpdir(), "etalon-fuzz-"));
    net = loopback();
    server = await net.serve(testArchive().handlers, { artimTimeoutMs: 200, idleTimeoutMs: 200, maxPduLength: 16_384 });
    proxy = createServer((client) => {
      const chunks: Uint8Array[] = [];
      const archive = connect({ port: server.port, host: "127.0.0.1" });
      client.on("data", (chunk) => chunks.push(chunk));
      client.on("close", () => recordings.push(Uint8Array.from(Buffer.concat(chunks))));
      for (const socket of [client, archive]) socket.on("error", () => {});
      client.pipe(archive).pipe(client);
    });
    await new Promise<void>((resolve) => proxy.listen({ port: 0, host: "127.0.0.1" }, resolve));
    const address = proxy.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    for (const { name, file } of testObjects().slice(0, 4)) writeFileSync(join(folder, `${name}.dcm`), file);
    const study = ["-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.826.0.1.3680043.8.498.4.1"];
    const calls = [
      ["echoscu", "--repeat", "2"],
      ["storescu", "-xe", "-R", "-usr", "user", "-pwd", "pass", "latin-1.dcm", "private.dcm"],
      ["findscu", ...study, "-k", "PatientName"],
      ["getscu", "-B", ...study],
    ];
    for (const [program, ...args] of calls) {
      const options = args.filter((arg) => !arg.endsWith(".dcm"));
      const files = args.filter((arg) => arg.endsWith(".dcm"));
      const all = [...options, "-aec", "ARCHIVE", "127.0.0.1", port, ...files];
      await runProgram(program, all, { cwd: folder, env: { ...process.env, TCP_NODELAY: "1" } });
    }
    await vi.waitFor(() => expect(recordings).toHaveLength(calls.length));
    // An A-ASSOCIATE-RQ alone has 68 bytes before its items (PS3.8 table 9-11).
    for (const { length } of recordings) expect(length).toBeGreaterThan(200);
  });
  afterAll(async () => {
    process.off("unhandledRejection", onUnhandled);
    proxy.close();
    await net.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const changed = (index: number, changes: readonly Mutation[]): Uint8Array =>
    changes.reduce((bytes, change) => (bytes.length === 0 ? bytes : mutated(bytes, change)), recordings[index]);
  const recording = fc.nat(programs.length - 1);

  it("is cut into PDUs or refused by the parser, however it is chunked, and by nothing but its own error", () => {
    fc.assert(
      fc.property(recording, mutations, fc.integer({ min: 1, max: 5000 }), (index, changes, chunkLength) => {
        const bytes = changed(index, changes);
        const parser = new PduParser(16_384);
        let pdus = 0;
        try {
          for (let at = 0; at < bytes.length; at += chunkLength) {
            parser.append(bytes.subarray(at, at + chunkLength));
            while (parser.next() !== undefined) pdus++;
          }
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(PduError);
        }
        // A PDU has six bytes at least.
        expect(pdus * 6).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 3000, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
    );
  });

  it("leaves the acceptor serving, without failure, open connection or growth", async () => {
    const before = process.memoryUsage().heapUsed;
    await fc.assert(
      fc.asyncProperty(recording, mutations, fc.boolean(), async (index, changes, isHalfClosed) => {
        const bytes = changed(index, changes);
        await new Promise<void>((resolve) => {
          const socket = connect({ port: server.port, host: "127.0.0.1" });
          socket.on("error", () => {});
          socket.on("close", () => resolve());
          socket.resume();
          socket.write(bytes);
          if (isHalfClosed) socket.end();
        });
      }),
      { numRuns: 300, interruptAfterTimeLimit: 150_000, markInterruptAsFailure: true },
    );
    await expect.poll(() => server.connectionCount(), { timeout: 5000 }).toBe(0);
    const association = await net.open(server, [contextOf(verificationSopClass)]);
    await association.echo();
    expect(unhandled).toEqual([]);
    // The request could always be settled: what fails is only an object that the test's archive cannot read.
    const failures = net.events.flatMap((event) => (event.kind === "failed" ? [event.error] : []));
    expect(failures.filter((error) => !(error instanceof DicomError))).toEqual([]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  });
});
