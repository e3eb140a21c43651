import type { EtalonError } from "@etalon/base";
import type { FastifyRequest } from "fastify";
import { onceAMinute } from "../accounts/once-a-minute.ts";
import { addressClass } from "../audit/address-class.ts";
import type { AuditEvent } from "../audit/audit-event.ts";
import { ShareEndedError } from "./open-share.ts";
import type { ShareRoutes } from "./share-routes.ts";

/** Writes down what visitors do. */
export interface VisitNotes {
  /** What was given to a visitor of a share; settles before it is. */
  given(request: FastifyRequest, shareId: number, said: Pick<AuditEvent, "action" | "count">): Promise<void>;
  /** What was refused, and of which share, if it is known: once a minute. */
  refused(request: FastifyRequest, error: EtalonError, shareId?: number): Promise<void>;
}

/** Notes of visits, in the audit log. */
export function createVisitNotes({
  audit,
  clock,
  siteId,
}: Pick<ShareRoutes, "audit" | "clock" | "siteId">): VisitNotes {
  const isNew = onceAMinute(clock);
  return {
    given: ({ ip }, shareId, said) =>
      audit.record({
        site: siteId,
        actor: `share:${shareId}`,
        ...said,
        object: { kind: "share", id: String(shareId) },
        outcome: "success",
        purpose: "share",
        address: addressClass(ip),
      }),
    refused: async ({ ip }, error, known) => {
      const id = error instanceof ShareEndedError ? error.shareId : known;
      const address = addressClass(ip);
      if (!isNew(JSON.stringify([id, error.code, address]))) return;
      await audit.record({
        site: siteId,
        actor: id === undefined ? "unknown" : `share:${id}`,
        action: error.code === "sign-in-refused" || error.code === "too-many-attempts" ? "login" : "read",
        object: id === undefined ? { kind: "share" } : { kind: "share", id: String(id) },
        outcome: "refused",
        error: error.code,
        purpose: "share",
        address,
      });
    },
  };
}
