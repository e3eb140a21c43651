import { EtalonError } from "@etalon/base";
import { numberOf } from "@etalon/dicom";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { StoredInstance } from "../../archive/archive.ts";
import type { AskedInstance } from "../../archive/asked-instance.ts";
import { answerBytes } from "../answer/answer-bytes.ts";
import { entityTag } from "../answer/entity-tag.ts";
import { parseAccept, takes } from "../media/parse-accept.ts";
import { type OutgoingPart, writeMultipart } from "../multipart/write-multipart.ts";
import { drawFrame } from "../render/draw-frame.ts";
import { type PictureType, pictureTypes } from "../render/encode-picture.ts";
import { parseRenderQuery, type RenderQuery } from "../render/render-query.ts";
import { resourceUrl } from "../resource-url.ts";
import { queryText } from "../selector-of.ts";
import { type Found, foundInstances } from "./found-instances.ts";
import { frameNumbers } from "./frame-numbers.ts";
import type { WadoContext } from "./wado-context.ts";

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };
type AskedFrame = AskedInstance & { readonly frame: number };

/** Sides of a thumbnail where no viewport is asked for, pixels. */
const thumbnailSide = 160;

/** Retrieves pictures of a study, a series, an instance, or frames of it (PS3.18 section 10.4.1.1.4). */
export async function retrieveRendered(
  context: WadoContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = parseRenderQuery(request.query);
  const found = await foundInstances(context, request);
  const { params } = request;
  const list: unknown = typeof params === "object" && params !== null ? Reflect.get(params, "frames") : undefined;
  const named = list === undefined ? undefined : namedFrames(found, list);
  const { type, isMultipart } = chosenType(request, named?.length ?? 1);
  const asked = { type, query };
  if (named === undefined && isMultipart)
    return answerParts(context, { request, reply }, { ...asked, ...everyFrame(found) });
  // One picture of an instance of many frames is the one that stands for it.
  const frames = named ?? ([await representative(context, found)] as const);
  if (isMultipart) return answerParts(context, { request, reply }, { ...asked, names: frames.map(nameOf), frames });
  return answerPicture(context, { request, reply }, { ...asked, frame: frames[0] });
}

/** Retrieves a small picture that stands for a study, a series, an instance, or a frame (PS3.18 section 10.4.1.1.6). */
export async function retrieveThumbnail(
  context: WadoContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { viewport = { width: thumbnailSide, height: thumbnailSide }, ...query } = parseRenderQuery(request.query);
  const found = await foundInstances(context, request);
  const { params } = request;
  const list: unknown = typeof params === "object" && params !== null ? Reflect.get(params, "frames") : undefined;
  const [named] = list === undefined ? [] : namedFrames(found, list);
  const frame = named ?? (await representative(context, found));
  const { type } = chosenType(request, 1);
  // A thumbnail is one picture, also for who takes parts.
  return answerPicture(context, { request, reply }, { frame, type, query: { ...query, viewport } });
}

/** Frames as parts, and what names them all. */
interface AskedFrames {
  readonly names: readonly string[];
  readonly frames: Iterable<AskedFrame>;
}

/** Counted while they are sent and never listed: an object can say that it has two thousand million. */
function everyFrame({ scope, instances }: Found): AskedFrames {
  const images = instances.filter(({ numberOfFrames }) => numberOfFrames > 0);
  const [first] = instances;
  if (images.length === 0) throw noImage(first);
  function* frames(): Generator<AskedFrame, void, void> {
    for (const instance of images)
      for (let frame = 1; frame <= instance.numberOfFrames; frame++) yield { scope, instance, frame };
  }
  return { names: images.map(({ dataSetSha256 }) => `${dataSetSha256}/all`), frames: frames() };
}

function namedFrames({ scope, instances }: Found, list: unknown): readonly [AskedFrame, ...AskedFrame[]] {
  const [instance] = instances;
  const [first, ...others] = frameNumbers(list, instance);
  const asked = (frame: number): AskedFrame => ({ scope, instance, frame });
  return [asked(first), ...others.map(asked)];
}

/** The middle of the images; of several frames the one that the image names (0028,6010), else the middle one. */
async function representative(context: WadoContext, { scope, instances }: Found): Promise<AskedFrame> {
  const images = instances.filter(({ numberOfFrames }) => numberOfFrames > 0);
  const instance = images[Math.floor(images.length / 2)];
  if (instance === undefined) throw noImage(instances[0]);
  const { dataSet } = await context.images.imageOf({ scope, instance });
  const named = numberOf(dataSet, "00286010") ?? 0;
  const isFrame = Number.isInteger(named) && named >= 1 && named <= instance.numberOfFrames;
  return { scope, instance, frame: isFrame ? named : Math.floor(instance.numberOfFrames / 2) + 1 };
}

function noImage({ sopInstanceUid }: StoredInstance): EtalonError {
  return new EtalonError("no-pixel-data", { field: sopInstanceUid, details: { file: sopInstanceUid } });
}

/** @param needed pictures that must all be given: several are only in parts */
function chosenType(
  request: FastifyRequest,
  needed: number,
): { readonly type: PictureType; readonly isMultipart: boolean } {
  for (const range of parseAccept(request.headers.accept, queryText(request.query, "accept"))) {
    const type = pictureTypes.find((name) => takes(range, name));
    const isMultipart = range.isMultipart || (needed > 1 && range.mediaType === "*/*");
    if (type !== undefined && (isMultipart || needed === 1)) return { type, isMultipart };
  }
  throw new EtalonError("not-acceptable", { field: "Accept", details: { expected: pictureTypes.join(", ") } });
}

function nameOf({ instance, frame }: AskedFrame): string {
  return `${instance.dataSetSha256}/${frame}`;
}

/** How pictures are asked for. */
interface AskedPicture {
  readonly type: PictureType;
  readonly query: RenderQuery;
}

async function answerPicture(
  context: WadoContext,
  { request, reply }: Exchange,
  asked: AskedPicture & { readonly frame: AskedFrame },
): Promise<FastifyReply> {
  const { type, query, frame } = asked;
  let drawing: Promise<Uint8Array> | undefined;
  const picture = (): Promise<Uint8Array> => {
    drawing ??= drawFrame(context, frame, asked);
    return drawing;
  };
  return answerBytes(request, reply, {
    contentType: type,
    tag: entityTag(["rendered", type, 0, JSON.stringify(query), nameOf(frame)]),
    headers: notDrawn(query),
    sizeBytes: async () => (await picture()).length,
    open: async function* () {
      yield await picture();
    },
  });
}

async function answerParts(
  context: WadoContext,
  { request, reply }: Exchange,
  asked: AskedPicture & AskedFrames,
): Promise<FastifyReply> {
  const { type, query, names, frames } = asked;
  const tag = entityTag(["rendered", type, 1, JSON.stringify(query), ...names]);
  const baseUrl = context.baseUrl(request);
  function* parts(): Generator<OutgoingPart, void, void> {
    for (const frame of frames) {
      yield {
        contentType: type,
        location: `${resourceUrl(baseUrl, frame.instance)}/frames/${frame.frame}/rendered`,
        open: async function* () {
          yield await drawFrame(context, frame, asked);
        },
      };
    }
  }
  return answerBytes(request, reply, {
    contentType: `multipart/related; type="${type}"; boundary=${tag}`,
    tag,
    headers: notDrawn(query),
    open: () => writeMultipart(parts(), tag),
  });
}

function notDrawn({ ignored }: RenderQuery): Readonly<Record<string, string>> {
  return ignored.length === 0 ? {} : { warning: `299 etalon "not drawn: ${ignored.join(", ")}"` };
}
