import type { FastifyInstance } from "fastify";

/** Headers that pages may read besides the plain ones. */
const exposed = "Content-Location, Content-Range, ETag, Warning, X-Total-Count";
const preflight = {
  "access-control-allow-methods": "GET, HEAD, POST, DELETE",
  "access-control-allow-headers": "Accept, Authorization, Content-Type, If-None-Match, If-Range, Range",
  "access-control-max-age": "600",
} as const;

/**
 * Lets the pages of these origins ask (the Fetch standard's CORS protocol). Every other page is refused by its browser:
 * nothing is allowed where an origin is not named, and there is no wildcard.
 */
export function registerCors(app: FastifyInstance, allowedOrigins: readonly string[]): void {
  if (allowedOrigins.length === 0) return;
  app.addHook("onRequest", async (request, reply) => {
    reply.header("vary", "Origin");
    const { origin } = request.headers;
    if (origin === undefined || !allowedOrigins.includes(origin)) return;
    reply.header("access-control-allow-origin", origin).header("access-control-expose-headers", exposed);
  });
  app.options("/*", { config: { access: "open" }, schema: { hide: true } }, async (request, reply) => {
    const { origin } = request.headers;
    const isAllowed = origin !== undefined && allowedOrigins.includes(origin);
    return reply
      .headers(isAllowed ? preflight : {})
      .code(204)
      .send();
  });
}
