import { EtalonError } from "@etalon/base";
import { packBits } from "@etalon/dicom";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { AskedInstance } from "../../archive/asked-instance.ts";
import { answerBytes } from "../answer/answer-bytes.ts";
import { entityTag } from "../answer/entity-tag.ts";
import { parseAccept } from "../media/parse-accept.ts";
import { multipartSize, type OutgoingPart, writeMultipart } from "../multipart/write-multipart.ts";
import { resourceUrl } from "../resource-url.ts";
import { queryText } from "../selector-of.ts";
import { decodeStoredFrame } from "./decode-stored-frame.ts";
import { foundInstances } from "./found-instances.ts";
import { type FrameForm, frameForm } from "./frame-form.ts";
import { frameNumbers } from "./frame-numbers.ts";
import { bigEndian, littleEndianFrame } from "./little-endian-frame.ts";
import type { WadoContext } from "./wado-context.ts";

/** Implicit and explicit VR little endian: the stored bytes of a frame are its native pixels. */
const nativeLittleEndian: ReadonlySet<string> = new Set(["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"]);

/** Retrieves frames by number (PS3.18 section 10.4.1.1.3). */
export async function retrieveFrames(
  context: WadoContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { scope, instances } = await foundInstances(context, request);
  const [instance] = instances;
  const { params } = request;
  const list: unknown = typeof params === "object" && params !== null ? Reflect.get(params, "frames") : undefined;
  return answerFrames(context, { request, reply }, { scope, instance, frames: frameNumbers(list, instance) });
}

/**
 * Frames of one instance in the form that the client takes. All of them are counted while they are sent and never listed:
 * an object can say that it has two thousand million.
 *
 * @throws EtalonError `not-acceptable`
 */
export async function answerFrames(
  context: WadoContext,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  asked: AskedInstance & { readonly frames: readonly [number, ...number[]] | "all" },
): Promise<FastifyReply> {
  const { instance, frames } = asked;
  const firstFrame = frames === "all" ? 1 : frames[0];
  const count = frames === "all" ? Math.max(1, instance.numberOfFrames) : frames.length;
  const { form, isMultipart } = chosenForm(request, instance.transferSyntaxUid, count);
  const contentType = `${form.mediaType}; transfer-syntax=${form.transferSyntaxUid}`;
  const tag = entityTag([
    isMultipart ? "frames" : "frame",
    instance.dataSetSha256,
    contentType,
    ...(frames === "all" ? [frames] : frames),
  ]);
  const url = resourceUrl(context.baseUrl(request), instance);
  const partOf = async (frame: number): Promise<OutgoingPart> => {
    const bytes = await frameBytes(context, asked, { frame, form });
    return { contentType, location: `${url}/frames/${frame}`, sizeBytes: bytes.length, open: () => onePiece(bytes) };
  };
  let first: Promise<OutgoingPart> | undefined;
  const firstPart = (): Promise<OutgoingPart> => {
    first ??= partOf(firstFrame);
    return first;
  };
  async function* parts(): AsyncGenerator<OutgoingPart, void, void> {
    yield await firstPart();
    for (let at = 1; at < count; at++) yield await partOf(frames === "all" ? at + 1 : (frames[at] ?? 1));
  }
  if (!isMultipart) {
    return answerBytes(request, reply, {
      contentType,
      tag,
      sizeBytes: async () => (await firstPart()).sizeBytes ?? 0,
      open: async function* () {
        yield* (await firstPart()).open();
      },
    });
  }
  return answerBytes(request, reply, {
    contentType: `multipart/related; type="${form.mediaType}"; boundary=${tag}`,
    tag,
    // Of one frame, as viewers ask for it, the length is known at once.
    ...(count === 1 ? { sizeBytes: async () => multipartSize([await firstPart()], tag) ?? 0 } : {}),
    open: () => writeMultipart(parts(), tag),
  });
}

function chosenForm(
  request: FastifyRequest,
  storedSyntaxUid: string,
  count: number,
): { readonly form: FrameForm; readonly isMultipart: boolean } {
  for (const range of parseAccept(request.headers.accept, queryText(request.query, "accept"))) {
    const form = frameForm(storedSyntaxUid, range);
    const isMultipart = range.isMultipart || range.mediaType === "*/*";
    if (form !== undefined && (isMultipart || count === 1)) return { form, isMultipart };
  }
  throw new EtalonError("not-acceptable", {
    field: "Accept",
    details: {
      expected: `multipart/related; type="application/octet-stream", or as stored with transfer-syntax=${storedSyntaxUid}`,
    },
  });
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}

async function frameBytes(
  context: WadoContext,
  { scope, instance }: AskedInstance,
  { frame, form }: { readonly frame: number; readonly form: FrameForm },
): Promise<Uint8Array> {
  if (!form.isDecoded || nativeLittleEndian.has(instance.transferSyntaxUid)) {
    return context.archive.frame(scope, instance, frame);
  }
  // Native pixels are given as they lie: what the header says of planes holds.
  if (instance.transferSyntaxUid === bigEndian) return littleEndianFrame(context, { scope, instance }, frame);
  const { samples } = await context.pictures.inTurn(() => decodeStoredFrame(context, { scope, instance }, frame));
  const { header } = await context.images.imageOf({ scope, instance });
  if (header.bitsAllocated === 1) return packBits(samples);
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
