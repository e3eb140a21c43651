import { createHash, timingSafeEqual } from "node:crypto";
import { EtalonError } from "@etalon/base";
import type { FastifyRequest } from "fastify";

/** Methods that change nothing (RFC 9110 section 9.2.1). */
const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Header that a page shows the token in. */
const tokenHeader = "x-csrf-token";

/** What a page of a browser without Fetch Metadata shows with a change: made from its session's secret, and saying nothing of it. */
export function csrfToken(secret: string): string {
  return createHash("sha256").update(`etalon csrf\n${secret}`, "utf8").digest("base64url");
}

/**
 * Refuses a change that a browser sends with a session's cookie for another site's page: by Sec-Fetch-Site, else by Origin
 * (OWASP Cross-Site Request Forgery Prevention), else by the token.
 *
 * @throws {EtalonError} `cross-site-request`
 */
export function refuseCrossSite(request: FastifyRequest, secret: string): void {
  if (safeMethods.has(request.method)) return;
  const isOurs = comesFromHere(request) ?? hasToken(request, secret);
  if (!isOurs) throw new EtalonError("cross-site-request", { field: request.method });
}

/** Refuses what a browser says another site's page sent; a program says nothing. @throws {EtalonError} `cross-site-request` */
export function refuseForeignPage(request: FastifyRequest): void {
  if (comesFromHere(request) === false) throw new EtalonError("cross-site-request", { field: request.method });
}

/** Whether a page of this server sent it; `undefined` where the browser does not say. */
function comesFromHere({ headers, protocol, host }: FastifyRequest): boolean | undefined {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin } = headers;
  return origin === undefined ? undefined : origin === `${protocol}://${host}`;
}

function hasToken({ headers }: FastifyRequest, secret: string): boolean {
  const given = headers[tokenHeader];
  if (typeof given !== "string") return false;
  const expected = Buffer.from(csrfToken(secret));
  const bytes = Buffer.from(given);
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}
