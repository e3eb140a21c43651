import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";

/** Where accounts and their sessions are kept. */
export interface AccountPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly clock: () => Date;
  /** The site that new accounts are of. */
  readonly siteId: number;
}
