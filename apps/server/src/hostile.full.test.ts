import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallInstance } from "./archive/testing/small-instance.ts";
import { multipartBody, multipartType } from "./dicomweb/testing/multipart-body.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "./testing/running-server.ts";

let folder = "";
let server: ServerProcess;
let url = "";
const sockets: Socket[] = [];

beforeAll(async () => {
  folder = await temporaryDataFolder();
  server = spawnServer(folder);
  url = await server.url();
}, 120_000);

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  server.child.kill("SIGTERM");
  await server.ended;
  await removeDataFolder(folder);
});

/** Sends bytes on a connection of its own, and leaves it open. */
async function send(bytes: string | Uint8Array): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  sockets.push(socket);
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  return socket;
}

function store(bytes: Uint8Array): Promise<Response> {
  return fetch(`${url}/dicom-web/studies`, {
    method: "POST",
    headers: { "content-type": multipartType },
    body: new Uint8Array(multipartBody([{ bytes }])),
  });
}

const head = (path: string, fields: readonly string[]): string =>
  [path, `Host: ${new URL(url).host}`, ...fields, "", ""].join("\r\n");

/** Resident memory of the server's process, MiB; its PostgreSQL is another. */
async function residentMiB(): Promise<number> {
  const status = await readFile(`/proc/${server.child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

test("the server answers, in bounded memory, beside clients that hang, break off and never read", async () => {
  const post = "POST /dicom-web/studies HTTP/1.1";
  for (let client = 0; client < 50; client++) {
    // A head that never ends, a body that never comes, a body cut short, one longer than it says.
    await send(`GET /dicom-web/studies HTTP/1.1\r\nX-Slow: ${client}`);
    await send(head(post, [`Content-Type: ${multipartType}`, "Content-Length: 1000000"]));
    const cut = await send(`${head(post, [`Content-Type: ${multipartType}`, "Content-Length: 1000"])}--`);
    cut.destroy();
    await send(`${head(post, [`Content-Type: ${multipartType}`, "Content-Length: 3"])}${"-".repeat(5000)}`);
  }
  // 64 MiB of pixels, asked for by 10 who never read: 640 MiB if an answer were held.
  const pixels = new Uint8Array(64 * 1024 ** 2);
  const big = smallInstance(900, {
    Rows: 8192,
    Columns: 4096,
    PixelData: pixels,
    PatientName: "<b>Doe</b>\r\nX: 1^Jane",
  });
  expect((await store(big)).status).toBe(200);
  const path = "/dicom-web/studies/1.2.826.0.2.1/series/1.2.826.0.3.1/instances/1.2.826.0.1.900";
  for (let client = 0; client < 10; client++) {
    const socket = await send(head(`GET ${path} HTTP/1.1`, ["Accept: application/dicom"]));
    socket.pause();
  }
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => store(smallInstance(index + 1))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const found = await fetch(`${url}/dicom-web/instances?limit=0`);
  expect(found.headers.get("x-total-count")).toBe("201");
  // Some 200 MiB at rest, and the codecs.
  expect(await residentMiB()).toBeLessThan(600);
}, 120_000);
