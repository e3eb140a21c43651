import type { FastifyRequest } from "fastify";
import { addressClass } from "../audit/address-class.ts";
import type { AuditEvent } from "../audit/audit-event.ts";
import type { AccountRoutes } from "./account-routes.ts";

/** What is written into the audit log of an account: who did what to which one, or to which session. */
export type AccountEvent = Pick<AuditEvent, "action" | "outcome" | "object" | "error"> & {
  /** Absent where nobody is known: a wrong name or password. */
  readonly accountId?: number;
};

/** Writes it; settles when it is on the disk. */
export function noteEvent(
  { audit, place }: Pick<AccountRoutes, "audit" | "place">,
  request: FastifyRequest,
  { accountId, ...event }: AccountEvent,
): Promise<void> {
  const actor = accountId === undefined ? "unknown" : `account:${accountId}`;
  return audit.record({ site: place.siteId, actor, purpose: "api", address: addressClass(request.ip), ...event });
}

/** An object of the audit log. */
export function objectOf(kind: "account" | "session", id: number): NonNullable<AuditEvent["object"]> {
  return { kind, id: String(id) };
}
