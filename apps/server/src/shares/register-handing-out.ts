import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AccessControl } from "../accounts/access-control.ts";
import type { ServerCore } from "../core.ts";
import { registerExports } from "../exports/register-exports.ts";
import { createTurn } from "../packaging/in-turn.ts";
import { builtPageFolder, hasPage } from "../page/register-page.ts";
import { registerPatients } from "../patients/register-patients.ts";
import { registerSharePages } from "./register-share-pages.ts";
import { registerShares } from "./register-shares.ts";
import type { ShareRoutes } from "./share-routes.ts";

/**
 * All that hands studies out: share links (`/api/shares`, `/share/…`), exports without identity (`/api/exports`), and what
 * patients have a right to (`/api/patients`).
 */
export async function registerHandingOut(app: FastifyInstance, core: ServerCore, access: AccessControl): Promise<void> {
  const { archive, audit, siteId, config } = core;
  const { basePath } = config.http;
  const addressOf = ({ protocol, host }: FastifyRequest): string =>
    config.accounts.publicUrl ?? `${protocol}://${host}${basePath}`;
  const routes: ShareRoutes = {
    database: core.database.kysely,
    clock: () => new Date(),
    mostDays: config.accounts.shareMaxDays,
    archive,
    audit,
    access,
    siteId,
    basePath,
    addressOf,
    pictures: core.pictures,
    inTurn: createTurn(),
    hasViewer: hasPage(builtPageFolder),
  };
  await app.register(async (scope) => registerShares(scope, routes), { prefix: `${basePath}/api` });
  const { codecs } = core.pictures;
  const exporting = { ...routes, codecs, scopeOf: (request: FastifyRequest) => access.scopeOf(request, "export") };
  await app.register(async (scope) => registerExports(scope, exporting), { prefix: `${basePath}/api` });
  const rights = {
    ...routes,
    store: core.store,
    retention: core.retention,
    scopeOf: (request: FastifyRequest) => access.scopeOf(request, "patient-rights"),
  };
  await app.register(async (scope) => registerPatients(scope, rights), { prefix: `${basePath}/api` });
  await app.register(async (scope) => registerSharePages(scope, routes), { prefix: `${basePath}/share` });
}
