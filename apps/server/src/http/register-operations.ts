import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import type { Readiness } from "./readiness.ts";

/**
 * What those who run the server ask: `/healthz` (the process answers), `/readyz` (it can take work; 503 where not, with the
 * part that is missing) and `/metrics` (Prometheus text format).
 */
export function registerOperations(
  app: FastifyInstance,
  parts: { readonly checkReadiness: () => Promise<Readiness>; readonly registry: Registry },
): void {
  app.get("/healthz", { config: { access: "open" } }, async () => ({ status: "ok" }));
  app.get("/readyz", { config: { access: "open" } }, async (_request, reply) => {
    const { isReady, checks } = await parts.checkReadiness();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "not ready", checks });
  });
  app.get("/metrics", { config: { access: ["read-metrics"] } }, async (_request, reply) =>
    reply.type(parts.registry.contentType).send(await parts.registry.metrics()),
  );
}
