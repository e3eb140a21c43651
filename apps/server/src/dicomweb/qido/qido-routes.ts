import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { EtalonError } from "@etalon/base";
import { type DataSet, textOf, toDicomJson } from "@etalon/dicom";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { QueryLevel } from "../../archive/query.ts";
import { apiSchema, type RouteWords } from "../api-schema.ts";
import type { DicomwebOptions } from "../dicomweb-options.ts";
import { parseAccept, takes } from "../media/parse-accept.ts";
import { resourceUrl } from "../resource-url.ts";
import { queryText, selectorOf } from "../selector-of.ts";
import { parseQido, type SearchResource } from "./parse-qido.ts";

const compress = promisify(gzip);
/** Below this, compressing costs more than it saves: about one network packet. */
const smallestCompressed = 1400;
const dicomJson = "application/dicom+json";

/** The resources that can be searched (PS3.18 table 10.6.1-1). */
const resources: readonly { readonly url: string; readonly level: QueryLevel }[] = [
  { url: "/studies", level: "study" },
  { url: "/studies/:study/series", level: "series" },
  { url: "/series", level: "series" },
  { url: "/studies/:study/instances", level: "instance" },
  { url: "/studies/:study/series/:series/instances", level: "instance" },
  { url: "/instances", level: "instance" },
];

/**
 * Search (QIDO-RS, PS3.18 section 10.6) on all six resources, answered as DICOM JSON. No match is 200 with "[]", as the
 * standard says since 2024 and every client reads (editions before said 204). `X-Total-Count` tells how many match in all.
 */
export function registerQido(
  app: FastifyInstance,
  options: Pick<DicomwebOptions, "archive" | "scopeOf" | "baseUrl">,
): void {
  for (const { url, level } of resources) {
    app.get(url, { schema: apiSchema(url, words(level)) }, async (request, reply) => {
      const path = { ...(typeof request.params === "object" ? request.params : {}) };
      const { studyInstanceUid, seriesInstanceUid } =
        "study" in path ? selectorOf(path, {}) : { studyInstanceUid: undefined, seriesInstanceUid: undefined };
      return answerSearch(
        { request, reply, options },
        {
          level,
          ...(studyInstanceUid === undefined ? {} : { studyInstanceUid }),
          ...(seriesInstanceUid === undefined ? {} : { seriesInstanceUid }),
        },
      );
    });
  }
}

const levelNames = { study: "studies", series: "series", instance: "instances" } as const;

/** What OpenAPI shows of a search. */
const words = (level: QueryLevel): RouteWords => ({
  tag: "QIDO-RS",
  summary: `Search for ${levelNames[level]}`,
  description:
    "Attributes are matched by keyword or by tag, as in `PatientName=DOE*` or `00081030=*heart*`: wildcards, date ranges, lists (PS3.18 section 10.6).",
  produces: ["application/dicom+json"],
  query: {
    includefield: "Attributes to return besides those always returned, with commas, or `all`.",
    fuzzymatching: "`true`: names are matched word by word, whatever the order and the accents.",
    limit: "The most matches of one answer.",
    offset: "Matches to pass over.",
  },
  statuses: { 200: "The matches; X-Total-Count tells how many there are in all." },
});

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly options: Pick<DicomwebOptions, "archive" | "scopeOf" | "baseUrl">;
}

async function answerSearch({ request, reply, options }: Exchange, resource: SearchResource): Promise<FastifyReply> {
  const mediaType = acceptedType(request);
  const { query, warnings } = parseQido(queryString(request), resource);
  const page = await options.archive.search(options.scopeOf(request), query);
  const baseUrl = options.baseUrl(request);
  const remaining = page.total - query.offset - page.matches.length;
  const said = [
    ...warnings,
    ...page.warnings,
    // The sentence is the standard's (PS3.18 section 8.3.4.4.1).
    ...(remaining > 0 && page.matches.length > 0
      ? [`There are ${remaining} additional results that can be requested`]
      : []),
  ];
  if (said.length > 0)
    reply.header(
      "warning",
      said.map((text) => `299 ${baseUrl}: ${headerText(text)}`),
    );
  const body = JSON.stringify(
    page.matches.map((match) => toDicomJson(withRetrieveUrl(match, resource.level, baseUrl))),
  );
  reply
    .header("x-total-count", page.total)
    .header("access-control-expose-headers", "X-Total-Count, Warning")
    .header("cache-control", "no-cache")
    .header("vary", "accept, accept-encoding")
    .type(mediaType);
  return sendCompressed(request, reply, Buffer.from(body));
}

/** DICOM JSON, under its older name where only that is asked for. PS3.19 XML is not offered. */
function acceptedType(request: FastifyRequest): string {
  const ranges = parseAccept(request.headers.accept, queryText(request.query, "accept"));
  const found = ranges
    .filter((range) => !range.isMultipart)
    .flatMap((range) => [dicomJson, "application/json"].filter((type) => takes(range, type)))[0];
  if (found === undefined) {
    throw new EtalonError("not-acceptable", { field: "Accept", details: { expected: dicomJson } });
  }
  return found;
}

function queryString(request: FastifyRequest): string {
  const url = request.raw.url ?? "";
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark + 1);
}

/** RetrieveURL (0008,1190), and the character set of JSON, which is UTF-8 whatever the objects are written in. */
function withRetrieveUrl(match: DataSet, level: QueryLevel, baseUrl: string): DataSet {
  const series = textOf(match, "0020000E");
  const instance = textOf(match, "00080018");
  const url = resourceUrl(baseUrl, {
    studyInstanceUid: textOf(match, "0020000D") ?? "",
    ...(level === "study" || series === undefined ? {} : { seriesInstanceUid: series }),
    ...(level === "instance" && instance !== undefined ? { sopInstanceUid: instance } : {}),
  });
  return {
    ...match,
    "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
    "00081190": { vr: "UR", Value: [url] },
  };
}

/** Header fields hold printable ASCII; a client's own words may hold anything. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, 300);
}

async function sendCompressed(request: FastifyRequest, reply: FastifyReply, body: Buffer): Promise<FastifyReply> {
  const isWanted = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(request.headers["accept-encoding"] ?? ""));
  if (!isWanted || body.length < smallestCompressed) return reply.send(body);
  reply.header("content-encoding", "gzip");
  // Level 1: five times smaller for a tenth of the time of the default.
  return reply.send(await compress(body, { level: 1 }));
}
