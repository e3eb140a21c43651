import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { EtalonError } from "@etalon/base";
import { storeError } from "./store-error.ts";

/** What bytes that come from elsewhere must be. */
export interface ExpectedBytes {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Whether these are all bytes of the blob: then their hash is its name. */
  readonly isWhole: boolean;
}

/** Bytes as they pass; an error at their end where they are not what was expected. @throws {EtalonError} `store-failed` */
export async function* verifiedBytes(body: Readable, expected: ExpectedBytes): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    for await (const piece of body) {
      if (!(piece instanceof Uint8Array)) throw new TypeError("a body of bytes was expected");
      if (expected.isWhole) hash.update(piece);
      sizeBytes += piece.length;
      yield piece;
    }
  } catch (thrown) {
    throw storeError(thrown, expected.sha256);
  }
  if (sizeBytes !== expected.sizeBytes) {
    throw new EtalonError("store-failed", { field: expected.sha256, received: `${sizeBytes} bytes` });
  }
  if (expected.isWhole && hash.digest("hex") !== expected.sha256) {
    throw new EtalonError("store-failed", { field: expected.sha256, received: "bytes with another SHA-256" });
  }
}
