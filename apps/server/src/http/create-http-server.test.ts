import { once } from "node:events";
import { connect } from "node:net";
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { type HttpConfig, readConfig } from "../config.ts";
import { createLog } from "../create-log.ts";
import { openDatabase } from "../database/open-database.ts";
import type { BlobStore } from "../store/blob-store.ts";
import { createHttpServer } from "./create-http-server.ts";
import { prepareClosing } from "./prepare-closing.ts";

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

interface Served {
  readonly app: FastifyInstance;
  readonly log: readonly string[];
}

/** A server whose database nobody runs, on a disk with so much room. */
async function serve(config: Partial<HttpConfig> = {}, freeBytes: number | Error = 2 ** 40): Promise<Served> {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) });
  // Port 1 (TCPMUX) has no listener on any machine of ours.
  const database = openDatabase({ connectionString: "postgresql://u:p@127.0.0.1:1/x", poolSize: 1, log });
  const store: Pick<BlobStore, "freeBytes"> = {
    freeBytes: async () => {
      if (typeof freeBytes === "number") return freeBytes;
      throw freeBytes;
    },
  };
  const app = await createHttpServer({ config: { ...readConfig({}).http, ...config }, log, database, store });
  opened.push(database, app);
  return { app, log: lines };
}

describe("what those who run it ask", () => {
  test("it lives while its database does not, and says that it is not ready", async () => {
    const { app } = await serve();
    expect((await app.inject("/healthz")).json()).toEqual({ status: "ok" });
    const ready = await app.inject("/readyz");
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toEqual({ status: "not ready", checks: { database: "unavailable", disk: "ok" } });
  });

  test.each([
    ["less than 1 GiB of room", 2 ** 30 - 1, "full"],
    ["1 GiB of room", 2 ** 30, "ok"],
    ["a disk that does not answer", new Error("EIO"), "unavailable"],
  ])("the disk with %s", async (_, free, disk) => {
    const { app } = await serve({}, free);
    expect((await app.inject("/readyz")).json()).toMatchObject({ checks: { disk } });
  });

  test("requests are counted by route, not by path", async () => {
    const { app } = await serve();
    app.get("/studies/:study", async () => "");
    await app.inject("/studies/1.2.3");
    await app.inject("/nowhere");
    const { body, headers } = await app.inject("/metrics");
    expect(headers["content-type"]).toMatch(/^text\/plain; version=/);
    expect(body).toContain('http_request_duration_seconds_count{method="GET",route="/studies/:study",status="200"} 1');
    expect(body).toContain('route="none",status="404"} 1');
    expect(body).toContain(`etalon_store_free_bytes ${2 ** 40}`);
    expect(body).toContain('etalon_database_connections{state="waiting"} 0');
    expect(body).not.toContain("1.2.3");
  });

  test("they are asked at the root and under the base path", async () => {
    const { app } = await serve({ basePath: "/etalon" });
    expect((await app.inject("/healthz")).statusCode).toBe(200);
    expect((await app.inject("/etalon/healthz")).statusCode).toBe(200);
  });
});

describe("the log", () => {
  test("has a line a request, without path, query or address", async () => {
    const { app, log } = await serve();
    app.get("/studies", async () => "");
    await app.inject("/studies?PatientName=DOE^JANE");
    await app.inject("/DOE^JANE");
    const lines = log.map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ level: 30, method: "GET", route: "/studies", status: 200, msg: "request" });
    expect(lines[1]).toMatchObject({ status: 404 });
    expect(log.join("")).not.toMatch(/DOE|127\.0\.0\.1/);
  });
});

describe("errors", () => {
  test("what is not there is a problem document", async () => {
    const { app } = await serve();
    const answer = await app.inject("/nothing");
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.json()).toMatchObject({ status: 404, code: "nothing-here" });
  });

  test("a fault of ours tells the client nothing of itself", async () => {
    const { app, log } = await serve();
    app.get("/fault", async () => {
      throw new Error("row of DOE^JANE");
    });
    const answer = await app.inject("/fault");
    expect(answer.statusCode).toBe(500);
    expect(answer.body + log.join("")).not.toContain("DOE");
  });

  test("a body that is too large to read whole is refused", async () => {
    const { app } = await serve();
    app.post("/json", async () => "");
    const headers = { "content-type": "application/json" };
    const answer = await app.inject({ method: "POST", url: "/json", headers, payload: `"${"x".repeat(2 ** 20)}"` });
    expect(answer.statusCode).toBe(413);
  });
});

describe("who may ask", () => {
  test.each([
    ["localhost:8042", 200],
    ["127.0.0.1:8042", 200],
    ["127.9.9.9", 200],
    ["[::1]:8042", 200],
    ["LOCALHOST", 200],
    ["evil.example:8042", 421],
    ["127.0.0.1.evil.example", 421],
    ["localhost.evil.example", 421],
    ["192.168.1.4", 421],
  ])("on the loopback address, of host %s: %i", async (host, status) => {
    const { app } = await serve();
    expect((await app.inject({ url: "/healthz", headers: { host } })).statusCode).toBe(status);
  });

  test("elsewhere, and behind a proxy, any host", async () => {
    const headers = { host: "pacs.example" };
    for (const config of [{ host: "0.0.0.0" }, { trustedProxies: ["127.0.0.1"] }]) {
      const { app } = await serve(config);
      expect((await app.inject({ url: "/healthz", headers })).statusCode).toBe(200);
    }
  });

  test.each([
    [["127.0.0.0/8"], "https", "pacs.example"],
    [["10.0.0.1"], "http", "inner:8042"],
  ])(
    "of a proxy at 127.0.0.1, X-Forwarded-… is believed where %j are trusted",
    async (trustedProxies, protocol, host) => {
      const { app } = await serve({ trustedProxies });
      app.get("/who", async (request) => ({ protocol: request.protocol, host: request.host }));
      const headers = { host: "inner:8042", "x-forwarded-proto": "https", "x-forwarded-host": "pacs.example" };
      const answer = await app.inject({ url: "/who", headers, remoteAddress: "127.0.0.1" });
      expect(answer.json()).toEqual({ protocol, host });
    },
  );
});

test("every answer forbids browsers to guess, frame or keep it", async () => {
  const { app } = await serve();
  for (const url of ["/healthz", "/nothing"]) {
    expect((await app.inject(url)).headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cache-control": "no-store",
    });
  }
});

test("a route's own header stands", async () => {
  const { app } = await serve();
  app.get("/kept", async (_request, reply) => reply.header("cache-control", "private, max-age=60").send("x"));
  expect((await app.inject("/kept")).headers["cache-control"]).toBe("private, max-age=60");
});

test("a stop finishes the request under way, and takes no more", async () => {
  const { app } = await serve();
  const closing = prepareClosing(app);
  const { promise: asked, resolve: askedNow } = Promise.withResolvers<void>();
  const { promise: goOn, resolve: goOnNow } = Promise.withResolvers<void>();
  app.get("/slow", (_request, reply) => {
    const body = async function* (): AsyncGenerator<string> {
      yield "begun ";
      askedNow();
      await goOn;
      yield "finished";
    };
    return reply.send(Readable.from(body()));
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const answer = fetch(`${url}/slow`).then((response) => response.text());
  await asked;
  const { port } = new URL(url);
  const closed = closing.close();
  await expect(once(connect(Number(port), "127.0.0.1"), "connect")).rejects.toThrow("ECONNREFUSED");
  goOnNow();
  expect(await answer).toBe("begun finished");
  await closed;
});

test("a stop does not wait for a client that has asked nothing", async () => {
  const { app } = await serve();
  const closing = prepareClosing(app);
  const url = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
  const silent = connect(Number(url.port), url.hostname);
  await once(silent, "connect");
  const ended = once(silent, "close");
  await closing.close();
  await ended;
});

test("a key that cannot be read is named", async () => {
  const tls = { keyFile: "/nowhere/key.pem", certificateFile: "/nowhere/cert.pem" };
  await expect(serve({ tls })).rejects.toMatchObject({ code: "file-unreadable", field: "/nowhere/key.pem" });
});
