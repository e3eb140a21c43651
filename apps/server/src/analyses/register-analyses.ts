import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { pageSchema, parseAsked, textSchema, uidSchema } from "../api/parse-asked.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import { analysisStates } from "../database/schema.ts";
import type { EventChannel } from "../jobs/event-channel.ts";
import { requireStudy } from "../reading/find-reading.ts";
import { analysisRequestSchema } from "./analysis-request.ts";
import { type AnalysisPlace, askAnalysis, cancelAnalysis, readAnalysis } from "./analysis-service.ts";
import { createEventStream, type EventStream, type StreamParts } from "./event-stream.ts";
import { analysisSchema, findAnalyses } from "./find-analyses.ts";

/** What the analyses' routes stand on. */
export interface AnalysisRoutes extends AnalysisPlace {
  /** Listens to `analysisChannel`. */
  readonly events: EventChannel;
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
}

const idSchema = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

const listSchema = z.strictObject({
  study: uidSchema.optional(),
  series: uidSchema.optional(),
  protocol: textSchema.optional(),
  /** One state, or several with commas. */
  state: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(analysisStates)))
    .optional(),
  ...pageSchema,
});

const pageAnswer = z.object({ total: z.number(), analyses: z.array(analysisSchema) });

const askSchema = analysisRequestSchema.extend({
  protocol: textSchema,
  studyInstanceUid: uidSchema,
  seriesInstanceUid: uidSchema,
});

/** Changes told at once to a reader that comes again. */
const mostMissed = 1000;

/** Changes told once more: one that was numbered earlier may have been kept later. */
const overlap = 100;

const notFound = { 404: { description: "There is no such analysis." } };

/** The analyses of a site: what was measured, is being measured, or shall be (`/analyses`, `/events`). */
export function registerAnalyses(app: FastifyInstance, routes: AnalysisRoutes): void {
  registerReading(app, routes);
  registerAsking(app, routes);
  registerEvents(app, routes);
}

function registerReading(app: FastifyInstance, routes: AnalysisRoutes): void {
  const list = apiOperation({
    tag: "Analyses",
    summary: "List analyses, the newest first",
    query: listSchema,
    answers: { 200: { description: "One page, with the total.", schema: pageAnswer } },
  });
  app.get("/analyses", { config: { access: ["view-studies"] }, schema: list }, async (request) => {
    const { study, series, protocol, state, limit, offset } = parseAsked(listSchema, request.query);
    const filter = { studyInstanceUid: study, seriesInstanceUid: series, protocol, states: state };
    return findAnalyses(routes.database, routes.scopeOf(request), { ...filter, limit, offset });
  });
  const one = apiOperation({
    tag: "Analyses",
    summary: "Read one analysis",
    params: idSchema,
    answers: { 200: { description: "As it stands.", schema: analysisSchema }, ...notFound },
  });
  app.get("/analyses/:id", { config: { access: ["view-studies"] }, schema: one }, async (request) =>
    readAnalysis(routes, routes.scopeOf(request), parseAsked(idSchema, request.params).id),
  );
}

function registerAsking(app: FastifyInstance, routes: AnalysisRoutes): void {
  const ask = apiOperation({
    tag: "Analyses",
    summary: "Measure a series",
    description: "The same question again, its answer being there or on its way, is the same analysis.",
    body: askSchema,
    answers: {
      200: { description: "It was asked before.", schema: analysisSchema },
      202: { description: "It is queued.", schema: analysisSchema },
      400: { description: "The protocol, a parameter or the marks are none." },
      404: { description: "The series is not in the archive." },
    },
  });
  app.post(
    "/analyses",
    { config: { access: ["view-studies", "run-analysis"] }, schema: ask },
    async (request, reply) => {
      const asked = parseAsked(askSchema, request.body);
      const { analysis, isNew } = await askAnalysis(routes, routes.scopeOf(request), asked);
      return reply.code(isNew ? 202 : 200).send(analysis);
    },
  );
  const cancel = apiOperation({
    tag: "Analyses",
    summary: "Cancel an analysis that waits or runs",
    params: idSchema,
    answers: {
      200: { description: "It is cancelled.", schema: analysisSchema },
      409: { description: "It has ended otherwise." },
      ...notFound,
    },
  });
  app.post(
    "/analyses/:id/cancel",
    { config: { access: ["view-studies", "run-analysis"] }, schema: cancel },
    async (request) => cancelAnalysis(routes, routes.scopeOf(request), parseAsked(idSchema, request.params).id),
  );
}

function registerEvents(app: FastifyInstance, routes: AnalysisRoutes): void {
  const open = new Set<EventStream>();
  // A stream never ends by itself: the server would wait for it.
  app.addHook("preClose", async () => {
    for (const stream of [...open]) stream.end();
  });
  const answer = async (reply: FastifyReply, parts: Omit<StreamParts, "events">): Promise<FastifyReply> => {
    const stream = createEventStream({ ...parts, events: routes.events });
    open.add(stream);
    stream.readable.once("close", () => open.delete(stream));
    return reply.type("text/event-stream").header("x-accel-buffering", "no").send(stream.readable);
  };
  const words = {
    tag: "Analyses",
    description:
      "Server-sent events named `analysis`; each is the analysis as it stands, its id the revision. Those named `reading` tell that a reading or a priority changed.",
    answers: { 200: { description: "text/event-stream" } },
  } as const;
  const all = apiOperation({
    ...words,
    summary: "Follow every analysis; with Last-Event-ID, what changed since first",
  });
  app.get("/events", { config: { access: ["view-studies"] }, schema: all }, async (request, reply) => {
    const scope = routes.scopeOf(request);
    const afterRevision = lastEventId(request);
    return answer(reply, {
      isFor: async ({ siteId, id }) => {
        if (siteId !== scope.siteId) return false;
        const { studies = "all" } = scope;
        if (studies === "all") return true;
        return (await findAnalyses(routes.database, scope, { id, limit: 1, offset: 0 })).total > 0;
      },
      isReadingFor: async ({ siteId, studyInstanceUid }) => {
        if (siteId !== scope.siteId) return false;
        const { studies = "all" } = scope;
        if (studies === "all") return true;
        const sees = requireStudy(routes.database, scope, studyInstanceUid);
        return sees.then(
          () => true,
          () => false,
        );
      },
      isLast: () => false,
      standing: async () => {
        if (afterRevision === undefined) return { analyses: [], isWhole: true };
        const missed = { afterRevision: afterRevision - overlap, limit: mostMissed, offset: 0 };
        const { analyses, total } = await findAnalyses(routes.database, scope, missed);
        return { analyses, isWhole: total <= mostMissed };
      },
    });
  });
  const one = apiOperation({
    ...words,
    summary: "Follow one analysis to its end",
    params: idSchema,
    answers: { ...words.answers, ...notFound },
  });
  app.get("/analyses/:id/events", { config: { access: ["view-studies"] }, schema: one }, async (request, reply) => {
    const scope = routes.scopeOf(request);
    const { id } = await readAnalysis(routes, scope, parseAsked(idSchema, request.params).id);
    return answer(reply, {
      isFor: (event) => event.siteId === scope.siteId && event.id === id,
      isLast: ({ state }) => state !== "queued" && state !== "running",
      standing: async () => ({ analyses: [await readAnalysis(routes, scope, id)], isWhole: true }),
    });
  });
}

/** The revision that a reader has seen; of a header that is none of ours, nothing. */
function lastEventId({ headers }: FastifyRequest): number | undefined {
  const text = headers["last-event-id"];
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
