import type { Audit } from "../audit/audit.ts";
import { type AccessControl, controlAccess, openAccess } from "./access-control.ts";
import type { AccountConfig } from "./account-config.ts";
import type { AccountPlace } from "./account-place.ts";
import type { AccountRoutes } from "./account-routes.ts";
import { auditRefusals } from "./audit-refusals.ts";
import { authenticateBy } from "./authenticate.ts";

/** Who may do what over HTTP, and what the routes of accounts stand on: `undefined` where nobody has one. */
export interface Access {
  readonly control: AccessControl;
  readonly accounts: Pick<AccountRoutes, "place" | "access"> | undefined;
}

/** Access by accounts, or of everybody on this machine where they are off. */
export function createAccess(place: AccountPlace, config: AccountConfig, audit: Audit): Access {
  if (!config.isOn) return { control: openAccess(place.siteId), accounts: undefined };
  const access = controlAccess(authenticateBy(place, config), auditRefusals(audit, place.clock));
  return { control: access, accounts: { place, access } };
}
