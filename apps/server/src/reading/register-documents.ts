import { EtalonError } from "@etalon/base";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { pageSchema, parseAsked } from "../api/parse-asked.ts";
import { requireReading } from "./find-reading.ts";
import { listedVersionSchema, listVersions, type ReadingVersion, readVersion, versionSchema } from "./find-versions.ts";
import { noteReadingRead } from "./note-reading.ts";
import { longestDocument, readingDocumentSchema } from "./reading-document.ts";
import { editsReadings, keyOf, type ReadingRoutes, readerOf, readingParams, readingPath } from "./reading-routes.ts";
import { type Saved, type SavedOn, saveDocument } from "./save-document.ts";

const config = { access: editsReadings };
const versionParams = readingParams.extend({
  version: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
});
const listSchema = z.strictObject(pageSchema);
const notFound = { 404: { description: "The study is not visible, or nobody has begun this reading." } };

/** What a reader did, version by version (`…/document`). A stale write says how things stand (RFC 9110 section 13). */
export function registerDocuments(app: FastifyInstance, routes: ReadingRoutes): void {
  registerReadingDocuments(app, routes);
  const put = apiOperation({
    tag: "Readings",
    summary: "Save what a reader did",
    description:
      'With `If-None-Match: *` the first version, then with `If-Match: "3"` on the version that was seen. The version is in `ETag`.',
    params: readingParams,
    body: readingDocumentSchema,
    answers: {
      200: { description: "The new version, or the same one where nothing changed.", schema: versionSchema },
      201: { description: "The first version.", schema: versionSchema },
      400: { description: "Marks, parameters, facts or texts are none." },
      404: { description: "The study or a series is not visible." },
      409: { description: "It is signed, or being signed." },
      412: { description: "It was changed meanwhile: `current`, `base` and `sent` say how." },
      428: { description: "Which version it was written on is not said." },
    },
  });
  app.put(`${readingPath}/document`, { config, schema: put, bodyLimit: longestDocument }, async (request, reply) => {
    const on = savedOn(request);
    const document = parseAsked(readingDocumentSchema, request.body);
    const saved = await saveDocument(routes, readerOf(routes, request), { key: keyOf(request), document, on });
    if (saved.kind === "stale") return answerStale(reply, saved, document);
    return answerVersion(reply.code(saved.kind === "created" ? 201 : 200), saved.version);
  });
}

function registerReadingDocuments(app: FastifyInstance, routes: ReadingRoutes): void {
  const get = apiOperation({
    tag: "Readings",
    summary: "Read what a reader did",
    params: readingParams,
    answers: {
      200: { description: "The newest version; its number is in `ETag`.", schema: versionSchema },
      ...notFound,
    },
  });
  app.get(`${readingPath}/document`, { config, schema: get }, async (request, reply) => {
    const { scope } = readerOf(routes, request);
    const reading = await requireReading(routes.database, scope, keyOf(request));
    const tag = tagOf(reading.version);
    if (request.headers["if-none-match"] === tag) return reply.code(304).header("etag", tag).send();
    await noteReadingRead({ ...routes, scope }, reading.id);
    return answerVersion(reply, await readVersion(routes.database, reading.id, reading.version));
  });
  const list = apiOperation({
    tag: "Readings",
    summary: "List the versions of a reading, the newest first",
    params: readingParams,
    query: listSchema,
    answers: {
      200: {
        description: "Who saved what when.",
        schema: z.object({ versions: z.array(listedVersionSchema) }),
      },
      ...notFound,
    },
  });
  app.get(`${readingPath}/document/versions`, { config, schema: list }, async (request) => {
    const { scope } = readerOf(routes, request);
    const reading = await requireReading(routes.database, scope, keyOf(request));
    await noteReadingRead({ ...routes, scope }, reading.id);
    return { versions: await listVersions(routes.database, reading.id, parseAsked(listSchema, request.query)) };
  });
  const one = apiOperation({
    tag: "Readings",
    summary: "Read one version of a reading",
    params: versionParams,
    answers: { 200: { description: "As it was saved.", schema: versionSchema }, ...notFound },
  });
  app.get(`${readingPath}/document/versions/:version`, { config, schema: one }, async (request) => {
    const { scope } = readerOf(routes, request);
    const reading = await requireReading(routes.database, scope, keyOf(request));
    await noteReadingRead({ ...routes, scope }, reading.id);
    return readVersion(routes.database, reading.id, parseAsked(versionParams, request.params).version);
  });
}

function tagOf(version: number): string {
  return `"${version}"`;
}

function answerVersion(reply: FastifyReply, version: ReadingVersion): FastifyReply {
  return reply.header("etag", tagOf(version.version)).send(version);
}

/** @throws {EtalonError} `precondition-needed` (RFC 6585 section 3) */
function savedOn({ headers }: FastifyRequest): SavedOn {
  if (headers["if-none-match"] === "*") return "none";
  const match = /^"(\d{1,9})"$/.exec(headers["if-match"] ?? "");
  if (match === null) throw new EtalonError("precondition-needed", { field: 'If-Match: "version", If-None-Match: *' });
  return Number(match[1]);
}

function answerStale(reply: FastifyReply, { current, base }: Extract<Saved, { kind: "stale" }>, sent: object) {
  const problem = { title: "reading-stale", status: 412, code: "reading-stale", current, base: base ?? null, sent };
  return reply
    .code(412)
    .type("application/problem+json")
    .header("etag", tagOf(current.version))
    .send(Buffer.from(JSON.stringify(problem)));
}
