import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { MetadataText } from "../../archive/archive.ts";
import { answerBytes } from "../answer/answer-bytes.ts";
import { entityTag } from "../answer/entity-tag.ts";
import { jsonTypeOf } from "../media/json-type-of.ts";
import { takesGzip } from "../media/takes-gzip.ts";
import { resourceUrl } from "../resource-url.ts";
import { withAbsoluteUris } from "./bulk-data-uri.ts";
import { foundInstances } from "./found-instances.ts";
import type { WadoContext } from "./wado-context.ts";

/** Fast: metadata shrinks to a tenth at every level. */
const gzipLevel = 1;

/** Retrieves the metadata of a study, series or instance (PS3.18 section 10.4.1.1.2) in DICOM JSON. */
export async function retrieveMetadata(
  context: WadoContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const contentType = jsonTypeOf(request);
  const { scope, selector, instances } = await foundInstances(context, request);
  const baseUrl = context.baseUrl(request);
  const isGzip = takesGzip(request.headers["accept-encoding"]);
  const hashes = instances.map(({ dataSetSha256 }) => dataSetSha256);
  const tag = entityTag(["metadata", baseUrl, selector.dataSetSha256 ?? "", isGzip ? "gzip" : "", ...hashes]);
  const kept = context.metadata.get(tag);
  return answerBytes(request, reply, {
    contentType,
    tag,
    ...(kept === undefined ? {} : { sizeBytes: kept.length }),
    ...(isGzip ? { headers: { "content-encoding": "gzip" } } : {}),
    open: () => {
      if (kept !== undefined) return onePiece(kept);
      const written: string[] = [];
      const json = jsonArray(context.archive.metadataTexts(scope, selector), (text) => {
        written.push(text.dataSetSha256);
        return withAbsoluteUris(text.json, resourceUrl(baseUrl, text), selector.dataSetSha256);
      });
      return whole(isGzip ? zipped(json) : json, (body) => {
        // Instances may have come or gone since the tag was made.
        if (written.join() === hashes.join()) context.metadata.set(tag, body);
      });
    },
  });
}

async function* onePiece(body: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield body;
}

/** Longer bodies are not gathered: the cache takes none of them. */
const longestKept = 8 * 1024 * 1024;

/** Passes pieces on, and gives them as one at the end. */
async function* whole(
  pieces: AsyncIterable<Uint8Array>,
  keep: (body: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, void> {
  const passed: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length <= longestKept) passed.push(piece);
    else passed.length = 0;
    yield piece;
  }
  if (length <= longestKept) keep(Buffer.concat(passed));
}

/** Bytes that are sent together. */
const pieceLength = 64 * 1024;

async function* jsonArray(
  texts: AsyncIterable<MetadataText>,
  write: (text: MetadataText) => string,
): AsyncGenerator<Buffer, void, void> {
  let piece = "[";
  let isFirst = true;
  for await (const text of texts) {
    piece += `${isFirst ? "" : ","}${write(text)}`;
    isFirst = false;
    if (piece.length >= pieceLength) {
      yield Buffer.from(piece);
      piece = "";
    }
  }
  yield Buffer.from(`${piece}]`);
}

async function* zipped(bytes: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void, void> {
  const gzip = createGzip({ level: gzipLevel });
  // What fails while it is read comes out of the other end.
  const writing = pipeline(Readable.from(bytes), gzip).catch(() => {});
  yield* gzip;
  await writing;
}
