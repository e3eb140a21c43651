import { factsSchema } from "@etalon/decide";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { seesPatients } from "../accounts/route-access.ts";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked } from "../api/parse-asked.ts";
import { requireReading, requireStudy } from "./find-reading.ts";
import { listStudies } from "./list-studies.ts";
import { noteReadingRead } from "./note-reading.ts";
import {
  editsReadings,
  keyOf,
  type ReadingRoutes,
  readerOf,
  readingParams,
  readingPath,
  studyParams,
} from "./reading-routes.ts";
import { readingState, readingStateSchema } from "./reading-state.ts";
import { readingVerdicts } from "./reading-verdicts.ts";
import { runReading } from "./run-reading.ts";
import { setPreliminary } from "./set-preliminary.ts";
import { studyRowSchema } from "./study-row.ts";

/** A version of a reading in a body. */
export const versionBody = z.strictObject({ version: z.int().positive() });

const verdictsBody = z.strictObject({ facts: factsSchema.nullable().default(null) });
const ofStudySchema = studyRowSchema
  .pick({ studyInstanceUid: true, status: true, priority: true, requestedAt: true })
  .extend({ readings: z.array(readingStateSchema) });
const notFound = { 404: { description: "The study is not visible, or nobody has begun this reading." } };

/** How readings stand, and what is done with them before they are signed. */
export function registerStates(app: FastifyInstance, routes: ReadingRoutes): void {
  registerStanding(app, routes);
  registerRuns(app, routes);
}

function registerStanding(app: FastifyInstance, routes: ReadingRoutes): void {
  const one = apiOperation({
    tag: "Readings",
    summary: "How a reading stands",
    params: readingParams,
    answers: { 200: { description: "Status, draft, signature, addenda.", schema: readingStateSchema }, ...notFound },
  });
  app.get(readingPath, { config: { access: seesPatients }, schema: one }, async (request) => {
    const { scope } = readerOf(routes, request);
    const key = keyOf(request);
    const reading = await requireReading(routes.database, scope, key);
    await noteReadingRead({ ...routes, scope }, reading.id);
    return readingState(routes.database, reading, key.studyInstanceUid);
  });
  const all = apiOperation({
    tag: "Readings",
    summary: "How all readings of a study stand",
    params: studyParams,
    answers: {
      200: { description: "The study's status and priority, and its readings.", schema: ofStudySchema },
      404: { description: "The study is not visible." },
    },
  });
  app.get("/studies/:study/readings", { config: { access: seesPatients }, schema: all }, async (request) => {
    const { scope } = readerOf(routes, request);
    const { database } = routes;
    const study = await requireStudy(database, scope, parseAsked(studyParams, request.params).study);
    const asked = { studyInstanceUids: [study.studyInstanceUid], sort: "date", limit: 1, offset: 0 } as const;
    const { studies } = await listStudies({ database, now: routes.clock() }, scope, asked);
    const rows = await database
      .selectFrom("reading")
      .selectAll()
      .where("study_id", "=", study.id)
      .orderBy("protocol")
      .execute();
    const readings = [];
    for (const reading of rows) {
      await noteReadingRead({ ...routes, scope }, reading.id);
      readings.push(await readingState(database, reading, study.studyInstanceUid));
    }
    const { status = "new", priority = "routine", requestedAt = null } = studies[0] ?? {};
    return { studyInstanceUid: study.studyInstanceUid, status, priority, requestedAt, readings };
  });
}

function registerRuns(app: FastifyInstance, routes: ReadingRoutes): void {
  const config = { access: editsReadings };
  const stateNow = async (request: Parameters<typeof keyOf>[0]) => {
    const key = keyOf(request);
    const reading = await requireReading(routes.database, routes.scopeOf(request), key);
    return readingState(routes.database, reading, key.studyInstanceUid);
  };
  const run = apiOperation({
    tag: "Readings",
    summary: "Have the newest version measured",
    description: "A draft result. The same question again is the analysis that answers it.",
    params: readingParams,
    body: versionBody,
    answers: {
      200: { description: "It was measured before.", schema: readingStateSchema },
      202: { description: "It is queued.", schema: readingStateSchema },
      409: { description: "The version is not the newest, or the reading is signed." },
      ...notFound,
    },
  });
  app.post(`${readingPath}/runs`, { config, schema: run }, async (request, reply) => {
    const { version } = parseAsked(versionBody, request.body);
    const isNew = await runReading(routes, readerOf(routes, request), { key: keyOf(request), version });
    return reply.code(isNew ? 202 : 200).send(await stateNow(request));
  });
  const preliminary = apiOperation({
    tag: "Readings",
    summary: "Give the newest version as a preliminary report",
    params: readingParams,
    body: versionBody,
    answers: {
      200: { description: "It is preliminary until the next version.", schema: readingStateSchema },
      409: { description: "The version is not the newest, was not measured, or is signed." },
      ...notFound,
    },
  });
  app.post(`${readingPath}/preliminary`, { config, schema: preliminary }, async (request) => {
    const { version } = parseAsked(versionBody, request.body);
    await setPreliminary(routes, readerOf(routes, request), { key: keyOf(request), version });
    return stateNow(request);
  });
  const verdicts = apiOperation({
    tag: "Readings",
    summary: "What published guidance makes of the draft",
    description:
      "`etalon.verdicts/1` on the document's facts, those of the body, the draft's result and the images' headers.",
    params: readingParams,
    body: verdictsBody,
    answers: { 200: { description: "The verdicts, with `resultDigest`." }, ...notFound },
  });
  app.post(`${readingPath}/verdicts`, { config, schema: verdicts }, async (request) => {
    const { facts } = parseAsked(verdictsBody, request.body);
    const { scope } = readerOf(routes, request);
    const reading = await requireReading(routes.database, scope, keyOf(request));
    await noteReadingRead({ ...routes, scope }, reading.id);
    return readingVerdicts(routes.database, reading, facts);
  });
}
