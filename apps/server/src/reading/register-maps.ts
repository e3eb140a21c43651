import { EtalonError } from "@etalon/base";
import { mapNifti } from "@etalon/measure";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { seesPatients } from "../accounts/route-access.ts";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked } from "../api/parse-asked.ts";
import { listMaps, type NamedResult, readMap, resultMapSchema } from "../results/result-maps.ts";
import { mapFileKind } from "./documents/file-kinds.ts";
import { draftSource, requireDraft } from "./draft-source.ts";
import { findFile } from "./find-file.ts";
import { type ReadingRow, requireReading } from "./find-reading.ts";
import { readVersion } from "./find-versions.ts";
import { keyOf, type ReadingRoutes, readerOf, readingParams, readingPath } from "./reading-routes.ts";
import { signedDigest } from "./signed-digest.ts";

const mapParams = readingParams.extend({ map: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, "a map of the result") });

const answers = {
  403: { description: "A draft is shown to readers alone." },
  404: { description: "There is no such reading or map." },
  409: { description: "Its numbers were not computed yet." },
};

/** The maps of a reading's result (`…/maps`): of a signed one as they were signed, of a draft those of its last run. */
export function registerMaps(app: FastifyInstance, routes: ReadingRoutes): void {
  const list = apiOperation({
    tag: "Readings",
    summary: "List the maps of a reading",
    description: "Empty where the protocol makes none. The digest is that of the result that they belong to.",
    params: readingParams,
    answers: {
      200: { description: "In their order.", schema: z.object({ digest: z.string(), maps: z.array(resultMapSchema) }) },
      ...answers,
    },
  });
  app.get(`${readingPath}/maps`, { config: { access: seesPatients }, schema: list }, async (request) => {
    const { result, reading, scope } = await mapsAsked(routes, request);
    await routes.noteRead(scope, reading.id);
    return { digest: result.digest, maps: await listMaps(routes.database, result) };
  });
  registerNifti(app, routes);
  registerParametricMap(app, routes);
}

function registerNifti(app: FastifyInstance, routes: ReadingRoutes): void {
  const get = apiOperation({
    tag: "Readings",
    summary: "A map of a reading as NIfTI",
    description: "32-bit floats, 0 where there is no value; the same bytes as the command line writes.",
    params: mapParams,
    answers: { 200: { description: "application/gzip" }, ...answers },
  });
  app.get(
    `${readingPath}/maps/:map/nifti`,
    { config: { access: seesPatients }, schema: get },
    async (request, reply) => {
      const { result, reading, scope } = await mapsAsked(routes, request);
      const { map: id } = parseAsked(mapParams, request.params);
      const { map } = await readMap(routes.database, result, id);
      await routes.noteRead(scope, reading.id, "export");
      return answer(reply.type("application/gzip"), {
        ...{ bytes: mapNifti(map, false), digest: result.digest },
        name: `${id}-${result.digest.slice(0, 8)}.nii.gz`,
      });
    },
  );
}

function registerParametricMap(app: FastifyInstance, routes: ReadingRoutes): void {
  const get = apiOperation({
    tag: "Readings",
    summary: "A map of a reading as DICOM Parametric Map",
    description: "Of a quantity. Of a signed report byte for byte as it was stored among the study's instances.",
    params: mapParams,
    answers: { 200: { description: "application/dicom" }, ...answers },
  });
  const path = `${readingPath}/maps/:map/parametric-map`;
  app.get(path, { config: { access: seesPatients }, schema: get }, async (request, reply) => {
    const asked = await mapsAsked(routes, request);
    const { map: id } = parseAsked(mapParams, request.params);
    const bytes = await parametricMap(routes, asked, id);
    await routes.noteRead(asked.scope, asked.reading.id, "export");
    const { digest } = asked.result;
    return answer(reply.type("application/dicom"), { bytes, digest, name: `${id}-${digest.slice(0, 8)}.pm.dcm` });
  });
}

interface AskedMaps {
  readonly scope: ReturnType<typeof readerOf>["scope"];
  readonly studyInstanceUid: string;
  readonly reading: ReadingRow;
  readonly isSigned: boolean;
  readonly result: NamedResult;
}

/** @throws {EtalonError} `not-allowed`, `reading-not-run`, as `requireReading` */
async function mapsAsked(routes: ReadingRoutes, request: FastifyRequest): Promise<AskedMaps> {
  const { scope } = readerOf(routes, request);
  const key = keyOf(request);
  const reading = await requireReading(routes.database, scope, key);
  const signed = await signedDigest(routes.database, reading);
  if (signed === undefined && !routes.access.may(request, "edit-readings")) {
    throw new EtalonError("not-allowed", { field: "edit-readings" });
  }
  const digest = signed ?? (await requireDraft(routes.database, reading)).digest;
  const result = { siteId: reading.site_id, digest };
  return { scope, reading, result, isSigned: signed !== undefined, studyInstanceUid: key.studyInstanceUid };
}

/** @throws {EtalonError} `result-not-found`; as `draftSource`, `DocumentMaker.make` */
async function parametricMap(
  routes: ReadingRoutes,
  { scope, reading, result, isSigned, studyInstanceUid }: AskedMaps,
  id: string,
): Promise<Uint8Array> {
  const kind = mapFileKind(id);
  const { language, database } = routes;
  if (isSigned) return (await findFile(database, reading, { kind, language, edition: undefined })).bytes;
  const named = await readMap(database, result, id);
  if (!named.map.isQuantity) throw new EtalonError("result-not-found", { field: kind });
  const { document } = await readVersion(database, reading.id, reading.version);
  const source = await draftSource(routes, { scope, reading, studyInstanceUid, document });
  const wanted = [{ kind, language: document.language ?? language }];
  const [file] = await routes.documents.make({ source, wanted, maps: [named] });
  if (file === undefined) throw new EtalonError("result-not-found", { field: kind });
  return file.bytes;
}

function answer(
  reply: FastifyReply,
  { bytes, digest, name }: { readonly bytes: Uint8Array; readonly digest: string; readonly name: string },
): FastifyReply {
  return reply
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("etalon-digest", digest)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}
