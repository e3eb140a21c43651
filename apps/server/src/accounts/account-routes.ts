import type { Audit } from "../audit/audit.ts";
import type { AccountAccessControl } from "./access-control.ts";
import type { AccountPlace } from "./account-place.ts";

/** What the routes of accounts stand on. */
export interface AccountRoutes {
  readonly place: AccountPlace;
  readonly access: AccountAccessControl;
  readonly audit: Audit;
  /** "" or "/etalon". */
  readonly basePath: string;
}
