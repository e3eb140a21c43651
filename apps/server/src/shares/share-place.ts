import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";

/** Where shares are kept. */
export interface SharePlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly clock: () => Date;
  /** Days that a share lasts, at most. */
  readonly mostDays: number;
}
