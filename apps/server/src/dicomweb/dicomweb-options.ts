import type { FastifyRequest } from "fastify";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive } from "../archive/archive.ts";
import type { PictureMaker } from "../pictures/picture-maker.ts";

/** How much one STOW request may bring, and how long it may be silent. */
export interface StowLimits {
  /** Bytes of one instance. */
  readonly maxInstanceBytes: number;
  /** Bytes of one request. */
  readonly maxBodyBytes: number;
  readonly maxInstances: number;
  /** Seconds without a byte after which a client is given up. */
  readonly idleSeconds: number;
}

/** Room for the largest study, which comes in one request, and an end for what never stops. */
export const stowLimits: StowLimits = {
  maxInstanceBytes: 64 * 1024 ** 3,
  maxBodyBytes: 1024 ** 4,
  maxInstances: 1_000_000,
  idleSeconds: 60,
};

/** What the DICOMweb services stand on. */
export interface DicomwebOptions {
  readonly archive: Archive;
  /** Who asks. */
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
  /** The absolute URL that these routes are reached under, without a slash at its end: "http://127.0.0.1:8042/dicom-web". */
  readonly baseUrl: (request: FastifyRequest) => string;
  /** Decodes and draws; in this thread where it is not said. */
  readonly pictures?: PictureMaker;
  /** {@link stowLimits} where it is not said. */
  readonly limits?: StowLimits;
  /** Origins whose pages may ask ("https://viewer.example.org"); none where it is not said. */
  readonly allowedOrigins?: readonly string[];
}
