import type { FastifyRequest } from "fastify";
import type { AccessControl } from "../accounts/access-control.ts";
import type { Archive } from "../archive/archive.ts";
import type { Audit } from "../audit/audit.ts";
import type { InTurn } from "../packaging/in-turn.ts";
import type { PictureMaker } from "../pictures/picture-maker.ts";
import type { SharePlace } from "./share-place.ts";

/** What the routes of shares stand on. */
export interface ShareRoutes extends SharePlace {
  readonly archive: Archive;
  readonly audit: Audit;
  readonly access: AccessControl;
  readonly siteId: number;
  /** "" or "/etalon". */
  readonly basePath: string;
  /** Where people reach the server, with the base path. */
  readonly addressOf: (request: FastifyRequest) => string;
  readonly pictures: PictureMaker;
  readonly inTurn: InTurn;
  /** Whether the workstation's page was built: then a link leads to its viewer, too. */
  readonly hasViewer: boolean;
}
