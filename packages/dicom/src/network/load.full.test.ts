import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithPeer, hasProgram, runProgram } from "@etalon/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verificationSopClass } from "./sop-classes.ts";
import { bytesOf, contextOf, instanceOf, type Loopback, loopback, uids } from "./testing/loopback.ts";
import { testObjects } from "./testing/test-objects.ts";

let net: Loopback;

beforeEach(() => {
  net = loopback();
});
afterEach(() => net.close());

describe("under load", () => {
  it("200 associations at once, each with its objects, while others say nothing", async () => {
    const stored = new Set<string>();
    const server = await net.serve({
      store: async ({ sopInstanceUid, bytes }) => {
        const { length } = await bytesOf(bytes);
        expect(length).toBe(200_000);
        stored.add(sopInstanceUid);
        return { status: 0 };
      },
    });
    const halfOpen = Array.from({ length: 20 }, () => connect({ port: server.port, host: "127.0.0.1" }));
    const chunk = new Uint8Array(50_000);
    const associations = await Promise.all(
      Array.from({ length: 200 }, () => net.open(server, [contextOf(verificationSopClass), contextOf(uids.ct)])),
    );
    expect(server.connectionCount()).toBe(220);
    await Promise.all(
      associations.map(async (association, i) => {
        await association.echo();
        for (let k = 0; k < 3; k++) {
          const open = async function* (): AsyncGenerator<Uint8Array> {
            for (let part = 0; part < 4; part++) yield chunk;
          };
          await association.store(instanceOf(`1.${i}.${k}`, { open }));
        }
        await association.release();
      }),
    );
    expect(stored.size).toBe(600);
    for (const socket of halfOpen) socket.destroy();
    await expect.poll(() => server.connectionCount()).toBe(0);
  });

  it("more than it takes: the rest is told to come back", async () => {
    const server = await net.serve({}, { maxAssociations: 5 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () => net.open(server, [contextOf(verificationSopClass)])),
    );
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(7);
    for (const outcome of refused) {
      expect(outcome).toMatchObject({ reason: { code: "association-rejected", received: "transient" } });
    }
    await (
      outcomes.find((outcome) => outcome.status === "fulfilled")?.value ?? expect.fail("none was accepted")
    ).echo();
  });

  it("one peer that reads nothing does not hold the others up, and is aborted", async () => {
    const server = await net.serve(
      {
        find: async function* () {
          const identifier = { "00081030": { vr: "LO", Value: ["x".repeat(10_000)] } };
          for (let i = 0; i < 100_000; i++) yield { identifier };
        },
      },
      { idleTimeoutMs: 500, artimTimeoutMs: 200 },
    );
    const find = "1.2.840.10008.5.1.4.1.2.2.1";
    const slow = await net.open(server, [contextOf(find)]);
    const matches = slow.find({ sopClassUid: find, identifier: { "00080052": { vr: "CS", Value: ["STUDY"] } } });
    await matches.next();
    const others = await Promise.all(
      Array.from({ length: 10 }, () => net.open(server, [contextOf(verificationSopClass)])),
    );
    await Promise.all(others.map((each) => each.echo()));
    await expect
      .poll(() => net.events.filter(({ kind }) => kind === "ended").length, { timeout: 5000 })
      .toBeGreaterThan(0);
    expect(net.events.find(({ kind }) => kind === "ended")).toMatchObject({ end: { kind: "aborted" } });
  });

  it("memory stays flat while 300 MB come in and go nowhere fast", async () => {
    const server = await net.serve({
      store: async ({ bytes }) => {
        let seen = 0;
        for await (const chunk of bytes) {
          seen += chunk.length;
          await new Promise((resolve) => setImmediate(resolve));
        }
        return { status: seen === 300_000_000 ? 0 : 0xa700 };
      },
    });
    const association = await net.open(server, [contextOf(uids.ct)]);
    const chunk = new Uint8Array(100_000);
    let highest = 0;
    const before = process.memoryUsage.rss();
    const open = async function* (): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 3000; i++) {
        if (i % 100 === 0) highest = Math.max(highest, process.memoryUsage.rss());
        yield chunk;
      }
    };
    expect(await association.store(instanceOf("1.2.3", { open }))).toEqual({ status: 0 });
    // Sockets hand over chunks of 64 KiB that wait for the collector; what is held is under 1 MB.
    expect(highest - before).toBeLessThan(150_000_000);
  });
});

/** TLS with a key made for the test: of DCMTK's storescu, and of our own requestor. */
const isPresent = hasProgram("storescu") && hasProgram("openssl", ["version"]);
describeWithPeer("over TLS", { name: "dcmtk and openssl", isPresent }, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "etalon-tls-"));
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
    const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
    execFileSync("openssl", [...args, "-keyout", "key.pem", "-out", "cert.pem"], { cwd: folder, stdio: "ignore" });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("storescu and our requestor are served, with certificates on both sides; plain connections are not", async () => {
    const pem = (name: string): string => readFileSync(join(folder, name), "utf8");
    const [key, cert] = [pem("key.pem"), pem("cert.pem")];
    const stored: number[] = [];
    const server = await net.serve(
      {
        store: async ({ bytes }) => {
          stored.push((await bytesOf(bytes)).length);
          return { status: 0 };
        },
      },
      { tls: { key, cert, ca: cert, requestCert: true, rejectUnauthorized: true }, artimTimeoutMs: 300 },
    );
    const big = testObjects()[4];
    writeFileSync(join(folder, "big.dcm"), big.file);
    const args = [
      "+tls",
      "key.pem",
      "cert.pem",
      "+cf",
      "cert.pem",
      "-aec",
      "ARCHIVE",
      "localhost",
      String(server.port),
    ];
    const env = { ...process.env, TCP_NODELAY: "1" };
    expect(await runProgram("storescu", [...args, "big.dcm"], { cwd: folder, env })).toMatchObject({ exitCode: 0 });
    const association = await net.open(server, [contextOf(uids.ct)], { tls: { ca: cert, key, cert } });
    await association.store(instanceOf("1.2.3"));
    await association.release();
    expect(stored).toEqual([big.bytes.length, 40]);
    await expect(net.open(server, [contextOf(uids.ct)], { connectTimeoutMs: 500 })).rejects.toThrow(
      expect.objectContaining({ code: "association-ended" }),
    );
    await expect(net.open(server, [contextOf(uids.ct)], { tls: { ca: cert } })).rejects.toThrow(
      expect.objectContaining({ code: "association-ended" }),
    );
    await expect(net.open(server, [contextOf(uids.ct)], { tls: { key, cert } })).rejects.toThrow(
      expect.objectContaining({ code: "association-ended" }),
    );
  });

  it("connections that say nothing, or no TLS, do not stay (Node leaves them open after its timeout)", async () => {
    const [key, cert] = ["key.pem", "cert.pem"].map((name) => readFileSync(join(folder, name), "utf8"));
    const server = await net.serve({}, { tls: { key, cert }, artimTimeoutMs: 300 });
    // Nothing; the head of a ClientHello; an A-ASSOCIATE-RQ without TLS.
    const starts = [[], [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3], [1, 0, 0, 0, 0, 200]];
    const sockets = starts.map((start) => {
      const socket = connect({ port: server.port, host: "127.0.0.1" });
      socket.on("error", () => {});
      socket.write(Uint8Array.from(start));
      return socket;
    });
    await expect.poll(() => net.events.filter(({ kind }) => kind === "failed"), { timeout: 5000 }).toHaveLength(3);
    await expect.poll(() => server.connectionCount()).toBe(0);
    for (const socket of sockets) socket.destroy();
    const association = await net.open(server, [contextOf(verificationSopClass)], { tls: { ca: cert } });
    await association.echo();
  });
});
