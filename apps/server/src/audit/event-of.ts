import type { AccessScope } from "../archive/access-scope.ts";
import type { AuditEvent } from "./audit-event.ts";

/** The event of an access, as far as its scope says it. */
export function eventOf(
  scope: AccessScope,
  said: Pick<AuditEvent, "action" | "outcome" | "object" | "error" | "count">,
): AuditEvent {
  const { siteId: site, actor, purpose, addressClass: address = "unknown" } = scope;
  // A purpose names a station, whose title may hold what its maker liked.
  return { ...said, site, actor, purpose: purpose.replace(/[^\x20-\x7e]/g, "?").slice(0, 64) || "-", address };
}
