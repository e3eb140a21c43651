import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { BlobStore } from "../store/blob-store.ts";

/** Where an archive keeps what it has: the index in a database, the bytes in a store. */
export interface ArchivePlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly store: BlobStore;
  /** The time. */
  readonly clock: () => Date;
}
