import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import type { Readiness } from "./readiness.ts";

/**
 * What those who run the server ask: `/healthz` (the process answers), `/readyz` (it can take work; 503 where not, with the
 * part that is missing, or where it ends) and `/metrics` (Prometheus text format).
 */
export function registerOperations(
  app: FastifyInstance,
  parts: {
    readonly checkReadiness: () => Promise<Readiness>;
    readonly registry: Registry;
    /** Aborted when the process was told to end. */
    readonly ending: AbortSignal | undefined;
  },
): void {
  app.get("/healthz", { config: { access: "open" } }, async () => ({ status: "ok" }));
  app.get("/readyz", { config: { access: "open" } }, async (_request, reply) => {
    const { isReady, checks } = await parts.checkReadiness();
    const status = parts.ending?.aborted === true ? "ending" : isReady ? "ready" : "not ready";
    return reply.code(status === "ready" ? 200 : 503).send({ status, checks });
  });
  app.get("/metrics", { config: { access: ["read-metrics"] } }, async (_request, reply) =>
    reply.type(parts.registry.contentType).send(await parts.registry.metrics()),
  );
}
