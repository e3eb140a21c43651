import type { BlobStore } from "./blob-store.ts";
import { createFileBlobStore } from "./file-blob-store.ts";
import type { S3Credentials, S3Place } from "./read-store-url.ts";
import { createS3BlobStore } from "./s3-blob-store.ts";

/** Which store is meant. */
export interface StoreChoice {
  /** Absolute path. */
  readonly storeFolder: string;
  /** A bucket, which goes before the folder. */
  readonly s3: (S3Place & { readonly credentials: S3Credentials | undefined }) | undefined;
}

/** Opens the store of a configuration. @throws {EtalonError} `store-full`, `store-failed` */
export async function openBlobStore({ storeFolder, s3 }: StoreChoice): Promise<BlobStore> {
  return s3 === undefined ? createFileBlobStore(storeFolder) : createS3BlobStore(s3);
}
