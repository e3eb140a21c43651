import { EtalonError } from "@etalon/base";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked, textSchema } from "../api/parse-asked.ts";
import { builtPageFolder, hasPage } from "../page/register-page.ts";
import type { AccountRoutes } from "./account-routes.ts";
import { setPassword } from "./accounts.ts";
import { beginSession, ignoreEnded } from "./begin-session.ts";
import { noteEvent, objectOf } from "./note-event.ts";
import { actions, roleRights, roles } from "./roles.ts";
import { csrfToken, refuseForeignPage } from "./same-origin.ts";
import { clearCookie, cookieOf } from "./session-cookie.ts";
import { endBrowserSessions, endSession, findPrincipal, type Principal } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { takeLink } from "./single-use.ts";

const credentialsSchema = z.strictObject({ name: textSchema, password: textSchema });
const passwordSchema = z.strictObject({ currentPassword: textSchema.optional(), newPassword: textSchema });
const linkSchema = z.strictObject({
  link: textSchema,
  /** The study that the page opens with. */
  study: z
    .string()
    .regex(/^[\d.]{1,64}$/)
    .optional(),
});
const endSchema = z.strictObject({ everywhere: z.enum(["true", "false"]).default("false") });

const sessionSchema = z.object({
  accountId: z.number(),
  name: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  /** What the role may do. */
  actions: z.array(z.enum(actions)),
  /** Whether nothing else may be done before the password is changed. */
  mustChangePassword: z.boolean(),
  expiresAt: z.string(),
  /** For the header X-CSRF-Token of browsers that send neither Sec-Fetch-Site nor Origin; null for programs. */
  csrfToken: z.string().nullable(),
});

const open = { config: { access: "open" } } as const;
const signedIn = { config: { access: "signed-in" } } as const;
const answer = { 200: { description: "Who is signed in.", schema: sessionSchema } };

/** Signing in and out, and one's own password (`/session`, `/enter`). */
export function registerSession(app: FastifyInstance, routes: AccountRoutes): void {
  registerEntries(app, routes);
  registerOwnSession(app, routes);
}

function registerEntries(app: FastifyInstance, routes: AccountRoutes): void {
  const { place, basePath } = routes;
  const enter = apiOperation({
    tag: "Accounts",
    summary: "Sign in with a name and a password",
    description: "The session is a cookie. Five wrong passwords close a name to an address for a quarter of an hour.",
    body: credentialsSchema,
    answers: {
      ...answer,
      401: { description: "They do not go together." },
      429: { description: "Too many attempts." },
    },
  });
  app.post("/session", { ...open, schema: enter }, async (request, reply) => {
    refuseForeignPage(request);
    const given = parseAsked(credentialsSchema, request.body);
    const { id } = await signIn(place, { ...given, address: request.ip }).catch(async (thrown: unknown) => {
      if (thrown instanceof EtalonError && thrown.code === "sign-in-refused") {
        await noteEvent(routes, request, { action: "login", outcome: "refused", error: thrown.code });
      }
      throw thrown;
    });
    const secret = await beginSession(reply, routes, { accountId: id, origin: "password" });
    const principal = await findPrincipal(place, secret, "browser");
    if (principal === undefined) throw new EtalonError("not-signed-in", { field: "session" });
    return sessionOf(principal, secret);
  });
  const link = apiOperation({
    tag: "Accounts",
    summary: "Open the one-time link of the start screen",
    query: linkSchema,
    answers: { 303: { description: "Signed in." }, 400: { description: "It was used, or its time is over." } },
  });
  app.get("/enter", { ...open, schema: link, exposeHeadRoute: false }, async (request, reply) => {
    const { link: secret, study } = parseAsked(linkSchema, request.query);
    const id = await takeLink(place, secret);
    await beginSession(reply, routes, { accountId: id, origin: "link" });
    const pageAddress = study === undefined ? `${basePath}/` : `${basePath}/#/study/${study}`;
    return reply.redirect(hasPage(builtPageFolder) ? pageAddress : `${basePath}/docs`, 303);
  });
}

function registerOwnSession(app: FastifyInstance, routes: AccountRoutes): void {
  const { place, access, basePath } = routes;
  const read = apiOperation({ tag: "Accounts", summary: "Who is signed in", answers: answer });
  app.get("/session", { ...signedIn, schema: read }, async (request) =>
    sessionOf(access.principalOf(request), cookieOf(request)),
  );
  const end = apiOperation({
    tag: "Accounts",
    summary: "Sign out, here or everywhere",
    query: endSchema,
    answers: { 204: { description: "Signed out." } },
  });
  app.delete("/session", { ...signedIn, schema: end }, async (request, reply) => {
    const { accountId, sessionId } = access.principalOf(request);
    const { everywhere } = parseAsked(endSchema, request.query);
    if (everywhere === "true") await endBrowserSessions(place, accountId);
    else await endSession(place, accountId, sessionId).catch(ignoreEnded);
    await noteEvent(routes, request, { accountId, action: "logout", outcome: "success" });
    clearCookie(reply, basePath);
    return reply.code(204).send();
  });
  const change = apiOperation({
    tag: "Accounts",
    summary: "Change one's own password",
    description:
      "Every session and token of the account ends; sign in anew. The present password is not asked of whoever came by a one-time link.",
    body: passwordSchema,
    answers: { 204: { description: "Changed." }, 400: { description: "The new one is refused." } },
  });
  app.put("/session/password", { ...signedIn, schema: change }, async (request, reply) => {
    const { accountId: id, name, kind, origin } = access.principalOf(request);
    if (kind !== "browser" || origin === "oidc") throw new EtalonError("not-allowed", { field: "password" });
    const { currentPassword, newPassword } = parseAsked(passwordSchema, request.body);
    if (origin !== "link") await signIn(place, { name, password: currentPassword ?? "", address: request.ip });
    if (newPassword === currentPassword) {
      throw new EtalonError("password-refused", { field: "password", details: { expected: "≠ currentPassword" } });
    }
    await setPassword(place, { id, name }, { password: newPassword, mustChange: false });
    const object = objectOf("account", id);
    await noteEvent(routes, request, { accountId: id, action: "change", outcome: "success", object });
    clearCookie(reply, basePath);
    return reply.code(204).send();
  });
}

function sessionOf(principal: Principal, secret: string | undefined): z.output<typeof sessionSchema> {
  const { accountId, name, displayName, role, mustChangePassword, kind, origin, expiresAt } = principal;
  return {
    accountId,
    name,
    displayName,
    role,
    actions: [...roleRights[role].actions],
    mustChangePassword: mustChangePassword && origin === "password",
    expiresAt: expiresAt.toISOString(),
    csrfToken: kind === "browser" && secret !== undefined ? csrfToken(secret) : null,
  };
}
