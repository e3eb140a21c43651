import type { StoredBlob } from "../../store/blob-store.ts";
import type { AccessScope } from "../access-scope.ts";
import type { PreparedInstance } from "./prepare-instance.ts";

/** A stored and read object, to be made findable. */
export interface InstanceEntry {
  readonly scope: AccessScope;
  readonly prepared: PreparedInstance;
  readonly blob: StoredBlob;
  readonly dataSetSha256: string;
  readonly receivedAt: Date;
  readonly receivedFrom: string;
}
