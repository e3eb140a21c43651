import type { FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive } from "../archive/archive.ts";
import type { RetentionRule } from "../archive/remove-instances.ts";
import type { Audit } from "../audit/audit.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { BlobStore } from "../store/blob-store.ts";

/** What the routes of patients' rights stand on. */
export interface PatientRoutes {
  readonly database: Kysely<ArchiveDatabase>;
  readonly archive: Archive;
  readonly store: BlobStore;
  readonly audit: Audit;
  readonly retention: RetentionRule;
  readonly clock: () => Date;
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
}
