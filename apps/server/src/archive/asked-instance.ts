import type { AccessScope } from "./access-scope.ts";
import type { StoredInstance } from "./archive.ts";

/** One stored instance and who asks for it. */
export interface AskedInstance {
  readonly scope: AccessScope;
  readonly instance: StoredInstance;
}
