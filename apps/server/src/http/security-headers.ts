import type { FastifyInstance } from "fastify";

/** What every answer says unless its route says otherwise. */
const headers: readonly (readonly [string, string])[] = [
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["cross-origin-resource-policy", "same-origin"],
  ["referrer-policy", "no-referrer"],
  // Images and names of patients: kept by nobody on the way.
  ["cache-control", "no-store"],
];

/** One year, as hstspreload.org asks. */
const strictTransport = "max-age=31536000";

/** Adds the headers that keep browsers from doing more with an answer than it is for. */
export function addSecurityHeaders(app: FastifyInstance, { isHttps }: { readonly isHttps: boolean }): void {
  app.addHook("onSend", async (_request, reply) => {
    for (const [name, value] of headers) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    if (isHttps) reply.header("strict-transport-security", strictTransport);
  });
}
