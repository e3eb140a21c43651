import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { smallInstance } from "../archive/testing/small-instance.ts";
import { multipartBody, multipartType } from "../dicomweb/testing/multipart-body.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "../testing/running-server.ts";
import { readZip } from "./testing/read-zip.ts";

/** 2, as CI runs it; `ETALON_CRASH_ROUNDS=20` for the long run by hand. */
const rounds = Number(process.env["ETALON_CRASH_ROUNDS"] ?? 2);

const instanceCount = 40;
/** Far more than lies in the buffers between a server and a client that reads slowly. */
const pixelBytes = 1024 * 1024;

let folder = "";
let server: ServerProcess;
const settings = { ETALON_LOG_LEVEL: "silent", ETALON_WORKERS: "0" };

beforeAll(async () => {
  folder = await temporaryDataFolder();
  server = spawnServer(folder, settings);
  await store();
}, 120_000);

afterAll(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  await removeDataFolder(folder);
});

function image(index: number): Uint8Array {
  const pixels = new Uint8Array(pixelBytes).fill(index);
  return smallInstance(index, { Rows: 1024, Columns: 512, PixelData: pixels });
}

async function store(): Promise<void> {
  const indices = Array.from({ length: instanceCount }, (_, index) => index + 1);
  const answer = await fetch(`${await server.url()}/dicom-web/studies`, {
    method: "POST",
    headers: { "content-type": multipartType, accept: "application/dicom+json" },
    body: new Uint8Array(multipartBody(indices.map((index) => ({ bytes: image(index) })))),
  });
  expect(answer.status).toBe(200);
}

/** Path of a counted download of a new share, which may be downloaded once. */
async function ticketPath(deidentify: readonly string[] | undefined): Promise<string> {
  const url = await server.url();
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const made = await fetch(`${url}/api/shares`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ studies: ["1.2.826.0.2.1"], expiresAt, maxDownloads: 1, deidentify }),
  });
  const { url: link } = z.object({ url: z.string() }).parse(await made.json());
  const counted = await fetch(`${link}/download`, { method: "POST", redirect: "manual" });
  return counted.headers.get("location") ?? "";
}

/** Reads `length` bytes and no more, and kills the server while the rest is on its way. */
async function cutOff(path: string, length: number): Promise<Buffer> {
  const answer = await fetch(`${await server.url()}${path}`);
  expect(answer.status).toBe(200);
  const pieces: Uint8Array[] = [];
  let received = 0;
  const reader = answer.body?.getReader();
  if (reader === undefined) throw new Error("no body");
  while (received < length) {
    const { value, done } = await reader.read();
    if (done) break;
    pieces.push(value);
    received += value.length;
  }
  server.child.kill("SIGKILL");
  await server.ended;
  // What was on its way ends in an error: no client takes half of it for the whole.
  await expect(
    (async () => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        pieces.push(value);
      }
    })(),
  ).rejects.toThrow();
  server = spawnServer(folder, settings);
  return Buffer.concat(pieces);
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test.each(Array.from({ length: rounds }, (_, round) => round))(
  "round %i: killed during a download, started again, the download goes on where it was, or anew",
  async (round) => {
    const path = await ticketPath(undefined);
    const part = await cutOff(path, ((round % 4) + 1) * 4 * 1024 * 1024);
    const url = `${await server.url()}${path}`;
    const rest = await fetch(url, { headers: { range: `bytes=${part.length}-` } });
    expect(rest.status).toBe(206);
    const resumed = Buffer.concat([part, Buffer.from(await rest.arrayBuffer())]);
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(sha256(resumed)).toBe(sha256(whole));
    const read = readZip(resumed);
    expect([read.bad, read.objects.length]).toEqual([null, instanceCount]);
    // Without identity it is made anew, and as often.
    const nameless = await ticketPath([]);
    await cutOff(nameless, 4 * 1024 * 1024);
    const again = readZip(Buffer.from(await (await fetch(`${await server.url()}${nameless}`)).arrayBuffer()));
    expect([again.bad, again.objects.length]).toEqual([null, instanceCount]);
    expect(JSON.stringify(again)).not.toMatch(/doe|jane|1\.2\.826/i);
  },
  180_000,
);
