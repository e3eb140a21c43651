import type { Language } from "@etalon/base";
import { EtalonError } from "@etalon/base";
import type { FastifyReply, FastifyRequest } from "fastify";
import { queryText } from "../dicomweb/selector-of.ts";
import { sharePolicy } from "./share-style.ts";

const cookieName = "etalon_share";

/** The token of a link. @throws {EtalonError} `share-not-found` for what is none */
export function tokenOf({ params }: FastifyRequest): string {
  const token: unknown = typeof params === "object" && params !== null ? Reflect.get(params, "token") : undefined;
  if (typeof token === "string" && /^[A-Za-z0-9_-]{43}$/.test(token)) return token;
  throw new EtalonError("share-not-found", { field: "share" });
}

/** The language of a page: the one that is asked for, else the first of French and English that the browser takes. */
export function languageOf(request: FastifyRequest): Language {
  const asked = queryText(request.query, "lang");
  if (asked === "fr" || asked === "en") return asked;
  const ranges = (request.headers["accept-language"] ?? "").split(",").map((range, index) => {
    const [tag = "", quality] = range.split(";q=");
    const weight = quality === undefined ? 1 : Number(quality);
    return { language: tag.trim().slice(0, 2).toLowerCase(), weight: Number.isFinite(weight) ? weight : 0, index };
  });
  const [best] = ranges
    .filter(({ language, weight }) => (language === "fr" || language === "en") && weight > 0)
    .sort((first, second) => second.weight - first.weight || first.index - second.index);
  return best?.language === "fr" ? "fr" : "en";
}

/** Whether a browser asks before anybody clicked: nothing is opened for it. */
export function isPrefetch({ headers }: FastifyRequest): boolean {
  return [headers["sec-purpose"], headers["purpose"], headers["x-moz"]].some((said) =>
    /prefetch|preview/.test(String(said)),
  );
}

/** Answers with a page that no search engine keeps. */
export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .type("text/html; charset=utf-8")
    .header("content-security-policy", sharePolicy)
    .send(reply.request.method === "HEAD" ? "" : html);
}

/** The visitor's session in a request's cookie. */
export function visitOf(request: FastifyRequest): string | undefined {
  return request.cookies[cookieName];
}

/** Gives a visitor their session, for this share alone. @param path of the share */
export function setVisit(
  reply: FastifyReply,
  path: string,
  visit: { readonly secret: string; readonly expiresAt: Date },
): void {
  const secure = reply.request.protocol === "https";
  reply.setCookie(cookieName, visit.secret, {
    path,
    httpOnly: true,
    sameSite: "lax",
    secure,
    expires: visit.expiresAt,
  });
}
