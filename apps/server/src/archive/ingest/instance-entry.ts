import type { StoredBlob } from "../../store/blob-store.ts";
import type { AccessScope } from "../access-scope.ts";
import type { PreparedInstance } from "./prepare-instance.ts";

/** A read object, to be made findable once it is stored. */
export interface InstanceEntry {
  readonly scope: AccessScope;
  readonly prepared: PreparedInstance;
  readonly blob: StoredBlob;
  /** Settles when the bytes are safe; what it throws, the object's index does. */
  readonly kept: Promise<unknown>;
  readonly dataSetSha256: string;
  readonly receivedAt: Date;
  readonly receivedFrom: string;
}
