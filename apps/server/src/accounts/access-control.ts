import { EtalonError } from "@etalon/base";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AccessScope } from "../archive/access-scope.ts";
import { addressClass } from "../audit/address-class.ts";
import { type Action, mayDo, roleRights } from "./roles.ts";
import { type RouteAccess, seesPatients } from "./route-access.ts";
import type { Principal } from "./sessions.ts";

/** Says who asks, and lets nobody through to what is not theirs: the one place that decides. */
export interface AccessControl {
  /** Guards every route that is registered after this, with all that it declares. */
  guard(app: FastifyInstance): void;
  /** The scope of a request that was let through. @throws {EtalonError} `not-signed-in` for one of an open route */
  scopeOf(request: FastifyRequest, purpose: string): AccessScope;
  /** Whether who was let through may also do this. */
  may(request: FastifyRequest, action: Action): boolean;
  /** The name that stands beside what who was let through writes; `undefined` where nobody has an account. */
  nameOf(request: FastifyRequest): string | undefined;
}

/** Who came by a share link, and reads its studies without an account. */
export interface Visitor {
  readonly siteId: number;
  readonly shareId: number;
}

/** Who a request comes from; `undefined` where nobody says. @throws {EtalonError} where what it shows is refused */
export type Authenticate = (request: FastifyRequest) => Promise<Principal | Visitor | undefined>;

/** Told of each request that somebody known was refused, with the action that their role lacks, if that was why. */
export type NoteRefusal = (
  request: FastifyRequest,
  asker: Principal | Visitor,
  refused: { readonly error: EtalonError; readonly lacking: Action | undefined },
) => Promise<void>;

/** Access control that also says who it let through, for the routes of accounts. */
export interface AccountAccessControl extends AccessControl {
  /** @throws {EtalonError} `not-signed-in` */
  principalOf(request: FastifyRequest): Principal;
}

/**
 * Access by accounts. Default deny: a route that declares no {@link RouteAccess} keeps the server from starting, a request
 * without a session is refused before its body is read, and what its role may not do answers 403.
 */
export function controlAccess(authenticate: Authenticate, noteRefusal: NoteRefusal): AccountAccessControl {
  const askers = new WeakMap<FastifyRequest, Principal | Visitor>();
  const askerOf = (request: FastifyRequest): Principal | Visitor => {
    const asker = askers.get(request);
    if (asker === undefined) throw new EtalonError("not-signed-in", { field: "request" });
    return asker;
  };
  const principalOf = (request: FastifyRequest): Principal => {
    const asker = askerOf(request);
    if (isVisitor(asker)) throw new EtalonError("not-signed-in", { field: "request" });
    return asker;
  };
  return {
    principalOf,
    guard: (app) => {
      refuseUndeclaredRoutes(app);
      app.addHook("onRequest", async (request, reply) => {
        if (request.is404) return;
        const { access } = request.routeOptions.config;
        if (access === "open") return;
        const asker = await authenticate(request);
        if (asker === undefined) {
          reply.header("www-authenticate", challenges(request));
          throw new EtalonError("not-signed-in", { field: "request" });
        }
        const refused = refusalOf(asker, access);
        if (refused !== undefined) {
          await noteRefusal(request, asker, refused);
          throw refused.error;
        }
        askers.set(request, asker);
      });
    },
    may: (request, action) => lackingOf(askerOf(request), [action]) === undefined,
    nameOf: (request) => {
      const asker = askerOf(request);
      return isVisitor(asker) ? undefined : asker.displayName.trim() || asker.name;
    },
    scopeOf: (request, purpose) => {
      const asker = askerOf(request);
      if (isVisitor(asker)) return visitorScope(asker, { purpose, address: request.ip });
      const { accountId, role, siteId } = asker;
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
    may: () => true,
    nameOf: () => undefined,
    scopeOf: ({ ip }, purpose) => ({ siteId, actor: "local", purpose, addressClass: addressClass(ip) }),
  };
}

/** The scope of a share: its studies alone, whoever opened it. */
export function visitorScope(
  { siteId, shareId }: Visitor,
  { purpose, address }: { readonly purpose: string; readonly address: string },
): AccessScope {
  return {
    siteId,
    actor: `share:${shareId}`,
    purpose,
    addressClass: addressClass(address),
    studies: { shareId },
  };
}

/** Whether somebody came by a share link. */
export function isVisitor(asker: Principal | Visitor): asker is Visitor {
  return "shareId" in asker;
}

/** `password-change-needed`, `not-allowed`, or nothing for who may pass. */
function refusalOf(
  asker: Principal | Visitor,
  access: RouteAccess | undefined,
): { readonly error: EtalonError; readonly lacking: Action | undefined } | undefined {
  if (!isVisitor(asker)) {
    if (access === "signed-in") return undefined;
    if (asker.mustChangePassword && asker.origin === "password") {
      return { error: new EtalonError("password-change-needed", { field: "password" }), lacking: undefined };
    }
  }
  const isList = typeof access === "object" && access.length > 0;
  const lacking = isList ? lackingOf(asker, access) : undefined;
  if (isList && lacking === undefined) return undefined;
  return { error: new EtalonError("not-allowed", { field: lacking ?? "—" }), lacking };
}

/** The first of the actions that somebody may not do. A visitor looks, and no more. */
function lackingOf(asker: Principal | Visitor, wanted: readonly Action[]): Action | undefined {
  const may = (action: Action): boolean =>
    isVisitor(asker) ? seesPatients.includes(action) : mayDo(asker.role, action);
  return wanted.find((action) => !may(action));
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
