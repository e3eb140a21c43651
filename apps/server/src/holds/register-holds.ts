import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { pageSchema, parseAsked, rowIdSchema, textSchema, uidSchema } from "../api/parse-asked.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import { answerProblem } from "../dicomweb/problem.ts";
import { type HoldPlace, type LegalHold, liftHold, listHolds, setHold } from "./legal-holds.ts";

/** What the routes of legal holds stand on. */
export interface HoldRoutes extends HoldPlace {
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
}

const reasonSchema = textSchema.trim().min(1, "why");
const newHoldSchema = z.strictObject({ studyInstanceUid: uidSchema, reason: reasonSchema });
const liftSchema = z.strictObject({ reason: reasonSchema });
const listSchema = z.strictObject({
  study: uidSchema.optional(),
  /** true: also those that were lifted. */
  lifted: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .default(false),
  ...pageSchema,
});
const holdSchema = z.object({
  id: z.number(),
  studyInstanceUid: z.string(),
  reason: z.string(),
  setBy: z.string(),
  setAt: z.string(),
  lifted: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
});

const config = { access: ["hold"] } as const;

/** Legal holds on a Fastify scope, which gives the prefix: `{ prefix: "/api/holds" }`. */
export function registerHolds(app: FastifyInstance, { scopeOf, ...place }: HoldRoutes): void {
  app.setErrorHandler(answerProblem);
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  const set = apiOperation({
    tag: "Archive",
    summary: "Set a legal hold on a study",
    description: "Nothing of the study can be deleted until it is lifted, whatever retention says.",
    body: newHoldSchema,
    answers: {
      201: { description: "It holds.", schema: holdSchema },
      404: { description: "There is no such study." },
      409: { description: "It is under a hold already." },
    },
  });
  app.post("", { config, schema: set }, async (request, reply) => {
    const hold = await setHold(place, scopeOf(request), parseAsked(newHoldSchema, request.body));
    return reply.code(201).send(shown(hold));
  });
  const list = apiOperation({
    tag: "Archive",
    summary: "List legal holds",
    query: listSchema,
    answers: { 200: { description: "The newest first.", schema: z.array(holdSchema) } },
  });
  app.get("", { config, schema: list }, async (request) => {
    const { study: studyInstanceUid, lifted: withLifted, ...page } = parseAsked(listSchema, request.query);
    const holds = await listHolds(place.database, scopeOf(request), { studyInstanceUid, withLifted, ...page });
    return holds.map(shown);
  });
  const lift = apiOperation({
    tag: "Archive",
    summary: "Lift a legal hold",
    params: rowIdSchema,
    body: liftSchema,
    answers: {
      200: { description: "It holds no more.", schema: holdSchema },
      404: { description: "There is none of this number in force." },
    },
  });
  app.post("/:id/lift", { config, schema: lift }, async (request) => {
    const { id } = parseAsked(rowIdSchema, request.params);
    return shown(await liftHold(place, scopeOf(request), { id, ...parseAsked(liftSchema, request.body) }));
  });
}

function shown({ setAt, lifted, ...hold }: LegalHold): z.output<typeof holdSchema> {
  const ended = lifted === null ? null : { ...lifted, at: lifted.at.toISOString() };
  return { ...hold, setAt: setAt.toISOString(), lifted: ended };
}
