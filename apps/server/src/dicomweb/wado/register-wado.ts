import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { seesPatients } from "../../accounts/route-access.ts";
import { makePicturesHere } from "../../pictures/make-pictures-here.ts";
import { createAnswerCache } from "../answer/answer-cache.ts";
import { apiSchema, type RouteWords } from "../api-schema.ts";
import type { DicomwebOptions } from "../dicomweb-options.ts";
import { createImageCache, keptImageBytes } from "./image-cache.ts";
import { removeInstances } from "./remove-instances.ts";
import { retrieveBulkData } from "./retrieve-bulk-data.ts";
import { retrieveFrames } from "./retrieve-frames.ts";
import { retrieveInstances } from "./retrieve-instances.ts";
import { retrieveMetadata } from "./retrieve-metadata.ts";
import { retrieveRendered, retrieveThumbnail } from "./retrieve-rendered.ts";
import { retrieveVersions } from "./retrieve-versions.ts";
import type { WadoContext } from "./wado-context.ts";

/** The metadata of some hundred series, compressed. */
const keptMetadataBytes = 32 * 1024 * 1024;

type Handler = (context: WadoContext, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

const study = "/studies/:study";
const series = `${study}/series/:series`;
const instance = `${series}/instances/:instance`;
const levels = [
  { path: study, name: "a study" },
  { path: series, name: "a series" },
  { path: instance, name: "an instance" },
] as const;

/** WADO-RS (PS3.18 section 10.4), and the deletion that PS3.18 lacks. */
export function registerWado(app: FastifyInstance, options: DicomwebOptions): void {
  const { archive, scopeOf, baseUrl, pictures = makePicturesHere() } = options;
  const context: WadoContext = {
    archive,
    scopeOf,
    baseUrl,
    pictures,
    images: createImageCache(archive, keptImageBytes),
    metadata: createAnswerCache(keptMetadataBytes),
  };
  const get = (path: string, handler: Handler, words: RouteWords): void => {
    const config = { access: seesPatients };
    app.get(path, { config, schema: apiSchema(path, words) }, (request, reply) => handler(context, request, reply));
  };
  for (const { path, name } of levels) {
    get(path, retrieveInstances, instancesWords(name));
    get(`${path}/metadata`, retrieveMetadata, metadataWords(name));
    get(`${path}/versions`, retrieveVersions, versionsWords(name));
    const schema = apiSchema(path, {
      tag: "Extension",
      summary: `Delete ${name}`,
      statuses: { 204: "Deleted.", 409: "It must still be kept." },
    });
    app.delete(path, { config: { access: ["delete", ...seesPatients] }, schema }, (request, reply) =>
      removeInstances(context, request, reply),
    );
  }
  get(`${instance}/frames/:frames`, retrieveFrames, framesWords);
  for (const { path, name } of [...levels, { path: `${instance}/frames/:frames`, name: "frames" }]) {
    get(`${path}/rendered`, retrieveRendered, renderedWords(name));
    get(`${path}/thumbnail`, retrieveThumbnail, thumbnailWords(name));
  }
  get(`${instance}/bulkdata/*`, retrieveBulkData, bulkDataWords);
}

const conditional = {
  206: "A part of it, as the Range header asks, or what has an acceptable form.",
  304: "The client has it already.",
  406: "Nothing that the client accepts can be given.",
};

const instancesWords = (name: string): RouteWords => ({
  tag: "WADO-RS",
  summary: `Retrieve ${name}`,
  description:
    "`transfer-syntax=*`, the stored one, or an Accept of */* gives the bytes that were received. Without a transfer syntax it is Explicit VR Little Endian, unless the pixels were compressed with loss or cannot be decoded (PS3.18 section 8.7.3.4).",
  produces: ["multipart/related; type=application/dicom", "application/dicom"],
  statuses: { 200: "The instances.", ...conditional },
});

const metadataWords = (name: string): RouteWords => ({
  tag: "WADO-RS",
  summary: `Retrieve the metadata of ${name}`,
  description: "DICOM JSON (PS3.18 annex F); large values by BulkDataURI.",
  produces: ["application/dicom+json"],
  statuses: { 200: "An array of data sets.", 304: conditional[304], 406: conditional[406] },
});

const versionsWords = (name: string): RouteWords => ({
  tag: "Extension",
  summary: `List the versions of ${name}`,
  description:
    "Every version of the instances that came with more than one data set under their UID, the latest first; `etalon-version` takes their `dataSetSha256`.",
  produces: ["application/json"],
  statuses: { 200: "The versions; an empty list where there is one of each." },
});

const framesWords: RouteWords = {
  tag: "WADO-RS",
  summary: "Retrieve frames",
  description:
    "application/octet-stream is decoded, native little endian, samples of a pixel together; with transfer-syntax=* frames come as they are stored, and so they do under their own media type (image/jls, image/jp2, image/jphc, image/jpeg, image/dicom-rle).",
  produces: [
    "multipart/related; type=application/octet-stream",
    "application/octet-stream",
    "image/jls",
    "image/jp2",
    "image/jphc",
    "image/jpeg",
    "image/dicom-rle",
  ],
  statuses: { 200: "The frames.", 304: conditional[304], 406: conditional[406] },
};

const bulkDataWords: RouteWords = {
  tag: "WADO-RS",
  summary: "Retrieve a value that the metadata names by BulkDataURI",
  produces: ["application/octet-stream", "multipart/related; type=application/octet-stream"],
  statuses: { 200: "The value.", ...conditional, 416: "The range lies outside the value." },
};

const renderQuery = {
  window: "center,width,function: function linear, linear-exact or sigmoid. The image's own window where absent.",
  viewport:
    "vw,vh[,sx,sy,sw,sh]: the picture fits within vw × vh pixels and shows the part of the image from sx,sy on.",
  quality: "1 to 100, of JPEG.",
};

const renderedWords = (name: string): RouteWords => ({
  tag: "WADO-RS",
  summary: `Retrieve ${name} rendered`,
  description: "Pictures for people who have no DICOM viewer; not for diagnosis.",
  produces: ["image/jpeg", "image/png", "multipart/related; type=image/jpeg", "multipart/related; type=image/png"],
  query: renderQuery,
  statuses: {
    200: "A picture, or one for each frame.",
    304: conditional[304],
    406: "No image, or none that can be drawn as asked.",
  },
});

const thumbnailWords = (name: string): RouteWords => ({
  ...renderedWords(name),
  summary: `Retrieve a thumbnail of ${name}`,
  produces: ["image/jpeg", "image/png"],
});
