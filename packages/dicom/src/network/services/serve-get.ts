import type { ServedRequest } from "../dimse/dimse-session.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import { answer, answerOf, type FailureListener } from "./answer.ts";
import type { OutgoingInstance } from "./handlers.ts";
import { sendStore } from "./send-store.ts";
import { runSubOperations } from "./sub-operations.ts";

/** C-GET as SCP (PS3.7 section 9.3.3, PS3.4 section C.4.3): objects go back on the same association. */
export async function serveGet(
  request: ServedRequest,
  get: () => Promise<readonly OutgoingInstance[]>,
  onFailure: FailureListener,
): Promise<void> {
  let instances: readonly OutgoingInstance[];
  try {
    instances = await get();
  } catch (thrown) {
    return answer(request, answerOf(thrown, dimseStatus.unableToProcess, { request, onFailure }));
  }
  await runSubOperations(request, instances, { send: (instance) => sendStore(request.session, instance), onFailure });
}
