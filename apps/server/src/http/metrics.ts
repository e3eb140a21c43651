import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { OpenDatabase } from "../database/open-database.ts";
import type { BlobStore } from "../store/blob-store.ts";

/** What is measured besides requests. */
export interface MeasuredParts {
  readonly database: Pick<OpenDatabase, "poolState">;
  readonly store: Pick<BlobStore, "freeBytes">;
}

/** Bounds of the durations that are told apart, seconds: from a query's to a large study's. */
const durationBoundsS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

/** Counts requests by method, route and status from now on, and makes the registry that Prometheus reads. */
export function measureHttp(app: FastifyInstance, { database, store }: MeasuredParts): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from a request's headers to the end of its answer",
    labelNames: ["method", "route", "status"] as const,
    buckets: durationBoundsS,
    registers,
  });
  new Gauge({
    name: "etalon_database_connections",
    help: "Connections to the database, and requests that wait for one",
    labelNames: ["state"] as const,
    registers,
    collect() {
      const { total, idle, waiting } = database.poolState();
      this.set({ state: "busy" }, total - idle);
      this.set({ state: "idle" }, idle);
      this.set({ state: "waiting" }, waiting);
    },
  });
  new Gauge({
    name: "etalon_store_free_bytes",
    help: "Free room where blobs are kept",
    registers,
    async collect() {
      const free = await store.freeBytes();
      if (free !== undefined) this.set(free);
    },
  });
  app.addHook("onResponse", async (request, reply) => {
    // The route's pattern, never the path: UIDs would make a time series each.
    const route = request.routeOptions.url ?? "none";
    durations.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
  return registry;
}
