import { addressClass } from "../audit/address-class.ts";
import type { Audit } from "../audit/audit.ts";
import type { AuditEvent } from "../audit/audit-event.ts";
import { isVisitor, type NoteRefusal } from "./access-control.ts";
import { onceAMinute } from "./once-a-minute.ts";
import type { Action } from "./roles.ts";

/** What the log calls an attempt at each action. */
const attempts: Readonly<Record<Action, Pick<AuditEvent, "action" | "object">>> = {
  "view-studies": { action: "read", object: { kind: "study" } },
  "view-identity": { action: "read", object: { kind: "study" } },
  upload: { action: "store", object: { kind: "study" } },
  delete: { action: "remove", object: { kind: "study" } },
  hold: { action: "change", object: { kind: "study" } },
  "run-analysis": { action: "change", object: { kind: "result" } },
  "edit-readings": { action: "write", object: { kind: "reading" } },
  sign: { action: "sign", object: { kind: "reading" } },
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

/**
 * Writes down who was refused what, once a minute for each actor, action and class of address: a program that loops must not
 * fill the log.
 */
export function auditRefusals(audit: Audit, clock: () => Date): NoteRefusal {
  const isNew = onceAMinute(clock);
  return async (request, asker, { error, lacking }) => {
    const actor = isVisitor(asker) ? `share:${asker.shareId}` : `account:${asker.accountId}`;
    const address = addressClass(request.ip);
    if (!isNew(JSON.stringify([asker.siteId, actor, lacking, error.code, address]))) return;
    const attempt = lacking === undefined ? { action: "login" as const } : attempts[lacking];
    const said = { ...attempt, outcome: "refused", error: error.code, purpose: "api", address } as const;
    await audit.record({ site: asker.siteId, actor, ...said });
  };
}
