import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked, textSchema, uidSchema } from "../api/parse-asked.ts";
import { eventOf } from "../audit/event-of.ts";
import { answerProblem } from "../dicomweb/problem.ts";
import type { ShareRoutes } from "./share-routes.ts";
import { createShare, listShares, revokeShare, type Share, visibleStudyIds } from "./shares.ts";

const newSchema = z.strictObject({
  studies: z.array(uidSchema).min(1).max(100),
  /** When the link ends; no later than the server's longest share. */
  expiresAt: z.iso.datetime(),
  /** Asked for when the link is opened; to be told by another way than the link. */
  password: z.string().min(8).max(256).optional(),
  /** Options of PS3.15 annex E.3 beside the basic profile: the studies are given without identity. */
  deidentify: z.array(textSchema).max(20).optional(),
  maxDownloads: z.number().int().min(1).max(1000).optional(),
  /** Shown on the page. */
  note: textSchema.max(1000).default(""),
});
const shareSchema = z.object({
  id: z.number(),
  studies: z.array(z.string()),
  createdBy: z.string(),
  note: z.string(),
  hasPassword: z.boolean(),
  deidentify: z.array(z.string()).nullable(),
  maxDownloads: z.number().nullable(),
  downloads: z.number(),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
});
const madeSchema = shareSchema.extend({
  /** The link, shown once. */
  url: z.string(),
});
const idSchema = z.strictObject({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
});
const sharing = { config: { access: ["view-studies", "view-identity", "share"] } } as const;

/** Links that somebody without an account may open (`/shares`): made, listed, revoked. */
export function registerShares(app: FastifyInstance, routes: ShareRoutes): void {
  app.setErrorHandler(answerProblem);
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => (typeof data === "string" ? data : JSON.stringify(data)));
  const { access, audit, database } = routes;
  /** Administrators see everybody's. */
  const visible = (request: Parameters<typeof access.scopeOf>[0]) => {
    const { siteId, actor } = access.scopeOf(request, "api");
    return access.may(request, "manage-accounts") ? { siteId } : { siteId, createdBy: actor };
  };
  const list = apiOperation({
    tag: "Shares",
    summary: "List one's own shares; administrators, everybody's",
    answers: { 200: { description: "The newest first; never the link.", schema: z.array(shareSchema) } },
  });
  app.get("/shares", { ...sharing, schema: list }, async (request) =>
    (await listShares(database, visible(request))).map(shown),
  );
  const make = apiOperation({
    tag: "Shares",
    summary: "Share studies with somebody who has no account",
    body: newSchema,
    answers: {
      201: { description: "The share, with its link.", schema: madeSchema },
      400: { description: "Its end is in the past, or too far; an option is not known." },
      404: { description: "A study is not here, or not for this account." },
    },
  });
  app.post("/shares", { ...sharing, schema: make }, async (request, reply) => {
    const { studies, expiresAt, ...asked } = parseAsked(newSchema, request.body);
    const scope = access.scopeOf(request, "api");
    const made = { ...asked, studyInstanceUids: studies, expiresAt: new Date(expiresAt) };
    const { share, token } = await createShare(routes, scope, made);
    const said = { action: "share", outcome: "success" } as const;
    await audit.record(
      eventOf(scope, {
        ...said,
        object: { kind: "share", id: String(share.id) },
        count: share.studyInstanceUids.length,
      }),
    );
    for (const id of await visibleStudyIds(database, scope, share.studyInstanceUids)) {
      await audit.record(eventOf(scope, { ...said, object: { kind: "study", id: String(id) } }));
    }
    return reply.code(201).send({ ...shown(share), url: `${routes.addressOf(request)}/share/${token}` });
  });
  const end = apiOperation({
    tag: "Shares",
    summary: "Revoke a share: its link opens nothing from now on",
    params: idSchema,
    answers: { 204: { description: "Revoked." }, 404: { description: "There is no such share." } },
  });
  app.delete("/shares/:id", { ...sharing, schema: end }, async (request, reply) => {
    const { id } = parseAsked(idSchema, request.params);
    await revokeShare(routes, { ...visible(request), id });
    const object = { kind: "share" as const, id: String(id) };
    await audit.record(eventOf(access.scopeOf(request, "api"), { action: "remove", outcome: "success", object }));
    return reply.code(204).send();
  });
}

function shown(share: Share): z.output<typeof shareSchema> {
  return {
    id: share.id,
    studies: [...share.studyInstanceUids],
    createdBy: share.createdBy,
    note: share.note,
    hasPassword: share.hasPassword,
    deidentify: share.options === null ? null : [...share.options],
    maxDownloads: share.maxDownloads,
    downloads: share.downloads,
    createdAt: share.createdAt.toISOString(),
    expiresAt: share.expiresAt.toISOString(),
    revokedAt: share.revokedAt?.toISOString() ?? null,
  };
}
