import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** A file of the built page as it is sent. */
export interface PageFile {
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** The same compressed, where that is worth it. */
  readonly gzip: Uint8Array | undefined;
  readonly etag: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** What is compressed already grows. */
const isPacked: ReadonlySet<string> = new Set([".woff2"]);

/** Reads a file of the page; `undefined` where it is none of ours or cannot be read. */
export async function readPageFile(folder: string, path: string): Promise<PageFile | undefined> {
  const extension = extname(path);
  const contentType = contentTypes[extension];
  const isInside = path
    .split("/")
    .every((part) => part !== "" && part !== "." && part !== ".." && !part.includes("\\"));
  if (contentType === undefined || !isInside) return undefined;
  const bytes = await readFile(join(folder, path)).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const packed = isPacked.has(extension) ? undefined : await promisify(gzip)(bytes);
  const etag = `"${createHash("sha256").update(bytes).digest("base64url")}"`;
  return { contentType, bytes, gzip: packed, etag };
}
