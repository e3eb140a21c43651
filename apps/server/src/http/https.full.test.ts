import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithPeer, hasProgram } from "@etalon/testing";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpConfig, readConfig } from "../config.ts";
import { openDatabase } from "../database/open-database.ts";
import { createHttpServer } from "./create-http-server.ts";

describeWithPeer("HTTPS", { name: "openssl", isPresent: hasProgram("openssl", ["version"]) }, () => {
  let folder = "";
  const tls = (): NonNullable<HttpConfig["tls"]> => ({
    keyFile: join(folder, "key.pem"),
    certificateFile: join(folder, "certificate.pem"),
  });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "etalon-https-"));
    const { keyFile, certificateFile } = tls();
    const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    execFileSync("openssl", ["req", ...kind, ...name, "-keyout", keyFile, "-out", certificateFile], {
      stdio: "ignore",
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function serve(pair: NonNullable<HttpConfig["tls"]>): ReturnType<typeof createHttpServer> {
    const log = pino({ enabled: false });
    const database = openDatabase({ connectionString: "postgresql://u:p@127.0.0.1:1/x", poolSize: 1, log });
    const store = { freeBytes: async () => undefined };
    return createHttpServer({ config: { ...readConfig({}).http, tls: pair }, log, database, store });
  }

  test("is spoken with the key and the certificate that were named, and says so to browsers", async () => {
    const app = await serve(tls());
    app.get("/protocol", async (request) => request.protocol);
    const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
    const options = { ca: readFileSync(tls().certificateFile), agent: false };
    const answer = await new Promise<{ readonly text: string; readonly transport: string | undefined }>(
      (resolve, reject) => {
        get(`https://localhost:${port}/protocol`, options, (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => {
            text += part;
          });
          response.on("end", () => resolve({ text, transport: response.headers["strict-transport-security"] }));
        }).on("error", reject);
      },
    );
    // One year of 365 days.
    expect(answer).toEqual({ text: "https", transport: "max-age=31536000" });
    await app.close();
  });

  test("a key that is none is named", async () => {
    const keyFile = join(folder, "broken.pem");
    writeFileSync(keyFile, "broken");
    await expect(serve({ ...tls(), keyFile })).rejects.toMatchObject({
      code: "file-unreadable",
      field: expect.stringContaining(keyFile),
    });
  });
});
