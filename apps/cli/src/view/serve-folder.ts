import { randomBytes } from "node:crypto";
import { createReadStream, readdirSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { Readable as Stream } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EtalonError } from "@etalon/base";
import type { ByteSource } from "@etalon/dicom";
import type { Readable } from "../sources/readable.ts";

/** What is served, and where. */
export interface ServedView {
  /** Address of the page: its path is secret, so that no other page of this machine finds the files. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** Nothing is loaded from, or sent to, anywhere but this address; nobody shows the page in a frame. */
const headers = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' blob:",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** Bytes of a file that are read at once. */
const pieceLength = 1024 * 1024;

/**
 * Serves the page and the files of a folder, read only, to this machine alone. The port stays the same from one time to the
 * next: a browser keeps marks by address.
 *
 * @throws {EtalonError} `port-in-use`
 */
export async function serveFolder(
  pageFolder: string,
  files: readonly Readable[],
  { port, names }: { readonly port: number; readonly names: readonly string[] },
): Promise<ServedView> {
  const secret = randomBytes(16).toString("base64url");
  const pages = new Set(
    readdirSync(pageFolder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/")),
  );
  const server = createServer((request, response) => {
    response.on("error", () => response.destroy());
    const path = (request.url ?? "").split("?")[0] ?? "";
    const isAsked = (request.method === "GET" || request.method === "HEAD") && path.startsWith(`/${secret}/`);
    const rest = path.slice(secret.length + 2);
    const answered = isAsked ? answer(response, rest) : undefined;
    if (answered === undefined) response.writeHead(404, headers).end();
    else answered.catch(() => response.destroy());
  });
  const answer = (response: ServerResponse, rest: string): Promise<void> | undefined => {
    if (rest === "folder.json") return sendText(response, JSON.stringify(names));
    const file = /^folder\/(\d{1,9})$/.exec(rest)?.[1];
    const readable = file === undefined ? undefined : files[Number(file)];
    if (readable !== undefined) return sendSource(response, readable);
    const page = rest === "" ? "alone.html" : rest;
    const type = contentTypes[extname(page)];
    if (type === undefined || !pages.has(page)) return undefined;
    response.writeHead(200, { ...headers, "content-type": type });
    return pipeline(createReadStream(join(pageFolder, page)), response);
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new EtalonError("port-in-use", {
          field: "--port",
          received: `127.0.0.1:${port}`,
          details: { reason: cause.message },
          cause,
        }),
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}/${secret}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function sendText(response: ServerResponse, text: string): Promise<void> {
  response.writeHead(200, { ...headers, "content-type": "application/json" }).end(text);
}

async function sendSource(response: ServerResponse, readable: Readable): Promise<void> {
  const source = await readable.open().catch(() => undefined);
  if (source === undefined) {
    response.writeHead(404, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, "content-type": "application/octet-stream", "content-length": source.size });
  await pipeline(Stream.from(piecesOf(source)), response);
}

async function* piecesOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < source.size; offset += pieceLength) yield source.read(offset, pieceLength);
}
