import { fileURLToPath } from "node:url";

/** Where a bucket is. */
export interface S3Place {
  readonly bucket: string;
  /** Begins every key: empty, or with a slash at its end. */
  readonly prefix: string;
  /** Absolute URL of a server that is not Amazon's. */
  readonly endpoint: string | undefined;
  readonly region: string;
}

/** Who asks a bucket. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where blobs are kept, as a URL says it. */
export type StorePlace =
  | { readonly kind: "files"; readonly folder: string }
  | { readonly kind: "s3"; readonly place: S3Place };

/** Region that servers other than Amazon's take for granted. */
const usualRegion = "us-east-1";

/** `file:///folder`, or `s3://bucket/prefix?endpoint=https://…&region=…`; `undefined` for what is neither. */
export function readStoreUrl(text: string): StorePlace | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol === "s3:") return readS3(url);
  if (url.protocol !== "file:") return undefined;
  try {
    return { kind: "files", folder: fileURLToPath(url) };
  } catch {
    return undefined;
  }
}

function readS3({ hostname: bucket, pathname, searchParams, username, password }: URL): StorePlace | undefined {
  const known = new Set(["endpoint", "region"]);
  const endpoint = searchParams.get("endpoint") ?? undefined;
  const isEndpoint = endpoint === undefined || (URL.canParse(endpoint) && /^https?:/.test(endpoint));
  const isOurs = [...searchParams.keys()].every((key) => known.has(key));
  // Keys belong in the environment, not in an address that is logged and listed.
  if (bucket === "" || !isEndpoint || !isOurs || username !== "" || password !== "") return undefined;
  const path = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, "");
  const prefix = path === "" ? "" : `${path}/`;
  return { kind: "s3", place: { bucket, prefix, endpoint, region: searchParams.get("region") ?? usualRegion } };
}
