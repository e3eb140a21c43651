import type { FastifyReply, FastifyRequest } from "fastify";
import { selectorOf } from "../selector-of.ts";
import type { WadoContext } from "./wado-context.ts";

/**
 * Lists, as JSON, every version of the instances of a study, series or instance that have more than one: an empty list where
 * none has. PS3.18 knows no versions; `dataSetSha256` is what `etalon-version` takes.
 */
export async function retrieveVersions(
  { archive, scopeOf }: WadoContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const versions = await archive.versions(scopeOf(request), selectorOf(request.params, {}));
  const listed = versions.map((version) => ({
    seriesInstanceUid: version.seriesInstanceUid,
    sopInstanceUid: version.sopInstanceUid,
    version: version.version,
    isCurrent: version.isCurrent,
    dataSetSha256: version.dataSetSha256,
    fileSha256: version.fileSha256,
    sizeBytes: version.sizeBytes,
    transferSyntaxUid: version.transferSyntaxUid,
    receivedAt: version.receivedAt.toISOString(),
  }));
  return reply.type("application/json").send(listed);
}
