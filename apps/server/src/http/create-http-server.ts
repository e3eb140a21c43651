import { EtalonError } from "@etalon/base";
import cookie from "@fastify/cookie";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { Logger } from "pino";
import type { Metric } from "prom-client";
import type { AccessControl } from "../accounts/access-control.ts";
import type { HttpConfig } from "../config.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { answerProblem } from "../dicomweb/problem.ts";
import { readTls } from "../read-tls.ts";
import type { BlobStore } from "../store/blob-store.ts";
import { guardHost, isLoopback } from "./host-guard.ts";
import { measureHttp } from "./metrics.ts";
import { checkReadiness } from "./readiness.ts";
import { registerOperations } from "./register-operations.ts";
import { addSecurityHeaders } from "./security-headers.ts";

/** What the HTTP server stands on. */
export interface HttpServerParts {
  readonly config: HttpConfig;
  readonly log: Logger;
  readonly database: Pick<OpenDatabase, "kysely" | "poolState">;
  readonly store: Pick<BlobStore, "freeBytes">;
  /** What other parts of the server count, for `/metrics`. */
  readonly metrics?: readonly Metric[];
  /** Who may do what; whoever reaches the address, everything, where absent. */
  readonly access?: Pick<AccessControl, "guard">;
  /** Aborted when the process was told to end: it is not ready from then on, and keeps no connection for another request. */
  readonly ending?: AbortSignal;
}

/** Bytes of a body that is read whole, as JSON is; uploads are streams, with limits of their own. */
const bodyLimitBytes = 1024 ** 2;

/** A connection on which nothing moves for this long is given up. */
const silentConnectionMs = 120_000;

/**
 * The HTTP server without its services: what all of them share. Services are registered under the configured base path.
 *
 * @throws {EtalonError} `file-unreadable` for a key or a certificate that is none, or where they are no pair
 */
export async function createHttpServer(parts: HttpServerParts): Promise<FastifyInstance> {
  const { config, log, database, store, metrics = [], access, ending } = parts;
  const { basePath, trustedProxies, tls } = config;
  const loggerInstance: FastifyBaseLogger = log;
  const shared = {
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    // What comes on an open connection while the server ends is answered as before: it was sent in good faith.
    return503OnClosing: false,
    connectionTimeout: silentConnectionMs,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    routerOptions: { ignoreTrailingSlash: true },
  };
  const app: FastifyInstance = tls === undefined ? Fastify(shared) : Fastify({ ...shared, https: await readTls(tls) });
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler((request, reply) => answerProblem(notFound(request.method), request, reply));
  if (isLoopback(config.host) && trustedProxies.length === 0) guardHost(app);
  addSecurityHeaders(app, { isHttps: tls !== undefined });
  logRequests(app);
  const registry = measureHttp(app, { database, store });
  await app.register(cookie);
  access?.guard(app);
  for (const metric of metrics) registry.registerMetric(metric);
  const operations = { registry, checkReadiness: () => checkReadiness(database.kysely, store), ending };
  if (ending !== undefined) sendAway(app, ending);
  // Whoever watches the process asks it directly, without the proxy and its path.
  for (const prefix of new Set(["", basePath])) {
    await app.register(async (scope) => registerOperations(scope, operations), { prefix });
  }
  return app;
}

/** Lets clients come again on another connection, which a proxy opens to another process. */
function sendAway(app: FastifyInstance, ending: AbortSignal): void {
  app.addHook("onSend", async (_request, reply) => {
    if (ending.aborted) reply.header("connection", "close");
  });
}

/** One line a request: its route, not its path or query, which name patients. */
function logRequests(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions } = request;
    const line = { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    request.log.info(line, "request");
  });
}

function notFound(method: string): EtalonError {
  return new EtalonError("nothing-here", { field: method });
}
