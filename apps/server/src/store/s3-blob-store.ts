import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { EtalonError } from "@etalon/base";
import type { BlobStore, StoredBlob } from "./blob-store.ts";
import type { S3Credentials, S3Place } from "./read-store-url.ts";
import { type Bucket, isS3Error, onS3 } from "./s3-bucket.ts";
import { putS3Blob } from "./s3-put.ts";
import { verifiedBytes } from "./verified-bytes.ts";

type Range = { readonly offset: number; readonly length: number };

const blobName = /^[0-9a-f]{64}$/;

/**
 * Blobs as objects `<prefix>sha256/<hash>` of a bucket. A small one is put under its name at once, a large one in parts beside
 * and then copied to its name by the server: under a name there is all of it or nothing, and what is there is not overwritten
 * where the server knows `If-None-Match`. What a break leaves below `<prefix>incoming/` is for a lifecycle rule of the bucket.
 */
export function createS3BlobStore(place: S3Place & { readonly credentials: S3Credentials | undefined }): BlobStore {
  const { bucket: name, prefix, endpoint, region, credentials } = place;
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    // Servers that are not Amazon's know the older Content-MD5 only, which every body here has.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const bucket: Bucket = { client, name, prefix };
  return {
    put: (bytes) => putS3Blob(bucket, bytes, () => randomUUID()),
    open: (sha256, range) => openBlob(bucket, sha256, range),
    read: async (sha256, range) => new Uint8Array(await buffer(await openBlob(bucket, sha256, range))),
    sizeOf: (sha256) => sizeOfBlob(bucket, sha256),
    remove: async (sha256) => {
      const Key = keyOf(bucket, sha256);
      await onS3(sha256, () => client.send(new DeleteObjectCommand({ Bucket: name, Key })));
    },
    list: () => listBlobs(bucket),
    freeBytes: () => Promise.resolve(undefined),
  };
}

/** Only a hash becomes a key. */
function keyOf({ prefix }: Bucket, sha256: string): string {
  if (!blobName.test(sha256)) throw new EtalonError("blob-missing", { field: "sha256", received: "no SHA-256" });
  return `${prefix}sha256/${sha256}`;
}

/** Whole blobs are checked against their name as they pass, parts by their length. */
async function openBlob(bucket: Bucket, sha256: string, range: Range | undefined): Promise<Readable> {
  const Key = keyOf(bucket, sha256);
  if (range?.length === 0) return Readable.from([]);
  const Range = range === undefined ? {} : { Range: `bytes=${range.offset}-${range.offset + range.length - 1}` };
  try {
    const { Body, ContentLength, ContentRange } = await bucket.client.send(
      new GetObjectCommand({ Bucket: bucket.name, Key, ...Range }),
    );
    if (!(Body instanceof Readable) || ContentLength === undefined) {
      throw new EtalonError("store-failed", { field: sha256, received: "no body" });
    }
    const expected = range === undefined ? ContentLength : lengthWithin(ContentRange, range);
    if (expected === undefined || expected !== ContentLength) {
      Body.destroy();
      throw new EtalonError("store-failed", { field: sha256, received: ContentRange ?? `${ContentLength} bytes` });
    }
    return Readable.from(verifiedBytes(Body, { sha256, sizeBytes: expected, isWhole: range === undefined }), {
      objectMode: false,
    });
  } catch (thrown) {
    // A part that begins where the blob ends is empty.
    if (isS3Error(thrown, "InvalidRange", 416)) return Readable.from([]);
    return onS3(sha256, () => Promise.reject(thrown));
  }
}

/** Bytes that a range has of the blob whose size the answer tells: "bytes 0-99/1000". */
function lengthWithin(contentRange: string | undefined, { offset, length }: Range): number | undefined {
  const [, first, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(contentRange ?? "") ?? [];
  if (first === undefined || size === undefined || Number(first) !== offset) return undefined;
  return Math.min(length, Number(size) - offset);
}

async function sizeOfBlob(bucket: Bucket, sha256: string): Promise<number | undefined> {
  const Key = keyOf(bucket, sha256);
  try {
    return (await bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key }))).ContentLength;
  } catch (thrown) {
    if (isS3Error(thrown, "NotFound", 404)) return undefined;
    return onS3(sha256, () => Promise.reject(thrown));
  }
}

async function* listBlobs({ client, name, prefix }: Bucket): AsyncGenerator<StoredBlob> {
  const Prefix = `${prefix}sha256/`;
  let token: string | undefined;
  do {
    const more = token === undefined ? {} : { ContinuationToken: token };
    const page = await onS3(name, () => client.send(new ListObjectsV2Command({ Bucket: name, Prefix, ...more })));
    for (const { Key = "", Size, LastModified } of page.Contents ?? []) {
      const sha256 = Key.slice(Prefix.length);
      if (!blobName.test(sha256) || Size === undefined) continue;
      yield { sha256, sizeBytes: Size, ...(LastModified === undefined ? {} : { storedAt: LastModified }) };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
