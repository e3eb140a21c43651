import { addressClass } from "../audit/address-class.ts";
import type { Audit } from "../audit/audit.ts";
import type { AuditEvent } from "../audit/audit-event.ts";
import { isVisitor, type NoteRefusal } from "./access-control.ts";
import type { Action } from "./roles.ts";

/** What the log calls an attempt at each action. */
const attempts: Readonly<Record<Action, Pick<AuditEvent, "action" | "object">>> = {
  "view-studies": { action: "read", object: { kind: "study" } },
  "view-identity": { action: "read", object: { kind: "study" } },
  upload: { action: "store", object: { kind: "study" } },
  delete: { action: "remove", object: { kind: "study" } },
  "run-analysis": { action: "change", object: { kind: "result" } },
  sign: { action: "change", object: { kind: "result" } },
  export: { action: "export", object: { kind: "study" } },
  "export-deidentified": { action: "export", object: { kind: "export" } },
  share: { action: "share", object: { kind: "share" } },
  "manage-projects": { action: "change", object: { kind: "project" } },
  "patient-rights": { action: "remove", object: { kind: "erasure" } },
  "view-worklist": { action: "query", object: { kind: "worklist" } },
  "edit-worklist": { action: "change", object: { kind: "worklist" } },
  "read-audit": { action: "query", object: { kind: "audit" } },
  "read-metrics": { action: "query", object: { kind: "server" } },
  "manage-accounts": { action: "change", object: { kind: "account" } },
};

/** A refusal of the same actor for the same reason is the same for this long. */
const sameRefusalMs = 60_000;

/** Refusals remembered; the oldest is written again. */
const mostRemembered = 10_000;

/**
 * Writes down who was refused what, once a minute for each actor, action and class of address: a program that loops must not
 * fill the log.
 */
export function auditRefusals(audit: Audit, clock: () => Date): NoteRefusal {
  const written = new Map<string, number>();
  return async (request, asker, { error, lacking }) => {
    const actor = isVisitor(asker) ? `share:${asker.shareId}` : `account:${asker.accountId}`;
    const address = addressClass(request.ip);
    const key = JSON.stringify([asker.siteId, actor, lacking, error.code, address]);
    const nowMs = clock().getTime();
    if (nowMs - (written.get(key) ?? Number.NEGATIVE_INFINITY) < sameRefusalMs) return;
    written.delete(key);
    written.set(key, nowMs);
    const [oldest] = written.keys();
    if (written.size > mostRemembered && oldest !== undefined) written.delete(oldest);
    const attempt = lacking === undefined ? { action: "login" as const } : attempts[lacking];
    const said = { ...attempt, outcome: "refused", error: error.code, purpose: "api", address } as const;
    await audit.record({ site: asker.siteId, actor, ...said });
  };
}
