import type { FastifyReply, FastifyRequest } from "fastify";
import { browserTimes } from "./sessions.ts";

const cookieName = "etalon_session";

/** The session's secret in a request's cookie. */
export function cookieOf(request: FastifyRequest): string | undefined {
  return request.cookies[cookieName];
}

/** Gives a browser its session. @param basePath "" or "/etalon" */
export function setCookie(reply: FastifyReply, basePath: string, secret: string): void {
  reply.setCookie(cookieName, secret, { ...optionsOf(reply, basePath), maxAge: browserTimes.absoluteMs / 1000 });
}

/** Takes it back. */
export function clearCookie(reply: FastifyReply, basePath: string): void {
  reply.clearCookie(cookieName, optionsOf(reply, basePath));
}

function optionsOf({ request }: FastifyReply, basePath: string) {
  const secure = request.protocol === "https";
  return { path: basePath === "" ? "/" : basePath, httpOnly: true, sameSite: "lax", secure } as const;
}
