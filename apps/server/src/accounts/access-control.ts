import { EtalonError } from "@etalon/base";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AccessScope } from "../archive/access-scope.ts";
import { addressClass } from "../audit/address-class.ts";
import { mayDo, roleRights } from "./roles.ts";
import type { RouteAccess } from "./route-access.ts";
import type { Principal } from "./sessions.ts";

/** Says who asks, and lets nobody through to what is not theirs: the one place that decides. */
export interface AccessControl {
  /** Guards every route that is registered after this, with all that it declares. */
  guard(app: FastifyInstance): void;
  /** The scope of a request that was let through. @throws {EtalonError} `not-signed-in` for one of an open route */
  scopeOf(request: FastifyRequest, purpose: string): AccessScope;
}

/** Who a request comes from; `undefined` where nobody says. @throws {EtalonError} where what it shows is refused */
export type Authenticate = (request: FastifyRequest) => Promise<Principal | undefined>;

/** Access control that also says who it let through, for the routes of accounts. */
export interface AccountAccessControl extends AccessControl {
  /** @throws {EtalonError} `not-signed-in` */
  principalOf(request: FastifyRequest): Principal;
}

/**
 * Access by accounts. Default deny: a route that declares no {@link RouteAccess} keeps the server from starting, a request
 * without a session is refused before its body is read, and what its role may not do answers 403.
 */
export function controlAccess(authenticate: Authenticate): AccountAccessControl {
  const principals = new WeakMap<FastifyRequest, Principal>();
  const principalOf = (request: FastifyRequest): Principal => {
    const principal = principals.get(request);
    if (principal === undefined) throw new EtalonError("not-signed-in", { field: "request" });
    return principal;
  };
  return {
    principalOf,
    guard: (app) => {
      refuseUndeclaredRoutes(app);
      app.addHook("onRequest", async (request, reply) => {
        if (request.is404) return;
        const { access } = request.routeOptions.config;
        if (access === "open") return;
        const principal = await authenticate(request);
        if (principal === undefined) {
          reply.header("www-authenticate", challenges(request));
          throw new EtalonError("not-signed-in", { field: "request" });
        }
        refuse(principal, access);
        principals.set(request, principal);
      });
    },
    scopeOf: (request, purpose) => {
      const { accountId, role, siteId } = principalOf(request);
      return {
        siteId,
        actor: `account:${accountId}`,
        purpose,
        addressClass: addressClass(request.ip),
        studies: roleRights[role].reach === "all" ? "all" : { accountId, role },
      };
    },
  };
}

/** Access of whoever reaches the loopback address: a researcher's own machine (`ETALON_ACCOUNTS=off`). */
export function openAccess(siteId: number): AccessControl {
  return {
    guard: () => {},
    scopeOf: ({ ip }, purpose) => ({ siteId, actor: "local", purpose, addressClass: addressClass(ip) }),
  };
}

/** @throws {EtalonError} `password-change-needed`, `not-allowed` */
function refuse(principal: Principal, access: RouteAccess | undefined): void {
  if (access === "signed-in") return;
  if (principal.mustChangePassword && principal.origin === "password") {
    throw new EtalonError("password-change-needed", { field: "password" });
  }
  if (access === undefined || access === "open") throw new EtalonError("not-allowed", { field: "—" });
  const lacking = access.find((action) => !mayDo(principal.role, action));
  if (lacking !== undefined || access.length === 0) throw new EtalonError("not-allowed", { field: lacking ?? "—" });
}

/** Routes are looked at once all are there, since what wraps another's routes declares theirs last. */
function refuseUndeclaredRoutes(app: FastifyInstance): void {
  const undeclared: (() => string | undefined)[] = [];
  app.addHook("onRoute", (route) => {
    undeclared.push(() => (route.config?.access === undefined ? `${String(route.method)} ${route.url}` : undefined));
  });
  app.addHook("onReady", async () => {
    const [first] = undeclared.flatMap((look) => look() ?? []);
    if (first !== undefined) throw new EtalonError("missing-value", { field: `access of ${first}` });
  });
}

/** A browser's page is never asked by a window of the browser's own; programs are told of both forms. */
function challenges({ headers }: FastifyRequest): string[] {
  const bearer = 'Bearer realm="etalon"';
  return headers["sec-fetch-mode"] === undefined ? [bearer, 'Basic realm="etalon", charset="UTF-8"'] : [bearer];
}
