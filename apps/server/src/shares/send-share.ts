import { EtalonError } from "@etalon/base";
import { confidentialityProfile } from "@etalon/dicom";
import type { FastifyReply, FastifyRequest } from "fastify";
import { answerBytes } from "../dicomweb/answer/answer-bytes.ts";
import { createAnswerCache } from "../dicomweb/answer/answer-cache.ts";
import { entityTag } from "../dicomweb/answer/entity-tag.ts";
import { drawFrame } from "../dicomweb/render/draw-frame.ts";
import { createImageCache, keptImageBytes } from "../dicomweb/wado/image-cache.ts";
import type { WadoContext } from "../dicomweb/wado/wado-context.ts";
import { readPseudonymKey } from "../exports/pseudonym-keys.ts";
import { deidentifiedEntries } from "../packaging/deidentified-entries.ts";
import { documentEntries } from "../packaging/document-entries.ts";
import { resultEntries } from "../packaging/result-entries.ts";
import { studyEntries } from "../packaging/study-entries.ts";
import { partOf, writeZip, zipLength } from "../zip/write-zip.ts";
import { type OpenedShare, scopeOfShare } from "./open-share.ts";
import { sharedPictures, sharedStudies } from "./share-content.ts";
import type { ShareRoutes } from "./share-routes.ts";
import { holdsVisit } from "./visitors.ts";

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/** Gives a visitor what a share holds. */
export interface ShareSender {
  /** A picture by its number on the page, from 1 on. @throws {EtalonError} `nothing-here` */
  picture(share: OpenedShare, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
  /**
   * The ZIP of a counted download. Of studies as they are its length is known and a part can be asked for; without identity
   * it is made while it is sent, and begins anew.
   *
   * @param note told of how many images go, before the first byte
   * @throws {EtalonError} `share-not-found` where the download is none of this share's
   */
  download(share: OpenedShare, exchange: Exchange, note: (count: number) => Promise<void>): Promise<FastifyReply>;
}

/** Longest side of a picture on the page, pixels. */
const pictureSide = 480;
const jpegQuality = 85;

/** What gives visitors pictures and files. */
export function createShareSender(routes: ShareRoutes): ShareSender {
  const context = wadoContext(routes);
  return {
    picture: (share, request, reply) => sendPicture(routes, context, { share, request, reply }),
    download: async (share, { request, reply }, note) => {
      const secret = parameter(request, "ticket");
      if (!(await holdsVisit(routes, share.id, { purpose: "download", secret }))) {
        throw new EtalonError("share-not-found", { field: "download" });
      }
      reply.header("content-disposition", `attachment; filename="etalon-share-${share.id}.zip"`);
      const exchange = { request, reply };
      return share.options === null
        ? sendWhole(routes, { share, note }, exchange)
        : sendDeidentified(routes, { share, note }, exchange);
    },
  };
}

interface Sent {
  readonly share: OpenedShare;
  readonly note: (count: number) => Promise<void>;
}

async function sendWhole(
  routes: ShareRoutes,
  { share, note }: Sent,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  const { archive, database } = routes;
  const scope = scopeOfShare(share, request.ip);
  const uids = (await sharedStudies(database, scope)).map(({ studyInstanceUid }) => studyInstanceUid);
  const studies = await studyEntries(archive, scope, uids);
  const entries = [
    ...studies.entries,
    ...(await resultEntries(database, scope, uids)),
    ...(await documentEntries(archive, scope, studies.instances)),
  ];
  await note(studies.instances.length);
  const modified = share.createdAt;
  const hashes = studies.instances.map(({ fileSha256 }) => fileSha256);
  const names = entries.map(({ name, sizeBytes }) => `${name} ${sizeBytes}`);
  return answerBytes(request, reply, {
    contentType: "application/zip",
    tag: entityTag(["share", modified.toISOString(), ...hashes, ...names]),
    sizeBytes: zipLength(entries),
    isRanged: true,
    headers: { "cache-control": "no-store" },
    open: (range) => {
      const zip = writeZip(entries, { modified });
      return range === undefined ? zip : partOf(zip, range);
    },
  });
}

async function sendDeidentified(
  routes: ShareRoutes,
  { share, note }: Sent,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  const { archive, database, pictures, inTurn } = routes;
  const scope = scopeOfShare(share, request.ip);
  const studies = await sharedStudies(database, scope);
  const key = await readPseudonymKey(database, share.keyId ?? 0);
  const profile = confidentialityProfile("basic", share.options ?? []);
  const how = { profile, key, codecs: pictures.codecs, inTurn };
  await note(studies.reduce((sum, { images }) => sum + images, 0));
  const studyInstanceUids = studies.map(({ studyInstanceUid }) => studyInstanceUid);
  return answerBytes(request, reply, {
    contentType: "application/zip",
    tag: entityTag(["share", share.id, ...studyInstanceUids]),
    headers: { "cache-control": "no-store" },
    open: () => {
      const entries = deidentifiedEntries(archive, { scope, studyInstanceUids, how }, async () => {});
      return writeZip(entries, { modified: share.createdAt });
    },
  });
}

async function sendPicture(
  { archive, database }: ShareRoutes,
  context: WadoContext,
  { share, request, reply }: Exchange & { readonly share: OpenedShare },
): Promise<FastifyReply> {
  const scope = scopeOfShare(share, request.ip);
  const studyInstanceUids = (await sharedStudies(database, scope)).map((study) => study.studyInstanceUid);
  const pictures = await sharedPictures(archive, { scope, studyInstanceUids }, share.options !== null);
  const picture = pictures[Number(parameter(request, "number")) - 1];
  if (picture === undefined) throw new EtalonError("nothing-here", { field: request.method });
  const viewport = { width: pictureSide, height: pictureSide };
  const query = { quality: jpegQuality, viewport, ignored: [] };
  const bytes = await drawFrame(context, { scope, ...picture }, { query, type: "image/jpeg" });
  return reply.type("image/jpeg").send(Buffer.from(bytes));
}

/** Pictures are drawn as WADO-RS draws them. */
function wadoContext({ archive, pictures, access, addressOf }: ShareRoutes): WadoContext {
  return {
    archive,
    pictures,
    scopeOf: (request) => access.scopeOf(request, "share"),
    baseUrl: addressOf,
    images: createImageCache(archive, keptImageBytes),
    metadata: createAnswerCache(0),
  };
}

function parameter({ params }: FastifyRequest, name: string): string {
  const value: unknown = typeof params === "object" && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === "string" ? value : "";
}
