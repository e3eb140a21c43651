import { EtalonError } from "@etalon/base";
import type { FastifyReply, FastifyRequest } from "fastify";
import { selectorOf } from "../selector-of.ts";
import type { WadoContext } from "./wado-context.ts";

/**
 * Deletes a study, a series, an instance, or the version that `etalon-version` names. PS3.18 has no such request; other
 * archives answer the same one.
 *
 * @throws EtalonError `retained` (409), `instance-not-found`
 */
export async function removeInstances(
  { archive, scopeOf }: WadoContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const selector = selectorOf(request.params, request.query);
  const count = await archive.remove(scopeOf(request), selector);
  if (count === 0) {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = selector;
    throw new EtalonError("instance-not-found", { field: sopInstanceUid ?? seriesInstanceUid ?? studyInstanceUid });
  }
  request.log.info({ removed: count, ...selector }, "removed");
  return reply.code(204).send();
}
