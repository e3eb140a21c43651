import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";

/** A bucket of one test file. */
export interface TestS3 {
  /** As `ETALON_STORE_URL` says it. */
  readonly storeUrl: string;
  readonly place: {
    readonly bucket: string;
    readonly prefix: string;
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Where the server keeps objects. */
  readonly folder: string;
  /** Objects below the prefix that are no blobs. */
  leftovers(): Promise<number>;
  close(): Promise<void>;
}

/** Starts an S3 server on a free port, with a bucket and a prefix in it. */
export async function startTestS3(): Promise<TestS3> {
  const folder = await mkdtemp(join(tmpdir(), "etalon-s3-"));
  const configureBuckets = [{ name: "etalon", configs: [] }];
  const server = new S3rver({ address: "127.0.0.1", port: 0, silent: true, directory: folder, configureBuckets });
  const { port } = await server.run();
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    storeUrl: `s3://etalon/site%201?endpoint=${encodeURIComponent(endpoint)}&region=us-east-1`,
    place: {
      bucket: "etalon",
      prefix: "site 1/",
      endpoint,
      region: "us-east-1",
      // The only keys that s3rver knows.
      credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
    },
    folder,
    leftovers: async () => {
      const names = await readdir(join(folder, "etalon"), { recursive: true });
      return names.filter((name) => /incoming\/.+_object$/.test(name)).length;
    },
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
