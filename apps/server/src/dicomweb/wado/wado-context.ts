import type { FastifyRequest } from "fastify";
import type { AccessScope } from "../../archive/access-scope.ts";
import type { Archive } from "../../archive/archive.ts";
import type { PictureMaker } from "../../pictures/picture-maker.ts";
import type { AnswerCache } from "../answer/answer-cache.ts";
import type { ImageCache } from "./image-cache.ts";

/** What retrieving stands on, for as long as the server runs. */
export interface WadoContext {
  readonly archive: Archive;
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
  readonly baseUrl: (request: FastifyRequest) => string;
  readonly pictures: PictureMaker;
  readonly images: ImageCache;
  /** Bodies of metadata. */
  readonly metadata: AnswerCache;
}
