import type { Kysely, Transaction } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Audit } from "../audit/audit.ts";
import type { ArchiveDatabase } from "../database/schema.ts";

/** A database or a transaction of it. */
export type Database = Kysely<ArchiveDatabase> | Transaction<ArchiveDatabase>;

/** Where readings are kept. */
export interface ReadingPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly audit: Audit;
  readonly clock: () => Date;
}

/** Who reads: the scope, and the name that stands beside what was written. */
export interface Reader {
  readonly scope: AccessScope;
  /** Name of the account; `undefined` where there are no accounts. */
  readonly name: string | undefined;
}

/**
 * Stands where a reading has its protocol: lengths, angles and regions that were drawn on a study which no protocol measures. It
 * has versions as every reading has, and is never run, reported or signed.
 */
export const measurementsOnly = "study/measurements";

/** A reading by what it is of. */
export interface ReadingKey {
  readonly studyInstanceUid: string;
  /** Id of the protocol, or {@link measurementsOnly}. */
  readonly protocol: string;
}
