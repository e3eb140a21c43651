import type { CodecSet } from "@etalon/dicom";
import type { FastifyRequest } from "fastify";
import type { AccessControl } from "../accounts/access-control.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive } from "../archive/archive.ts";
import type { Audit } from "../audit/audit.ts";
import type { InTurn } from "../packaging/in-turn.ts";
import type { ProjectPlace } from "./projects.ts";

/** What the routes of exports stand on. */
export interface ExportRoutes extends ProjectPlace {
  readonly archive: Archive;
  readonly audit: Audit;
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
  readonly access: Pick<AccessControl, "may">;
  readonly codecs: CodecSet;
  readonly inTurn: InTurn;
}
