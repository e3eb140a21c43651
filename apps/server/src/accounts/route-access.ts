import type { Action } from "./roles.ts";

/**
 * Who may reach a route: `open` anybody, `signed-in` every account, also one whose password must be changed first, else those
 * whose role has every action of the list.
 */
export type RouteAccess = "open" | "signed-in" | readonly Action[];

declare module "fastify" {
  interface FastifyContextConfig {
    /** Declared by every route of a server with accounts: one without it keeps the server from starting. */
    readonly access?: RouteAccess;
  }
}

/** What routes ask for that show studies with the names in them. */
export const seesPatients: readonly Action[] = ["view-studies", "view-identity"];
