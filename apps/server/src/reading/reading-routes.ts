import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { AccessControl } from "../accounts/access-control.ts";
import type { Action } from "../accounts/roles.ts";
import { seesPatients } from "../accounts/route-access.ts";
import { parseAsked, uidSchema } from "../api/parse-asked.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import type { EventChannel } from "../jobs/event-channel.ts";
import type { SigningWork } from "./prepare-signature.ts";
import type { Reader, ReadingKey } from "./reading-place.ts";
import type { RunningPlace } from "./run-reading.ts";

/** What the routes of readings stand on. */
export interface ReadingRoutes extends RunningPlace, SigningWork {
  readonly access: Pick<AccessControl, "may" | "nameOf">;
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
  /** Listens to `analysisChannel`. */
  readonly events: EventChannel;
}

/** Who may see what is not signed, and change it. */
export const editsReadings: readonly Action[] = [...seesPatients, "edit-readings"];

/** Who may sign. */
export const signsReadings: readonly Action[] = [...editsReadings, "sign"];

/** A study in a path. */
export const studyParams = z.object({ study: uidSchema });

/** A reading in a path: the protocol's id is two of its parts. */
export const readingParams = studyParams.extend({
  region: z.string().regex(/^[a-z0-9-]{1,64}$/, "a protocol's region"),
  name: z.string().regex(/^[a-z0-9-]{1,64}$/, "a protocol's name"),
});

/** Path of a reading. */
export const readingPath = "/studies/:study/readings/:region/:name";

/** The reading that a path names. @throws {EtalonError} `request-malformed` */
export function keyOf(request: FastifyRequest): ReadingKey {
  const { study, region, name } = parseAsked(readingParams, request.params);
  return { studyInstanceUid: study, protocol: `${region}/${name}` };
}

/** Who asks, with the name that stands beside what is written. */
export function readerOf({ access, scopeOf }: ReadingRoutes, request: FastifyRequest): Reader {
  return { scope: scopeOf(request), name: access.nameOf(request) };
}
