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
  return answerBytes(request, reply, {
    contentType,
    tag,
    ...(isGzip ? { headers: { "content-encoding": "gzip" } } : {}),
    open: () => {
      const texts = context.archive.metadataTexts(scope, selector);
      const json = jsonArray(texts, (text) =>
        withAbsoluteUris(text.json, resourceUrl(baseUrl, text), selector.dataSetSha256),
      );
      return isGzip ? zipped(json) : json;
    },
  });
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
