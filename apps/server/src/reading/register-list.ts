import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { seesPatients } from "../accounts/route-access.ts";
import { apiOperation } from "../api/api-operation.ts";
import { mostEntries, pageSchema, parseAsked, textSchema, uidSchema } from "../api/parse-asked.ts";
import { eventOf } from "../audit/event-of.ts";
import { factFieldSchema, factFields } from "./fact-fields.ts";
import { protocolOf, requireStudy } from "./find-reading.ts";
import { listStudies, type StudyListFilter, type StudyListPage } from "./list-studies.ts";
import { measurableProtocols, measurableSchema } from "./measurable-protocols.ts";
import { editsReadings, type ReadingRoutes, readerOf, readingParams, studyParams } from "./reading-routes.ts";
import { priorities } from "./reading-tables.ts";
import { setPriority } from "./set-priority.ts";
import { studyRowSchema, studyStatuses } from "./study-row.ts";

/** One word, or several with commas. */
function words<const Word extends string>(known: readonly Word[]) {
  return z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(known)))
    .optional();
}

const daySchema = z.string().regex(/^\d{8}$/, "a day as YYYYMMDD");

const listSchema = z.strictObject({
  /** One status, or several with commas. */
  status: words(studyStatuses),
  priority: words(priorities),
  /** The status is that of the reading with this protocol. */
  protocol: textSchema.optional(),
  /** A name, or parts of it with stars: LEFEV*. */
  patientName: textSchema.optional(),
  patientId: textSchema.optional(),
  description: textSchema.optional(),
  modality: textSchema.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  /** urgency: stat first, then the oldest request, what is signed last. */
  sort: z.enum(["date", "urgency"]).default("date"),
  ...pageSchema,
});

const someSchema = z.strictObject({ studies: z.array(uidSchema).min(1).max(mostEntries) });
const priorityBody = z.strictObject({ priority: z.enum(priorities) });
const protocolParams = readingParams.omit({ study: true });
const listAnswer = {
  200: {
    description: "One page, with the total.",
    schema: z.object({ total: z.number(), studies: z.array(studyRowSchema) }),
  },
};
const config = { access: seesPatients };

/** What is to be read and how far it is (`/reading-list`), and what can be read of a study. */
export function registerList(app: FastifyInstance, routes: ReadingRoutes): void {
  registerPages(app, routes);
  registerPriorities(app, routes);
  registerMeasurable(app, routes);
}

function registerPages(app: FastifyInstance, routes: ReadingRoutes): void {
  const listed = async (request: Parameters<typeof readerOf>[1], asked: StudyListFilter & StudyListPage) => {
    const { scope } = readerOf(routes, request);
    const page = await listStudies({ database: routes.database, now: routes.clock() }, scope, asked);
    const object = { kind: "study" as const };
    await routes.audit.record(eventOf(scope, { action: "query", outcome: "success", object, count: page.total }));
    return page;
  };
  const list = apiOperation({
    tag: "Readings",
    summary: "Studies with status, priority and age",
    query: listSchema,
    answers: listAnswer,
  });
  app.get("/reading-list", { config, schema: list }, async (request) => {
    const { status, priority, ...asked } = parseAsked(listSchema, request.query);
    return listed(request, { ...asked, statuses: status, priorities: priority });
  });
  const some = apiOperation({
    tag: "Readings",
    summary: "The same of studies by their UIDs",
    body: someSchema,
    answers: listAnswer,
  });
  app.post("/reading-list", { config, schema: some }, async (request) => {
    const { studies: uids } = parseAsked(someSchema, request.body);
    const page = await listed(request, { studyInstanceUids: uids, sort: "date", limit: mostEntries, offset: 0 });
    const order = new Map(uids.map((uid, at) => [uid, at]));
    const placed = page.studies.toSorted(
      (one, other) => (order.get(one.studyInstanceUid) ?? 0) - (order.get(other.studyInstanceUid) ?? 0),
    );
    return { total: page.total, studies: placed };
  });
}

function registerPriorities(app: FastifyInstance, routes: ReadingRoutes): void {
  const set = apiOperation({
    tag: "Readings",
    summary: "Set how soon a study is to be read",
    description: "It takes the place of what the order says.",
    params: studyParams,
    body: priorityBody,
    answers: {
      200: { description: "It is set.", schema: studyRowSchema.pick({ priority: true, requestedAt: true }) },
      404: { description: "The study is not visible." },
    },
  });
  app.put("/studies/:study/priority", { config: { access: editsReadings }, schema: set }, async (request) => {
    const { study: studyInstanceUid } = parseAsked(studyParams, request.params);
    const { priority } = parseAsked(priorityBody, request.body);
    return setPriority(routes, readerOf(routes, request), { studyInstanceUid, priority });
  });
}

function registerMeasurable(app: FastifyInstance, routes: ReadingRoutes): void {
  const measurable = apiOperation({
    tag: "Readings",
    summary: "Protocols that a study can be measured with, and the series that fit their roles",
    params: studyParams,
    answers: {
      200: { description: "By the headers of the images.", schema: z.object({ protocols: z.array(measurableSchema) }) },
      404: { description: "The study is not visible." },
    },
  });
  app.get("/studies/:study/protocols", { config, schema: measurable }, async (request) => {
    const { scope } = readerOf(routes, request);
    const study = await requireStudy(routes.database, scope, parseAsked(studyParams, request.params).study);
    return { protocols: await measurableProtocols(routes.database, study.id) };
  });
  const facts = apiOperation({
    tag: "Readings",
    summary: "Facts that the rules on a protocol's numbers ask for",
    params: protocolParams,
    answers: {
      200: {
        description: "With units, ranges and labels, as a form asks for them.",
        schema: z.object({ protocol: z.string(), facts: z.array(factFieldSchema) }),
      },
      400: { description: "There is no such protocol." },
    },
  });
  app.get(
    "/protocols/:region/:name/facts",
    { config: { access: ["view-studies"] }, schema: facts },
    async (request) => {
      const { region, name } = parseAsked(protocolParams, request.params);
      const protocol = protocolOf(`${region}/${name}`);
      return { protocol: protocol.id, facts: factFields(protocol) };
    },
  );
}
