import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked, textSchema } from "../api/parse-asked.ts";
import type { AuditEvent } from "../audit/audit-event.ts";
import { eventOf } from "../audit/event-of.ts";
import type { ExportRoutes } from "./export-routes.ts";
import { createProject, listProjects, type Project, removeProject, renewProjectKey } from "./projects.ts";

const newSchema = z.strictObject({
  name: textSchema.trim().min(1).max(100),
  /** Options of PS3.15 annex E.3 beside the basic profile. */
  options: z.array(textSchema).max(20).default([]),
});
const projectSchema = z.object({
  id: z.number(),
  name: z.string(),
  options: z.array(z.string()),
  createdBy: z.string(),
  createdAt: z.string(),
});
const idSchema = z.strictObject({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
});
const managing = { config: { access: ["manage-projects"] } } as const;
const absent = { 404: { description: "There is no such project." } };

/** Projects (`/projects`): each with a profile and a key of its own, which whoever exports does not choose. */
export function registerProjects(app: FastifyInstance, routes: ExportRoutes): void {
  const { audit, database, scopeOf } = routes;
  const note = (request: FastifyRequest, id: number, action: AuditEvent["action"]): Promise<void> =>
    audit.record(
      eventOf(scopeOf(request), { action, outcome: "success", object: { kind: "project", id: String(id) } }),
    );
  const list = apiOperation({
    tag: "Exports",
    summary: "List projects",
    answers: { 200: { description: "By name.", schema: z.array(projectSchema) } },
  });
  app.get("/projects", { config: { access: ["export-deidentified"] }, schema: list }, async (request) =>
    (await listProjects(database, scopeOf(request).siteId)).map(shown),
  );
  const make = apiOperation({
    tag: "Exports",
    summary: "Make a project, with a profile of de-identification and a key",
    body: newSchema,
    answers: {
      201: { description: "The project.", schema: projectSchema },
      400: { description: "An option is not known." },
      409: { description: "There is one of this name." },
    },
  });
  app.post("/projects", { ...managing, schema: make }, async (request, reply) => {
    const project = await createProject(routes, scopeOf(request), parseAsked(newSchema, request.body));
    await note(request, project.id, "change");
    return reply.code(201).send(shown(project));
  });
  const renew = apiOperation({
    tag: "Exports",
    summary: "Give a project another key, and forget the one before",
    description: "What left before can be matched with no original any more, and with nothing that leaves from now on.",
    params: idSchema,
    answers: { 204: { description: "Done." }, ...absent },
  });
  app.post("/projects/:id/key", { ...managing, schema: renew }, async (request, reply) => {
    const { id } = parseAsked(idSchema, request.params);
    await renewProjectKey(routes, { siteId: scopeOf(request).siteId, id });
    await note(request, id, "change");
    return reply.code(204).send();
  });
  const end = apiOperation({
    tag: "Exports",
    summary: "End a project and forget its key",
    params: idSchema,
    answers: { 204: { description: "Done." }, ...absent },
  });
  app.delete("/projects/:id", { ...managing, schema: end }, async (request, reply) => {
    const { id } = parseAsked(idSchema, request.params);
    await removeProject(routes, { siteId: scopeOf(request).siteId, id });
    await note(request, id, "remove");
    return reply.code(204).send();
  });
}

function shown({ id, name, options, createdBy, createdAt }: Project): z.output<typeof projectSchema> {
  return { id, name, options: [...options], createdBy, createdAt: createdAt.toISOString() };
}
