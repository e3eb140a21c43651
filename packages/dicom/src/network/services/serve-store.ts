import type { ServedRequest } from "../dimse/dimse-session.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import { answer, answerOf, asciiUid, type FailureListener, requestOf } from "./answer.ts";
import type { DimseAnswer, StoreRequest } from "./handlers.ts";

/** Keeps one object. */
export type StoreHandler = (request: StoreRequest) => Promise<DimseAnswer>;

/** C-STORE as SCP (PS3.7 section 9.3.1, PS3.4 annex B): the bytes go to the handler as they come. */
export async function serveStore(
  request: ServedRequest,
  store: StoreHandler | undefined,
  onFailure: FailureListener,
): Promise<void> {
  const { affectedSopInstanceUid } = request.message.command;
  const outcome = await storeOutcome(request, store, onFailure);
  // What the handler did not read is thrown away, so that the peer comes to the end of it.
  request.message.data?.abandon();
  await answer(request, outcome, {
    command: {
      ...(affectedSopInstanceUid === undefined ? {} : { affectedSopInstanceUid: asciiUid(affectedSopInstanceUid) }),
    },
  });
}

async function storeOutcome(
  request: ServedRequest,
  store: StoreHandler | undefined,
  onFailure: FailureListener,
): Promise<DimseAnswer> {
  const { context, message } = request;
  const { affectedSopClassUid, affectedSopInstanceUid, moveOriginatorAeTitle } = message.command;
  if (store === undefined || !context.isScp) return { status: dimseStatus.unrecognizedOperation };
  if (affectedSopClassUid !== context.abstractSyntax) {
    return { status: dimseStatus.sopClassNotSupported, errorComment: "not the SOP class of the presentation context" };
  }
  if (affectedSopInstanceUid === undefined || affectedSopInstanceUid === "" || message.data === undefined) {
    return { status: dimseStatus.cannotUnderstand, errorComment: "no SOP Instance UID, or no data set" };
  }
  if (asciiUid(affectedSopInstanceUid) !== affectedSopInstanceUid) {
    return { status: dimseStatus.invalidSopInstance, errorComment: "a SOP Instance UID that is none" };
  }
  try {
    return await store({
      ...requestOf(request),
      sopInstanceUid: affectedSopInstanceUid,
      transferSyntaxUid: context.transferSyntax,
      bytes: message.data,
      ...(moveOriginatorAeTitle === undefined ? {} : { moveOriginatorAeTitle }),
    });
  } catch (thrown) {
    return answerOf(thrown, dimseStatus.processingFailure, { request, onFailure });
  }
}
