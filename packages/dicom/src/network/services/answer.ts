import { type CommandSet, responseBit } from "../dimse/command-set.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import type { ServedRequest } from "../dimse/dimse-session.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import type { DimseAnswer, DimseRequest } from "./handlers.ts";

/** Told of what a handler threw that is no answer to the peer. */
export type FailureListener = (error: unknown) => void;

/** Sends one response to a request (PS3.7 section 9.3). */
export function answer(
  { session, context, message, messageId }: ServedRequest,
  { status, errorComment, offendingElements }: DimseAnswer,
  more: { readonly command?: CommandSet; readonly data?: Uint8Array | undefined } = {},
): Promise<void> {
  const { command } = message;
  return session.send({
    contextId: context.id,
    command: {
      affectedSopClassUid: asciiUid(command.affectedSopClassUid ?? context.abstractSyntax),
      commandField: command.commandField | responseBit,
      messageIdBeingRespondedTo: messageId,
      status,
      ...(errorComment === undefined || errorComment === "" ? {} : { errorComment }),
      ...(offendingElements === undefined ? {} : { offendingElements }),
      ...more.command,
    },
    data: more.data === undefined ? undefined : [more.data],
  });
}

/**
 * What the peer is told of something thrown: where it asked for the end, that this is it. An association that ended is
 * nobody's failure: it is thrown on.
 *
 * @param status where the thrown has none of its own
 */
export function answerOf(
  thrown: unknown,
  status: number,
  { request, onFailure }: { readonly request: ServedRequest; readonly onFailure: FailureListener },
): DimseAnswer {
  if (request.signal.aborted && !request.isCancelled()) throw thrown;
  if (request.isCancelled()) return { status: dimseStatus.cancel };
  if (thrown instanceof DimseError) {
    return { status: thrown.status, errorComment: thrown.comment, offendingElements: thrown.offendingElements };
  }
  onFailure(thrown);
  return { status };
}

/** A peer's UID as it can be told back: what is no ASCII could not be written. */
export function asciiUid(uid: string): string {
  return uid.replace(/[^\x20-\x7e]/g, "?");
}

/** What every handler is told. */
export function requestOf({ session, context, signal }: ServedRequest): DimseRequest {
  return { peer: session.agreement.peer, sopClassUid: context.abstractSyntax, signal };
}
