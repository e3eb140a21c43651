import { type DimseAnswer, dimseStatus, type StoreRequest } from "@etalon/dicom/network";
import type { DimseContext } from "./dimse-context.ts";

/** C-STORE (PS3.4 annex B): kept verbatim, and answered once bytes and index are safe on disk. */
export async function storeObject(
  { archive, scopeOf, metrics }: Pick<DimseContext, "archive" | "scopeOf" | "metrics">,
  request: StoreRequest,
): Promise<DimseAnswer> {
  const { peer, bytes, transferSyntaxUid, sopClassUid, sopInstanceUid } = request;
  const outcome = await archive.store(scopeOf(peer), {
    form: "data-set",
    bytes,
    transferSyntaxUid,
    sopClassUid,
    sopInstanceUid,
    callingAeTitle: peer.callingAeTitle,
  });
  // The code of what is wrong, not its message: that may quote the object.
  const answer: DimseAnswer =
    outcome.kind === "refused"
      ? { status: outcome.failureReason, errorComment: outcome.errorCode }
      : { status: dimseStatus.success };
  metrics.stores.inc({ status: answer.status.toString(16).padStart(4, "0") });
  return answer;
}
