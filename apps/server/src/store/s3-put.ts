import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { EtalonError } from "@etalon/base";
import type { StoredBlob } from "./blob-store.ts";
import { type Bucket, isS3Error, onS3 } from "./s3-bucket.ts";

/** Bytes of a part: above the 5 MiB that S3 asks for, and of blobs that are put in one piece. */
const partBytes = 8 * 1024 * 1024;

/** What one CopyObject takes. */
const longestCopyBytes = 5 * 1024 ** 3;

/**
 * See `BlobStore.put`: holds one part in memory.
 *
 * @param nextId a name that nothing has, for the parts of a large blob
 */
export async function putS3Blob(
  bucket: Bucket,
  bytes: AsyncIterable<Uint8Array>,
  nextId: () => string,
): Promise<StoredBlob> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let upload: PartsUpload | undefined;
  try {
    for await (const piece of bytes) {
      hash.update(piece);
      sizeBytes += piece.length;
      gathered.push(piece);
      gatheredBytes += piece.length;
      if (gatheredBytes < partBytes) continue;
      upload ??= await beginParts(bucket, `${bucket.prefix}incoming/${nextId()}`);
      await upload.add(Buffer.concat(gathered));
      gathered = [];
      gatheredBytes = 0;
    }
    const rest = Buffer.concat(gathered);
    const blob = { sha256: hash.digest("hex"), sizeBytes };
    if (upload === undefined) await putAtOnce(bucket, blob, rest);
    else {
      if (rest.length > 0) await upload.add(rest);
      await upload.publish(blob);
    }
    return blob;
  } finally {
    await upload?.clear();
  }
}

async function putAtOnce(bucket: Bucket, { sha256, sizeBytes }: StoredBlob, body: Uint8Array): Promise<void> {
  const place = { Bucket: bucket.name, Key: `${bucket.prefix}sha256/${sha256}` };
  try {
    await bucket.client.send(new PutObjectCommand({ ...place, Body: body, ContentMD5: md5Of(body), IfNoneMatch: "*" }));
  } catch (thrown) {
    // It is there. While another puts it, S3 says 409: that one's bytes are the same.
    if (isS3Error(thrown, "PreconditionFailed", 412) && (await isThere(bucket, { sha256, sizeBytes }))) return;
    if (isS3Error(thrown, "ConditionalRequestConflict", 409)) {
      await onS3(sha256, () =>
        bucket.client.send(new PutObjectCommand({ ...place, Body: body, ContentMD5: md5Of(body) })),
      );
      return;
    }
    await onS3(sha256, () => Promise.reject(thrown));
  }
}

/** @throws {EtalonError} `store-failed` where other bytes have the name */
async function isThere(bucket: Bucket, { sha256, sizeBytes }: StoredBlob): Promise<boolean> {
  const Key = `${bucket.prefix}sha256/${sha256}`;
  try {
    const { ContentLength } = await bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key }));
    if (ContentLength === sizeBytes) return true;
    throw new EtalonError("store-failed", {
      field: "blob",
      received: `${ContentLength} bytes in the bucket, ${sizeBytes} received`,
    });
  } catch (thrown) {
    if (isS3Error(thrown, "NotFound", 404)) return false;
    return onS3(sha256, () => Promise.reject(thrown));
  }
}

interface PartsUpload {
  add(part: Uint8Array): Promise<void>;
  /** Ends the upload and gives the whole its name. */
  publish(blob: StoredBlob): Promise<void>;
  /** Removes what is not published, and the copy that is. */
  clear(): Promise<void>;
}

async function beginParts(bucket: Bucket, Key: string): Promise<PartsUpload> {
  const { client, name: Bucket } = bucket;
  const created = await onS3(Key, () => client.send(new CreateMultipartUploadCommand({ Bucket, Key })));
  const { UploadId } = created;
  const parts: { readonly ETag: string | undefined; readonly PartNumber: number }[] = [];
  let isComplete = false;
  return {
    add: async (part) => {
      const PartNumber = parts.length + 1;
      const said = { Bucket, Key, UploadId, PartNumber, Body: part, ContentMD5: md5Of(part) };
      const { ETag } = await onS3(Key, () => client.send(new UploadPartCommand(said)));
      parts.push({ ETag, PartNumber });
    },
    publish: async (blob) => {
      if (await isThere(bucket, blob)) return;
      if (blob.sizeBytes > longestCopyBytes) {
        throw new EtalonError("store-failed", { field: blob.sha256, received: `${blob.sizeBytes} bytes` });
      }
      const MultipartUpload = { Parts: parts };
      await onS3(Key, () =>
        client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload })),
      );
      isComplete = true;
      const CopySource = `${Bucket}/${Key.split("/").map(encodeURIComponent).join("/")}`;
      const to = `${bucket.prefix}sha256/${blob.sha256}`;
      await onS3(blob.sha256, () => client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource })));
      if (!(await isThere(bucket, blob))) {
        throw new EtalonError("store-failed", { field: blob.sha256, received: "the copy is not there" });
      }
    },
    clear: async () => {
      const ended = isComplete
        ? client.send(new DeleteObjectCommand({ Bucket, Key }))
        : client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      // What is left is the lifecycle rule's; the blob is there or it is not, and the sender's error goes before this one.
      await ended.then(undefined, () => {});
    },
  };
}

function md5Of(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("base64");
}
