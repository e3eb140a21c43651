import { EtalonError } from "@etalon/base";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { AskedInstance } from "../../archive/asked-instance.ts";
import { answerBytes } from "../answer/answer-bytes.ts";
import type { ByteRange } from "../answer/byte-range.ts";
import { entityTag } from "../answer/entity-tag.ts";
import { parseAccept, takes } from "../media/parse-accept.ts";
import { multipartSize, writeMultipart } from "../multipart/write-multipart.ts";
import { queryText } from "../selector-of.ts";
import { elementAtPath } from "./bulk-data-uri.ts";
import { bulkValue, isPlain } from "./bulk-value.ts";
import { foundInstances } from "./found-instances.ts";
import { answerFrames } from "./retrieve-frames.ts";
import type { WadoContext } from "./wado-context.ts";

const octets = "application/octet-stream";

/** Bytes of a value, or a part of them. */
interface Bulk {
  readonly sizeBytes: number;
  readonly open: (range?: ByteRange) => AsyncIterable<Uint8Array>;
}

/**
 * Retrieves a value that the metadata names by its BulkDataURI (PS3.18 section 10.4.1.1.5). Encapsulated pixels are given as
 * their frames; all other values as application/octet-stream, little endian, alone or as one part, alone with ranges.
 */
export async function retrieveBulkData(
  context: WadoContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { scope, instances } = await foundInstances(context, request);
  const [instance] = instances;
  const asked = { scope, instance };
  const { params } = request;
  const path = String(typeof params === "object" && params !== null ? Reflect.get(params, "*") : "");
  const { dataSet } = await context.images.imageOf(asked);
  const element = path.length > 1000 ? undefined : elementAtPath(dataSet, path);
  if (element?.bulk === undefined && element?.bytes === undefined) {
    throw new EtalonError("instance-not-found", {
      field: `bulk data ${path.slice(0, 80)} of ${instance.sopInstanceUid}`,
    });
  }
  if (element.bulk?.length === -1) {
    return answerFrames(context, { request, reply }, { ...asked, frames: "all" });
  }
  const { vr, bulk, bytes } = element;
  const value = bulk === undefined ? held(bytes ?? new Uint8Array(0)) : stored(context, asked, { vr, bulk });
  const isMultipart = isMultipartWanted(request);
  const tag = entityTag(["bulk", instance.fileSha256, path, isMultipart ? "multipart" : "single"]);
  if (!isMultipart) return answerBytes(request, reply, { contentType: octets, tag, isRanged: true, ...value });
  const part = { contentType: octets, ...value };
  const sizeBytes = multipartSize([part], tag);
  return answerBytes(request, reply, {
    contentType: `multipart/related; type="${octets}"; boundary=${tag}`,
    tag,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    open: () => writeMultipart([part], tag),
  });
}

function isMultipartWanted(request: FastifyRequest): boolean {
  for (const range of parseAccept(request.headers.accept, queryText(request.query, "accept"))) {
    if (takes(range, octets)) return range.isMultipart;
  }
  throw new EtalonError("not-acceptable", { field: "Accept", details: { expected: octets } });
}

function held(bytes: Uint8Array): Bulk {
  return {
    sizeBytes: bytes.length,
    open: async function* (range) {
      yield range === undefined ? bytes : bytes.subarray(range.offset, range.offset + range.length);
    },
  };
}

function stored(context: WadoContext, asked: AskedInstance, element: Parameters<typeof bulkValue>[2]): Bulk {
  const { offset, length } = element.bulk;
  if (isPlain(asked)) {
    return {
      sizeBytes: length,
      open: async function* (range = { offset: 0, length }) {
        const place = { offset: offset + range.offset, length: range.length };
        yield* await context.archive.open(asked.scope, asked.instance, place);
      },
    };
  }
  return {
    sizeBytes: length,
    open: async function* (range) {
      yield* held(await bulkValue(context, asked, element)).open(range);
    },
  };
}
