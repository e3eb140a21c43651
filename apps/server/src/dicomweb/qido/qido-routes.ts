import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type DataSet, textOf, toDicomJson } from "@etalon/dicom";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { seesPatients } from "../../accounts/route-access.ts";
import type { QueryLevel } from "../../archive/query.ts";
import { withPauses } from "../../with-pauses.ts";
import { type ApiSchema, apiSchema } from "../api-schema.ts";
import type { DicomwebOptions } from "../dicomweb-options.ts";
import { jsonTypeOf } from "../media/json-type-of.ts";
import { takesGzip } from "../media/takes-gzip.ts";
import { resourceUrl } from "../resource-url.ts";
import { selectorOf } from "../selector-of.ts";
import { maxResults, parseQido, type SearchResource } from "./parse-qido.ts";

const compress = promisify(gzip);
/** Below this, compressing costs more than it saves: about one network packet. */
const smallestCompressed = 1400;
/** Clients refuse heads of more than some 16 KiB. */
const mostWarnings = 10;
/** Fast: names and tags repeat, and shrink at every level. */
const gzipLevel = 1;

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
    app.get(url, { config: { access: seesPatients }, schema: searchSchema(url, level) }, async (request, reply) => {
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

/** What OpenAPI shows of a search. */
function searchSchema(url: string, level: QueryLevel): ApiSchema {
  const found = { study: "studies", series: "series", instance: "instances" }[level];
  return apiSchema(url, {
    tag: "QIDO-RS",
    summary: `Search for ${found}`,
    description:
      "Besides these parameters any attribute, by keyword or tag, as in PatientName=DUP* or 00081030=*heart*: wildcards, ranges, lists (PS3.18 section 8.3.4).",
    produces: ["application/dicom+json"],
    query: {
      includefield: "Attributes to be returned too, or all",
      fuzzymatching: "true: words of names in any order, begun or nearly spelt",
      emptyvaluematching: 'true: "" asks for what has no value',
      multiplevaluematching: "true: every value of a key must be there",
      limit: `Most matches of one answer, ${maxResults} where absent`,
      offset: "Matches to skip",
    },
    statuses: {
      200: "The matches, newest study first; X-Total-Count says how many there are in all.",
      406: "The client takes no DICOM JSON.",
      413: "An attribute of instances was asked of too many of them.",
    },
  });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly options: Pick<DicomwebOptions, "archive" | "scopeOf" | "baseUrl">;
}

async function answerSearch({ request, reply, options }: Exchange, resource: SearchResource): Promise<FastifyReply> {
  const mediaType = jsonTypeOf(request);
  const { query, warnings } = parseQido(queryString(request), resource);
  const page = await options.archive.search(options.scopeOf(request), query);
  const baseUrl = options.baseUrl(request);
  const remaining = page.total - query.offset - page.matches.length;
  const said = [
    // The sentence is the standard's (PS3.18 section 8.3.4.4.1).
    ...(remaining > 0 && page.matches.length > 0
      ? [`There are ${remaining} additional results that can be requested`]
      : []),
    ...warnings,
    ...page.warnings,
  ];
  const unsaid = said.length - mostWarnings;
  const told = unsaid > 0 ? [...said.slice(0, mostWarnings), `and ${unsaid} more of the like`] : said;
  if (told.length > 0)
    reply.header(
      "warning",
      told.map((text) => `299 ${baseUrl}: ${headerText(text)}`),
    );
  const texts: string[] = [];
  for await (const match of withPauses(page.matches)) {
    texts.push(JSON.stringify(toDicomJson(withRetrieveUrl(match, resource.level, baseUrl))));
  }
  const body = `[${texts.join(",")}]`;
  reply
    .header("x-total-count", page.total)
    .header("cache-control", "no-cache")
    .header("vary", "Accept, Accept-Encoding, Origin")
    .type(mediaType);
  return sendCompressed(request, reply, Buffer.from(body));
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
  if (!takesGzip(request.headers["accept-encoding"]) || body.length < smallestCompressed) return reply.send(body);
  reply.header("content-encoding", "gzip");
  return reply.send(await compress(body, { level: gzipLevel }));
}
