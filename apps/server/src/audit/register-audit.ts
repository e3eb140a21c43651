import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { pageSchema, parseAsked, sha256Schema, textSchema, uidSchema } from "../api/parse-asked.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { answerProblem } from "../dicomweb/problem.ts";
import type { Audit } from "./audit.ts";
import { auditActions, recordedEventSchema } from "./audit-event.ts";
import { eventOf } from "./event-of.ts";
import { fhirAuditBundle } from "./fhir-audit-event.ts";
import { findEvents } from "./find-events.ts";
import { verifyAudit } from "./verify-audit.ts";

/** What the audit log's routes stand on. */
export interface AuditRoutes {
  readonly audit: Audit;
  readonly database: Kysely<ArchiveDatabase>;
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
  /** Name of this archive: its AE title. */
  readonly source: string;
}

const moment = z.iso.datetime().transform((text) => new Date(text).toISOString());

const searchSchema = z.strictObject({
  actor: textSchema.optional(),
  action: z.enum(auditActions).optional(),
  /** Kind of what it was done to: study, account, share. */
  object: textSchema.optional(),
  /** Internal id of what it was done to. */
  id: textSchema.optional(),
  /** A study that is here, by its UID: the log itself knows none. */
  study: uidSchema.optional(),
  from: moment.optional(),
  until: moment.optional(),
  /** fhir: a Bundle of AuditEvent. */
  _format: z.enum(["json", "fhir", "application/fhir+json"]).default("json"),
  ...pageSchema,
});

const verifySchema = z
  .strictObject({
    /** A head of the chain that was kept elsewhere. */
    position: z.coerce.number().int().min(1).optional(),
    hash: sha256Schema.optional(),
  })
  .refine(({ position, hash }) => (position === undefined) === (hash === undefined), {
    message: "position and hash together",
  });

const faultSchema = z.object({
  kind: z.enum(["changed", "removed", "inserted"]),
  position: z.number(),
  lastPosition: z.number().optional(),
});

const verdictSchema = z.object({
  isWhole: z.boolean(),
  events: z.number(),
  head: z.object({ position: z.number(), hash: z.string() }),
  faults: z.array(faultSchema),
});

/** The audit log (`/audit`): searched, and walked from end to end. Who reads it is written into it. */
export function registerAudit(app: FastifyInstance, routes: AuditRoutes): void {
  app.setErrorHandler(answerProblem);
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => (typeof data === "string" ? data : JSON.stringify(data)));
  const { audit, database, scopeOf, source } = routes;
  const noted = (request: FastifyRequest, action: "query" | "read"): Promise<void> =>
    audit.record(eventOf(scopeOf(request), { action, outcome: "success", object: { kind: "audit" } }));
  const search = apiOperation({
    tag: "Audit",
    summary: "Search the audit log",
    description: "The newest event first. Actors and objects are internal ids.",
    query: searchSchema,
    answers: {
      200: {
        description: "One page, with the total; a FHIR R4 Bundle of AuditEvent where asked for.",
        schema: z.object({ total: z.number(), events: z.array(recordedEventSchema) }),
      },
    },
  });
  app.get("/", { config: { access: ["read-audit"] }, schema: search }, async (request, reply) => {
    const { study, object, id, _format: format, ...asked } = parseAsked(searchSchema, request.query);
    await noted(request, "query");
    const { siteId } = scopeOf(request);
    const named =
      study === undefined
        ? { objectKind: object, objectId: id }
        : { objectKind: "study", objectId: await studyId(database, siteId, study) };
    const page = await findEvents(database, { siteId, ...asked, ...named });
    if (format === "json") return page;
    return reply.type("application/fhir+json").send(JSON.stringify(fhirAuditBundle(page, source)));
  });
  const verify = apiOperation({
    tag: "Audit",
    summary: "Walk the chain of the audit log",
    description: "Says which rows were changed, removed or inserted; of all sites, as the chain is one.",
    query: verifySchema,
    answers: { 200: { description: "What came of it.", schema: verdictSchema } },
  });
  app.get("/verify", { config: { access: ["read-audit"] }, schema: verify }, async (request) => {
    const { position, hash } = parseAsked(verifySchema, request.query);
    await noted(request, "read");
    return verifyAudit(database, position === undefined || hash === undefined ? [] : [{ position, hash }]);
  });
}

/** Row id of a study, as the log names it; of one that is not there, an id that nothing has. */
async function studyId(database: Kysely<ArchiveDatabase>, siteId: number, uid: string): Promise<string> {
  const row = await database
    .selectFrom("study")
    .select("id")
    .where("site_id", "=", siteId)
    .where("study_instance_uid", "=", uid)
    .executeTakeFirst();
  return String(row?.id ?? 0);
}
