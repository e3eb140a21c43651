import { createHash } from "node:crypto";
import type { Sha256 } from "./sha256-in-progress.ts";

/** An incremental SHA-256 on Node's own implementation. */
export function createSha256(): Sha256 {
  const hash = createHash("sha256");
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digestHex: () => hash.digest("hex"),
  };
}
