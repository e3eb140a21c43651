import { EtalonError } from "@etalon/base";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { seesPatients } from "../accounts/route-access.ts";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked } from "../api/parse-asked.ts";
import { fileKinds } from "./documents/file-kinds.ts";
import { draftSource, requireDraft } from "./draft-source.ts";
import { findFile } from "./find-file.ts";
import { comparePrior, findPrior } from "./find-prior.ts";
import { type ReadingRow, requireReading } from "./find-reading.ts";
import { readVersion } from "./find-versions.ts";
import { longestDocument, type ReadingDocument, readingDocumentSchema } from "./reading-document.ts";
import { editsReadings, keyOf, type ReadingRoutes, readerOf, readingParams, readingPath } from "./reading-routes.ts";
import { resultOf } from "./result-of.ts";
import { signedDigest } from "./signed-digest.ts";

const languageSchema = z.enum(["en", "fr"]).optional();
const fileQuery = z.strictObject({
  language: languageSchema,
  /** Of a signed report: 1 as it was signed, the newest where absent. */
  edition: z.coerce.number().int().positive().max(1_000_000).optional(),
  /** true: to be kept as a file. */
  download: z.enum(["true", "false"]).default("false"),
});
const previewQuery = z.strictObject({ language: languageSchema });

/** The documents that the routes give; the PDF as an instance is asked for by DICOMweb. */
const served = [
  "report.pdf",
  "report.html",
  "patient.pdf",
  "patient.html",
  "report.csv",
  "curves.csv",
  "report.fhir.json",
  "report.sr.dcm",
  "report.seg.dcm",
] as const;
type Served = (typeof served)[number];

/** Styles and pictures of a report stand in the page itself. */
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/** Documents of readings: of a signed one as they were kept, of a draft as they would be now; and what it is compared with. */
export function registerReports(app: FastifyInstance, routes: ReadingRoutes): void {
  for (const kind of served) registerReport(app, routes, kind);
  registerPreview(app, routes);
  registerComparison(app, routes);
}

function registerReport(app: FastifyInstance, routes: ReadingRoutes, kind: Served): void {
  const get = apiOperation({
    tag: "Readings",
    summary: `The ${kind} of a reading`,
    description:
      "Of a signed report byte for byte as it was kept; of a draft as it would be now, said to be preliminary.",
    params: readingParams,
    query: fileQuery,
    answers: {
      200: { description: fileKinds[kind] },
      403: { description: "A draft is shown to readers alone." },
      404: { description: "There is no such reading or document." },
      409: { description: "Its numbers were not computed yet." },
    },
  });
  app.get(`${readingPath}/${kind}`, { config: { access: seesPatients }, schema: get }, async (request, reply) => {
    const { scope } = readerOf(routes, request);
    const reading = await requireReading(routes.database, scope, keyOf(request));
    const { language, edition, download } = parseAsked(fileQuery, request.query);
    const isSigned = reading.status === "signed" || reading.status === "amended";
    if (!isSigned && !routes.access.may(request, "edit-readings")) {
      throw new EtalonError("not-allowed", { field: "edit-readings" });
    }
    const { document } = await readVersion(routes.database, reading.id, reading.version);
    const asked = { kind, language: language ?? document.language ?? routes.language };
    const made = isSigned
      ? await findFile(routes.database, reading, { ...asked, edition })
      : await draftFile(routes, request, { reading, document, ...asked });
    await routes.noteRead(scope, reading.id, kind.endsWith(".html") ? "read" : "export");
    const name = `${reading.protocol.replace("/", "-")}-${made.digest.slice(0, 8)}.${kind}`;
    if (download === "true") reply.header("content-disposition", `attachment; filename="${name}"`);
    reply.header("etalon-digest", made.digest).header("etalon-status", isSigned ? reading.status : "draft");
    return answer(reply, kind, made.bytes);
  });
}

interface AskedDraft {
  readonly reading: ReadingRow;
  readonly document: ReadingDocument;
  readonly kind: Served;
  readonly language: "en" | "fr";
}

async function draftFile(
  routes: ReadingRoutes,
  request: FastifyRequest,
  { reading, document, kind, language }: AskedDraft,
): Promise<{ readonly bytes: Uint8Array; readonly digest: string }> {
  const { segmentation, digest } = await requireDraft(routes.database, reading);
  if (kind === "report.seg.dcm") {
    if (segmentation === null) throw new EtalonError("result-not-found", { field: kind });
    return { bytes: segmentation, digest };
  }
  const { studyInstanceUid } = keyOf(request);
  const source = await draftSource(routes, { scope: routes.scopeOf(request), reading, studyInstanceUid, document });
  const [file] = await routes.documents.make({ source, wanted: [{ kind, language }] });
  if (file === undefined) throw new EtalonError("result-not-found", { field: kind });
  return { bytes: file.bytes, digest };
}

function answer(reply: FastifyReply, kind: Served, bytes: Uint8Array): FastifyReply {
  if (kind.endsWith(".html")) reply.header("content-security-policy", pagePolicy);
  return reply.type(fileKinds[kind]).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function registerPreview(app: FastifyInstance, routes: ReadingRoutes): void {
  const preview = apiOperation({
    tag: "Readings",
    summary: "The report as it would be with a document that is not saved",
    description: "With the numbers of the last draft.",
    params: readingParams,
    query: previewQuery,
    body: readingDocumentSchema,
    answers: {
      200: { description: "text/html" },
      404: { description: "There is no such reading." },
      409: { description: "Its numbers were not computed yet." },
    },
  });
  const config = { access: editsReadings };
  app.post(
    `${readingPath}/preview`,
    { config, schema: preview, bodyLimit: longestDocument },
    async (request, reply) => {
      const document = parseAsked(readingDocumentSchema, request.body);
      const { scope } = readerOf(routes, request);
      const key = keyOf(request);
      const reading = await requireReading(routes.database, scope, key);
      const language = parseAsked(previewQuery, request.query).language ?? document.language ?? routes.language;
      const asked = { reading, document, kind: "report.html", language } as const;
      const { bytes } = await draftFile(routes, request, asked);
      await routes.noteRead(scope, reading.id);
      return answer(reply, "report.html", bytes);
    },
  );
}

const outputSchema = z.object({
  id: z.string(),
  unit: z.string(),
  before: z.number(),
  now: z.number(),
  change: z.number(),
  changePercent: z.number().nullable(),
  /** Against published repeatability. */
  conclusion: z.string().optional(),
  reserve: z.string().optional(),
  citations: z.array(z.string()),
});
const comparisonSchema = z.object({
  prior: z
    .object({
      studyInstanceUid: z.string(),
      studyDate: z.string().nullable(),
      digest: z.string(),
      protocolVersion: z.string(),
      isSigned: z.boolean(),
      days: z.number().nullable(),
      sameProtocolVersion: z.boolean(),
      sameParameters: z.boolean(),
      differences: z.array(z.object({ id: z.string(), before: z.json(), now: z.json() })),
      outputs: z.array(outputSchema),
      /** `etalon.comparison/1`, null where `refusal` says why not. */
      judged: z.looseObject({ schema: z.literal("etalon.comparison/1") }).nullable(),
      refusal: z.string().nullable(),
    })
    .nullable(),
  /** Studies with such a result besides. */
  others: z.number(),
});

function registerComparison(app: FastifyInstance, routes: ReadingRoutes): void {
  const compare = apiOperation({
    tag: "Readings",
    summary: "What changed since the last result of the same patient and protocol",
    params: readingParams,
    answers: {
      200: { description: "The result of an earlier study that counts, beside this one's.", schema: comparisonSchema },
      404: { description: "There is no such reading." },
      409: { description: "Its numbers were not computed yet." },
    },
  });
  app.get(`${readingPath}/comparison`, { config: { access: editsReadings }, schema: compare }, async (request) => {
    const { scope } = readerOf(routes, request);
    const { database } = routes;
    const reading = await requireReading(database, scope, keyOf(request));
    const { prior, others } = await findPrior(database, scope, reading);
    await routes.noteRead(scope, reading.id);
    if (prior === null) return { prior, others };
    const siteId = reading.site_id;
    const result = await resultOf(database, { siteId, digest: await digestOf(routes, reading) });
    const { outputs, differences, sameParameters, sameProtocolVersion, judged, refusal } = await comparePrior(
      database,
      { siteId, prior },
      result,
    );
    const compared = outputs.map((output) => ({ ...output, ...changeOf(output) }));
    const same = { sameProtocolVersion, sameParameters, differences, judged, refusal };
    return { prior: { ...prior, ...same, outputs: compared }, others };
  });
}

/** Of a signed reading the signed result, else the last draft's. */
async function digestOf({ database }: ReadingRoutes, reading: ReadingRow): Promise<string> {
  return (await signedDigest(database, reading)) ?? (await requireDraft(database, reading)).digest;
}

function changeOf({ before, now }: { readonly before: number; readonly now: number }) {
  const change = now - before;
  return { change, changePercent: before === 0 ? null : (change / Math.abs(before)) * 100 };
}
