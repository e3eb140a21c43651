import { EtalonError } from "@etalon/base";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { apiOperation } from "../../api/api-operation.ts";
import type { OidcConfig } from "../account-config.ts";
import type { AccountRoutes } from "../account-routes.ts";
import { beginSession } from "../begin-session.ts";
import { newSecret } from "../secrets.ts";
import { keepSingleUse, takeSingleUse } from "../single-use.ts";
import { oidcAccount } from "./oidc-account.ts";
import { connectOidc } from "./oidc-provider.ts";

/** What the routes of a provider stand on. */
export interface OidcRoutes extends AccountRoutes {
  readonly oidc: OidcConfig;
  /** Where people reach the server, with the base path; as their browser says where absent. */
  readonly publicUrl: string | undefined;
}

/** Binds a sign-in to the browser that began it: an answer that somebody else obtained opens nothing. */
const cookieName = "etalon_oidc";

/** How long somebody may take at the provider's. */
const pendingMs = 10 * 60_000;

const pendingSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  redirectUri: z.string(),
});

const open = { config: { access: "open" }, exposeHeadRoute: false } as const;

/** Signing in with a provider of identities (`/oidc/sign-in`, `/oidc/callback`). */
export function registerOidc(app: FastifyInstance, routes: OidcRoutes): void {
  const { place, basePath, oidc, publicUrl } = routes;
  const provider = connectOidc(oidc);
  const cookie = ({ protocol }: FastifyRequest) =>
    ({ path: `${basePath}/api/oidc`, httpOnly: true, sameSite: "lax", secure: protocol === "https" }) as const;
  const begin = apiOperation({
    tag: "Accounts",
    summary: "Sign in with the identity provider",
    answers: { 303: { description: "To the provider." }, 503: { description: "It cannot be reached." } },
  });
  app.get("/oidc/sign-in", { ...open, schema: begin }, async (request, reply) => {
    const here = publicUrl ?? `${request.protocol}://${request.host}${basePath}`;
    const { url, pending } = await provider.begin(`${here}/api/oidc/callback`);
    const secret = newSecret();
    const expiresAt = new Date(place.clock().getTime() + pendingMs);
    await keepSingleUse(place, secret, { purpose: "oidc", accountId: null, details: pending, expiresAt });
    return reply.setCookie(cookieName, secret, { ...cookie(request), maxAge: pendingMs / 1000 }).redirect(url, 303);
  });
  const end = apiOperation({
    tag: "Accounts",
    summary: "Where the identity provider sends back to",
    answers: { 303: { description: "Signed in." }, 400: { description: "The answer is refused." } },
  });
  app.get("/oidc/callback", { ...open, schema: end }, async (request, reply) => {
    const secret = request.cookies[cookieName];
    const kept = secret === undefined ? undefined : await takeSingleUse(place, secret, "oidc");
    if (kept === undefined) throw new EtalonError("oidc-refused", { field: "session" });
    reply.clearCookie(cookieName, cookie(request));
    const [, query = ""] = /\?(.*)$/.exec(request.raw.url ?? "") ?? [];
    const identity = await provider.finish(query, pendingSchema.parse(kept.details));
    const accountId = await oidcAccount(place, oidc, identity);
    await beginSession(reply, routes, { accountId, origin: "oidc" });
    return reply.redirect(`${basePath}/docs`, 303);
  });
}
