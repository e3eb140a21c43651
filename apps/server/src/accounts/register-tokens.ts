import { EtalonError } from "@etalon/base";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked, rowIdSchema, textSchema } from "../api/parse-asked.ts";
import type { AccountRoutes } from "./account-routes.ts";
import { noteEvent, objectOf } from "./note-event.ts";
import { createToken, endSession, type KnownSession, listSessions, mostTokenDays } from "./sessions.ts";

const newTokenSchema = z.strictObject({
  /** What it is for: "CT gateway". */
  name: textSchema.min(1).max(100),
  days: z.number().int().min(1).max(mostTokenDays).default(90),
});
const knownSchema = z.object({
  id: z.number(),
  name: z.string().nullable(),
  origin: z.enum(["password", "link", "oidc", "api"]),
  userAgentClass: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
});
const madeSchema = z.object({ id: z.number(), token: z.string(), expiresAt: z.string() });

const signedIn = { config: { access: "signed-in" } } as const;
const absent = { 404: { description: "There is none of this number." } };

/** One's own tokens for programs, and one's own sessions (`/tokens`, `/sessions`). */
export function registerTokens(app: FastifyInstance, routes: AccountRoutes): void {
  const { place, access } = routes;
  for (const [path, kind, word] of [
    ["/tokens", "token", "tokens"],
    ["/sessions", "browser", "sessions"],
  ] as const) {
    const list = apiOperation({
      tag: "Accounts",
      summary: `List one's own ${word}`,
      answers: { 200: { description: "The newest first; never the secret.", schema: z.array(knownSchema) } },
    });
    app.get(path, { ...signedIn, schema: list }, async (request) =>
      (await listSessions(place, access.principalOf(request).accountId, kind)).map(shown),
    );
    const end = apiOperation({
      tag: "Accounts",
      summary: `End one of one's own ${word}`,
      params: rowIdSchema,
      answers: { 204: { description: "Ended." }, ...absent },
    });
    app.delete(`${path}/:id`, { ...signedIn, schema: end }, async (request, reply) => {
      const { accountId } = access.principalOf(request);
      const { id } = parseAsked(rowIdSchema, request.params);
      await endSession(place, accountId, id);
      const object = objectOf("session", id);
      await noteEvent(routes, request, { accountId, action: "remove", outcome: "success", object });
      return reply.code(204).send();
    });
  }
  const make = apiOperation({
    tag: "Accounts",
    summary: "Make a token for a program",
    description: "It does what its account may, and is shown once. A token makes no tokens.",
    body: newTokenSchema,
    answers: { 201: { description: "The token.", schema: madeSchema } },
  });
  app.post("/tokens", { ...signedIn, schema: make }, async (request, reply) => {
    const { accountId, kind, mustChangePassword, origin } = access.principalOf(request);
    if (kind !== "browser") throw new EtalonError("not-allowed", { field: "tokens" });
    if (mustChangePassword && origin === "password")
      throw new EtalonError("password-change-needed", { field: "password" });
    const { id, token, expiresAt } = await createToken(place, {
      accountId,
      ...parseAsked(newTokenSchema, request.body),
    });
    const object = objectOf("session", id);
    await noteEvent(routes, request, { accountId, action: "change", outcome: "success", object });
    return reply.code(201).send({ id, token, expiresAt: expiresAt.toISOString() });
  });
}

function shown({ createdAt, lastSeenAt, expiresAt, ...session }: KnownSession): z.output<typeof knownSchema> {
  return {
    ...session,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
