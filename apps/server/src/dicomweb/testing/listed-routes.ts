import Fastify, { type RouteOptions } from "fastify";
import { registerDicomweb } from "../register-dicomweb.ts";
import { createMemoryArchive } from "./memory-archive.ts";

/** What a route of DICOMweb says of itself. */
export interface ListedRoute {
  readonly method: string;
  /** "/studies/{study}". */
  readonly path: string;
  readonly summary: string;
  /** Media types of its answer. */
  readonly produces: readonly string[];
}

/** Every route that `registerDicomweb` makes, in the order in which it makes them. */
export async function listedRoutes(): Promise<readonly ListedRoute[]> {
  const app = Fastify();
  const routes: ListedRoute[] = [];
  app.addHook("onRoute", (route) => {
    if (route.method !== "HEAD") routes.push(listed(route));
  });
  const scopeOf = () => ({ siteId: 1, actor: "nobody", purpose: "dicomweb" });
  await app.register(async (scope) => {
    registerDicomweb(scope, { archive: createMemoryArchive(), scopeOf, baseUrl: () => "" });
  });
  await app.ready();
  await app.close();
  return routes;
}

function listed({ method, url, schema }: RouteOptions): ListedRoute {
  const { summary, produces }: { readonly summary?: unknown; readonly produces?: unknown } = schema ?? {};
  return {
    method: String(method),
    path: url.replaceAll(/:(\w+)/g, "{$1}"),
    summary: String(summary ?? ""),
    produces: Array.isArray(produces) ? produces.map(String) : [],
  };
}
