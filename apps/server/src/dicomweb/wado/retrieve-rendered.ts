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
import { encodePicture, type PictureType, pictureTypes } from "../render/encode-picture.ts";
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
  const frames = list === undefined ? allFrames(found) : namedFrames(found, list);
  const { type, isMultipart } = chosenType(request, list === undefined ? 1 : frames.length);
  // One picture of an instance of many frames is the one that stands for it.
  const drawn = isMultipart || list !== undefined ? frames : [await representative(context, found)];
  return answerPictures(context, { request, reply }, { frames: drawn, type, isMultipart, query });
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
  const asked = { frames: [frame], type, isMultipart: false, query: { ...query, viewport } };
  return answerPictures(context, { request, reply }, asked);
}

function allFrames({ scope, instances }: Found): readonly AskedFrame[] {
  return instances.flatMap((instance) =>
    Array.from({ length: instance.numberOfFrames }, (_, index) => ({ scope, instance, frame: index + 1 })),
  );
}

function namedFrames({ scope, instances }: Found, list: unknown): readonly AskedFrame[] {
  const [instance] = instances;
  return frameNumbers(list, instance).map((frame) => ({ scope, instance, frame }));
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

async function answerPictures(
  context: WadoContext,
  { request, reply }: Exchange,
  asked: {
    readonly frames: readonly AskedFrame[];
    readonly type: PictureType;
    readonly isMultipart: boolean;
    readonly query: RenderQuery;
  },
): Promise<FastifyReply> {
  const { frames, type, isMultipart, query } = asked;
  const [first] = frames;
  if (first === undefined) throw new EtalonError("no-pixel-data", { field: "rendered", details: { file: "rendered" } });
  const names = frames.map(({ instance, frame }) => `${instance.dataSetSha256}/${frame}`);
  const tag = entityTag(["rendered", type, isMultipart ? 1 : 0, JSON.stringify(query), ...names]);
  const warning = query.ignored.length === 0 ? {} : { warning: `299 etalon "not drawn: ${query.ignored.join(", ")}"` };
  const draw = async (frame: AskedFrame): Promise<Uint8Array> =>
    encodePicture(await drawFrame(context, frame, query), context.jpeg, { type, quality: query.quality });
  if (!isMultipart) {
    let drawing: Promise<Uint8Array> | undefined;
    const picture = (): Promise<Uint8Array> => {
      drawing ??= draw(first);
      return drawing;
    };
    return answerBytes(request, reply, {
      contentType: type,
      tag,
      headers: warning,
      sizeBytes: async () => (await picture()).length,
      open: async function* () {
        yield await picture();
      },
    });
  }
  const baseUrl = context.baseUrl(request);
  const parts = frames.map(
    (asked): OutgoingPart => ({
      contentType: type,
      location: `${resourceUrl(baseUrl, asked.instance)}/frames/${asked.frame}/rendered`,
      open: async function* () {
        yield await draw(asked);
      },
    }),
  );
  return answerBytes(request, reply, {
    contentType: `multipart/related; type="${type}"; boundary=${tag}`,
    tag,
    headers: warning,
    open: () => writeMultipart(parts, tag),
  });
}
