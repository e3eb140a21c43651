import { type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { EtalonError } from "@etalon/base";
import { storeError } from "./store-error.ts";

/** A bucket, and what its keys begin with. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly prefix: string;
}

/** No room: Amazon has no such answer, MinIO, Ceph and others do. */
const fullCodes: ReadonlySet<string> = new Set(["QuotaExceeded", "XMinioStorageFull", "InsufficientStorage"]);

/** Whether S3 answered with this code or status. */
export function isS3Error(thrown: unknown, code: string, status: number): boolean {
  return thrown instanceof S3ServiceException && (thrown.name === code || thrown.$metadata.httpStatusCode === status);
}

/** Asks S3; what it refuses is the archive's own error: `store-full`, `blob-missing` or `store-failed`. */
export async function onS3<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    if (!(thrown instanceof S3ServiceException)) throw storeError(thrown, what);
    const context = { field: what, received: thrown.name, cause: thrown };
    if (fullCodes.has(thrown.name) || isS3Error(thrown, "", 507)) throw new EtalonError("store-full", context);
    throw new EtalonError(isS3Error(thrown, "NoSuchKey", 404) ? "blob-missing" : "store-failed", context);
  }
}
