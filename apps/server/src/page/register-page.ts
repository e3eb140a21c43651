import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EtalonError } from "@etalon/base";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { takesGzip } from "../dicomweb/media/takes-gzip.ts";
import { type PageFile, readPageFile } from "./page-file.ts";

/** Where `npm start` leaves the built page; it is no part of the server. */
export const builtPageFolder: string = fileURLToPath(new URL("../../../workstation/dist", import.meta.url));

/** Whether there is a page to serve. */
export function hasPage(folder: string): boolean {
  return existsSync(join(folder, "index.html"));
}

/**
 * Scripts are files of this server and none stands in the page; codecs are WebAssembly. Styles are written by the components
 * into the page. Nothing is loaded from elsewhere, and nobody shows the page in a frame.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Files under assets/ are named by their content. */
const forever = "public, max-age=31536000, immutable";

/**
 * Serves the built page at `<basePath>/`: its index is asked for anew each time, what is named by its content is kept.
 *
 * @param options `folder` of the built page, `basePath` "" or "/etalon"
 */
export function registerPage(
  app: FastifyInstance,
  { folder, basePath }: { readonly folder: string; readonly basePath: string },
): void {
  const files = new Map<string, Promise<PageFile | undefined>>();
  const fileOf = (path: string): Promise<PageFile | undefined> => {
    const file = files.get(path) ?? readPageFile(folder, path);
    // Only what exists is kept: names that do not are without end.
    files.set(path, file);
    file.then((found) => found === undefined && files.delete(path)).catch(() => files.delete(path));
    return file;
  };
  const open = { config: { access: "open" }, schema: { hide: true } } as const;
  app.get(`${basePath}/`, open, async (request, reply) => {
    // The page's addresses are relative: without the slash they would lead beside it.
    if (!pathOf(request).endsWith("/")) return reply.redirect(`${basePath}/`, 308);
    return sendFile(request, reply, { file: await fileOf("index.html"), cacheControl: "no-cache" });
  });
  app.get(`${basePath}/share.html`, open, async (request, reply) => {
    // The link's token is in its address, after "#".
    reply.headers({ "referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow, noarchive" });
    return sendFile(request, reply, { file: await fileOf("share.html"), cacheControl: "no-cache" });
  });
  app.get(`${basePath}/etalon.svg`, open, async (request, reply) =>
    sendFile(request, reply, { file: await fileOf("etalon.svg"), cacheControl: "no-cache" }),
  );
  app.get(`${basePath}/assets/*`, open, async (request, reply) => {
    const path = pathOf(request).slice(`${basePath}/`.length);
    const isNamedByContent = !path.endsWith(".wasm");
    return sendFile(request, reply, {
      file: await fileOf(path),
      cacheControl: isNamedByContent ? forever : "no-cache",
    });
  });
}

function pathOf({ url }: FastifyRequest): string {
  return url.split("?")[0] ?? "/";
}

/** @throws {EtalonError} `nothing-here` */
function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, cacheControl }: { readonly file: PageFile | undefined; readonly cacheControl: string },
): FastifyReply {
  if (file === undefined) throw new EtalonError("nothing-here", { field: request.method });
  reply.headers({
    "cache-control": cacheControl,
    "content-security-policy": contentSecurityPolicy,
    "cross-origin-opener-policy": "same-origin",
    vary: "accept-encoding",
    etag: file.etag,
  });
  if (request.headers["if-none-match"] === file.etag) return reply.code(304).send();
  const isGzip = file.gzip !== undefined && takesGzip(request.headers["accept-encoding"]);
  if (isGzip) reply.header("content-encoding", "gzip");
  return reply.type(file.contentType).send(isGzip ? file.gzip : file.bytes);
}
