import type { ServedRequest } from "../dimse/dimse-session.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import { encodeIdentifier } from "../dimse/identifier.ts";
import { answer, answerOf, type FailureListener } from "./answer.ts";
import type { DimseAnswer, FindMatch } from "./handlers.ts";

/** C-FIND as SCP (PS3.7 section 9.3.2, PS3.4 section C.4.1): one pending response a match, until the end or C-CANCEL. */
export async function serveFind(
  request: ServedRequest,
  find: () => Promise<AsyncIterable<FindMatch>>,
  onFailure: FailureListener,
): Promise<void> {
  await answer(request, await findOutcome(request, find, onFailure));
}

async function findOutcome(
  request: ServedRequest,
  find: () => Promise<AsyncIterable<FindMatch>>,
  onFailure: FailureListener,
): Promise<DimseAnswer> {
  try {
    for await (const { identifier, ignoresOptionalKeys } of await find()) {
      if (request.isCancelled()) break;
      const status = ignoresOptionalKeys === true ? dimseStatus.pendingWithoutOptionalKeys : dimseStatus.pending;
      const data = encodeIdentifier(identifier, request.context.transferSyntax);
      await answer(request, { status }, { data });
    }
  } catch (thrown) {
    return answerOf(thrown, dimseStatus.unableToProcess, { request, onFailure });
  }
  return { status: request.isCancelled() ? dimseStatus.cancel : dimseStatus.success };
}
