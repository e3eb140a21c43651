import { EtalonError } from "@etalon/base";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Metric } from "prom-client";
import { type Access, createAccess } from "./accounts/create-access.ts";
import { limitApi } from "./accounts/limit-api.ts";
import { registerAccounts } from "./accounts/register-accounts.ts";
import { openRequestCounts } from "./accounts/request-counts.ts";
import { registerApi } from "./api/register-api.ts";
import type { AccessScope } from "./archive/access-scope.ts";
import { registerAudit } from "./audit/register-audit.ts";
import type { HttpConfig } from "./config.ts";
import type { QueueingCore, ServerCore } from "./core.ts";
import { registerApiDocs } from "./dicomweb/register-api-docs.ts";
import { registerDicomweb } from "./dicomweb/register-dicomweb.ts";
import { registerHolds } from "./holds/register-holds.ts";
import { createHttpServer } from "./http/create-http-server.ts";
import { prepareClosing } from "./http/prepare-closing.ts";
import { builtPageFolder, hasPage, registerPage } from "./page/register-page.ts";
import { registerReadings } from "./reading/register-readings.ts";
import { signingWork } from "./reading/signing-work.ts";
import { registerHandingOut } from "./shares/register-handing-out.ts";
import { registerWorklist } from "./worklist/register-worklist.ts";

/** HTTP that is served. */
export interface ServedWeb {
  /** Absolute URL, with the base path and without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** What the rest of the process gives to its HTTP. */
export interface WebSurroundings {
  /** Of other services, shown with those of HTTP. */
  readonly metrics: readonly Metric[];
  /** Aborted when the process was told to end, while it still serves. */
  readonly ending?: AbortSignal;
}

/**
 * Serves DICOMweb, the API and its description.
 *
 * @throws {EtalonError} `port-in-use`; `file-unreadable` for a key or certificate that is none
 */
export function serveWeb(core: QueueingCore, surroundings: WebSurroundings): Promise<ServedWeb> {
  return serve(core, surroundings, (app, access) => registerServices(app, core, access));
}

/**
 * Serves what those ask who run a process that has no other HTTP: `/healthz`, `/readyz`, `/metrics`.
 *
 * @throws {EtalonError} as {@link serveWeb}
 */
export function serveOperations(core: ServerCore, surroundings: WebSurroundings): Promise<ServedWeb> {
  return serve(core, surroundings, async () => {});
}

async function serve(
  core: ServerCore,
  surroundings: WebSurroundings,
  register: (app: FastifyInstance, access: Access) => Promise<void>,
): Promise<ServedWeb> {
  const { config, log, database, store } = core;
  const place = { database: database.kysely, clock: () => new Date(), siteId: core.siteId };
  const access = createAccess(place, config.accounts, core.audit);
  const parts = { config: config.http, log, database, store, access: access.control, ...surroundings };
  const app = await createHttpServer(parts);
  await register(app, access);
  const closing = prepareClosing(app);
  try {
    return { url: await listen(app, config.http), close: () => closing.close() };
  } catch (thrown) {
    await closing.close();
    throw thrown;
  }
}

async function registerServices(app: FastifyInstance, core: QueueingCore, access: Access): Promise<void> {
  const { archive, queue, events, pictures } = core;
  const { kysely } = core.database;
  const { basePath, allowedOrigins } = core.config.http;
  const scopeFor =
    (purpose: string): ((request: FastifyRequest) => AccessScope) =>
    (request) =>
      access.control.scopeOf(request, purpose);
  await registerApiDocs(app, basePath);
  const { accounts } = access;
  if (accounts !== undefined) {
    const counts = await openRequestCounts({ ...core, database: kysely });
    await limitApi(app, basePath, counts);
    await app.register(
      async (scope) => registerAccounts(scope, { ...accounts, ...core.config.accounts, audit: core.audit, basePath }),
      {
        prefix: `${basePath}/api`,
      },
    );
  }
  const dicomweb = {
    archive,
    pictures,
    scopeOf: scopeFor("dicomweb"),
    baseUrl: ({ protocol, host }: { readonly protocol: string; readonly host: string }) =>
      `${protocol}://${host}${basePath}/dicom-web`,
    allowedOrigins,
  };
  await app.register(async (scope) => registerDicomweb(scope, dicomweb), { prefix: `${basePath}/dicom-web` });
  const api = { database: kysely, queue, events, scopeOf: scopeFor("api") };
  await app.register(async (scope) => registerApi(scope, api), { prefix: `${basePath}/api` });
  const readings = {
    ...{ ...signingWork(core), queue, events },
    ...{ access: access.control, scopeOf: scopeFor("api") },
  };
  await app.register(async (scope) => registerReadings(scope, readings), { prefix: `${basePath}/api` });
  const holds = { database: kysely, audit: core.audit, clock: () => new Date(), scopeOf: scopeFor("api") };
  await app.register(async (scope) => registerHolds(scope, holds), { prefix: `${basePath}/api/holds` });
  const audit = { audit: core.audit, database: kysely, scopeOf: scopeFor("api"), source: core.config.dimse.aeTitle };
  await app.register(async (scope) => registerAudit(scope, audit), { prefix: `${basePath}/api/audit` });
  await registerHandingOut(app, core, access.control);
  const worklist = { database: kysely, scopeOf: scopeFor("worklist") };
  await app.register(async (scope) => registerWorklist(scope, worklist), { prefix: `${basePath}/api/worklist` });
  if (hasPage(builtPageFolder)) registerPage(app, { folder: builtPageFolder, basePath });
}

async function listen(app: FastifyInstance, { host, port, basePath }: HttpConfig): Promise<string> {
  try {
    return `${await app.listen({ host, port })}${basePath}`;
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const received = `${host}:${port}`;
    throw new EtalonError("port-in-use", { field: "ETALON_HTTP_PORT", received, details: { reason }, cause });
  }
}
