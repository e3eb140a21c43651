import { EtalonError } from "@etalon/base";
import type { FastifyRequest } from "fastify";
import type { AccessScope } from "../../archive/access-scope.ts";
import type { InstanceSelector, StoredInstance } from "../../archive/archive.ts";
import { selectorOf } from "../selector-of.ts";
import type { WadoContext } from "./wado-context.ts";

/** What a request names and finds. */
export interface Found {
  readonly scope: AccessScope;
  readonly selector: InstanceSelector;
  /** At least one, by series and instance number. */
  readonly instances: readonly [StoredInstance, ...StoredInstance[]];
}

/**
 * The instances that a request's URL names.
 *
 * @throws EtalonError `request-malformed`, `instance-not-found`
 */
export async function foundInstances({ archive, scopeOf }: WadoContext, request: FastifyRequest): Promise<Found> {
  const selector = selectorOf(request.params, request.query);
  const scope = scopeOf(request);
  const [first, ...others] = await archive.instances(scope, selector);
  if (first === undefined) {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, dataSetSha256 } = selector;
    const field = [sopInstanceUid ?? seriesInstanceUid ?? studyInstanceUid, dataSetSha256]
      .filter(Boolean)
      .join(" version ");
    throw new EtalonError("instance-not-found", { field });
  }
  return { scope, selector, instances: [first, ...others] };
}
