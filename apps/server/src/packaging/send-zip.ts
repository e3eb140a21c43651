import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { startReading } from "../dicomweb/answer/start-reading.ts";
import { writeZip } from "../zip/write-zip.ts";
import type { ZipEntry } from "../zip/zip-entry.ts";

/** Sends a ZIP that is made while it is sent. What fails before the first file has its own status; later, the connection is cut. */
export async function sendZip(
  reply: FastifyReply,
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
  { fileName, modified }: { readonly fileName: string; readonly modified: Date },
): Promise<FastifyReply> {
  const { first, rest } = await startReading(writeZip(entries, { modified }));
  async function* whole(): AsyncGenerator<Uint8Array, void, void> {
    yield* first;
    yield* rest;
  }
  return reply
    .type("application/zip")
    .header("content-disposition", `attachment; filename="${fileName}"`)
    .send(Readable.from(whole(), { objectMode: false }));
}
