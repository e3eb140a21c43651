import { EtalonError } from "@etalon/base";
import type { RemovalRequest, RetentionRule } from "./remove-instances.ts";

/**
 * Decides whether a study, or some of it, may be removed: asked before every removal, whoever wants it and why, and before the
 * first study of a patient's erasure goes.
 *
 * @throws {EtalonError} `retained`
 */
export async function refuseRemoval(
  { retention, now }: { readonly retention: RetentionRule | undefined; readonly now: Date },
  request: RemovalRequest,
): Promise<void> {
  const until = await retention?.(request, now);
  if (until === undefined || until <= now) return;
  throw new EtalonError("retained", { field: request.selector.studyInstanceUid, received: until.toISOString() });
}
