import { EtalonError } from "@etalon/base";
import type { FastifyReply } from "fastify";
import type { AccountRoutes } from "./account-routes.ts";
import { noteEvent } from "./note-event.ts";
import { cookieOf, setCookie } from "./session-cookie.ts";
import { endSession, findPrincipal, type NewSession, startSession } from "./sessions.ts";
import { userAgentClass } from "./user-agent-class.ts";

/**
 * Begins a browser's session and gives it its cookie. It is always a new one: a session that the browser came with, which
 * somebody else may know, ends.
 *
 * @returns the session's secret
 */
export async function beginSession(
  reply: FastifyReply,
  routes: Pick<AccountRoutes, "place" | "basePath" | "audit">,
  session: Omit<NewSession, "userAgentClass">,
): Promise<string> {
  const { place, basePath } = routes;
  const before = cookieOf(reply.request);
  const held = before === undefined ? undefined : await findPrincipal(place, before, "browser");
  if (held !== undefined) await endSession(place, held.accountId, held.sessionId).catch(ignoreEnded);
  const agent = userAgentClass(reply.request.headers["user-agent"]);
  const secret = await startSession(place, { ...session, userAgentClass: agent });
  const { accountId } = session;
  await noteEvent(routes, reply.request, { accountId, action: "login", outcome: "success" });
  setCookie(reply, basePath, secret);
  return secret;
}

/** Another request may have ended it just before: that is what was wanted. */
export function ignoreEnded(thrown: unknown): void {
  if (!(thrown instanceof EtalonError && thrown.code === "token-not-found")) throw thrown;
}
