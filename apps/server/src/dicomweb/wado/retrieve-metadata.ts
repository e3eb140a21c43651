import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { JsonValue } from "@etalon/base";
import { type DataSet, textOf, toDicomJson } from "@etalon/dicom";
import type { FastifyReply, FastifyRequest } from "fastify";
import { answerBytes } from "../answer/answer-bytes.ts";
import { entityTag } from "../answer/entity-tag.ts";
import { jsonTypeOf } from "../media/json-type-of.ts";
import { takesGzip } from "../media/takes-gzip.ts";
import { resourceUrl } from "../resource-url.ts";
import { withBulkDataUris } from "./bulk-data-uri.ts";
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
      const text = metadataText(async () => {
        const dataSets = await context.archive.metadata(scope, selector);
        return dataSets.map((dataSet) => withUris(dataSet, baseUrl, selector.dataSetSha256));
      });
      return isGzip ? zipped(text) : text;
    },
  });
}

function withUris(dataSet: DataSet, baseUrl: string, version: string | undefined): JsonValue {
  const url = resourceUrl(baseUrl, {
    studyInstanceUid: textOf(dataSet, "0020000D") ?? "",
    seriesInstanceUid: textOf(dataSet, "0020000E") ?? "",
    sopInstanceUid: textOf(dataSet, "00080018") ?? "",
  });
  return withBulkDataUris(toDicomJson(dataSet), url, version);
}

async function* metadataText(read: () => Promise<readonly JsonValue[]>): AsyncGenerator<Buffer, void, void> {
  let separator = "[";
  for (const json of await read()) {
    yield Buffer.from(separator + JSON.stringify(json));
    separator = ",";
  }
  yield Buffer.from(separator === "[" ? "[]" : "]");
}

async function* zipped(bytes: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void, void> {
  const gzip = createGzip({ level: gzipLevel });
  // What fails while it is read comes out of the other end.
  const writing = pipeline(Readable.from(bytes), gzip).catch(() => {});
  yield* gzip;
  await writing;
}
