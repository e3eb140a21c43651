import { EtalonError } from "@etalon/base";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import type { RequestCounts } from "./request-counts.ts";
import { secretHash } from "./secrets.ts";
import { cookieOf } from "./session-cookie.ts";

/** Requests of one session, token or address to the API within a minute: a page asks a few, a program that loops thousands. */
export const apiRequestsPerMinute = 1200;

/**
 * Limits requests to the project's own API and to share links, over all web processes. DICOMweb is not limited: a viewer asks
 * for thousands of frames at once.
 */
export async function limitApi(app: FastifyInstance, basePath: string, counts: RequestCounts): Promise<void> {
  app.addHook("onClose", () => counts.stop());
  await app.register(rateLimit, {
    store: counts.Store,
    max: apiRequestsPerMinute,
    timeWindow: "1 minute",
    allowList: ({ routeOptions: { url = "" } }) =>
      !url.startsWith(`${basePath}/api/`) && !url.startsWith(`${basePath}/share/`),
    keyGenerator: (request) => {
      const secret = request.headers.authorization ?? cookieOf(request);
      return secret === undefined ? request.ip : secretHash(secret).toString("base64");
    },
    errorResponseBuilder: (_request, { ttl }) =>
      new EtalonError("too-many-attempts", { field: "api", received: String(Math.ceil(ttl / 1000)) }),
  });
}
