import type { Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { AccessScope } from "./access-scope.ts";

/** What a transaction changed of one study. */
export interface ArchiveChange {
  readonly kind: "stored" | "removed";
  readonly scope: AccessScope;
  /** Row id of the study, which a removal may have ended. */
  readonly studyId: number;
  /** Data sets. */
  readonly count: number;
}

/** Told of changes as the last step of their transaction: what it throws undoes them. */
export type ChangeHook = (
  transaction: Transaction<ArchiveDatabase>,
  changes: readonly ArchiveChange[],
) => Promise<void>;
