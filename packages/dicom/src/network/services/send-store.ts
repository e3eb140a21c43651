import { EtalonError } from "@etalon/base";
import { commandFields } from "../dimse/command-set.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import type { DimseSession } from "../dimse/dimse-session.ts";
import { dimseStatus, isWarning } from "../dimse/dimse-status.ts";
import type { OutgoingInstance } from "./handlers.ts";

/** Who asked by C-MOVE for the object being sent. */
export interface MoveOriginator {
  readonly aeTitle: string;
  readonly messageId: number;
}

/**
 * C-STORE as SCU (PS3.7 section 9.3.1): the stored bytes, on the context of their SOP class and transfer syntax.
 *
 * @returns the status, success or a warning
 * @throws DimseError what else the peer answered; EtalonError `context-not-accepted`, `association-ended`
 */
export async function sendStore(
  session: DimseSession,
  instance: OutgoingInstance,
  originator?: MoveOriginator,
): Promise<{ readonly status: number }> {
  const { sopClassUid, sopInstanceUid, transferSyntaxUid } = instance;
  const { contexts, peer } = session.agreement;
  const context = [...contexts.values()].find(
    (each) => each.isScu && each.abstractSyntax === sopClassUid && each.transferSyntax === transferSyntaxUid,
  );
  if (context === undefined) {
    throw new EtalonError("context-not-accepted", {
      field: peer.calledAeTitle,
      received: `${sopClassUid} in ${transferSyntaxUid}`,
    });
  }
  const response = await session.request({
    contextId: context.id,
    command: {
      affectedSopClassUid: sopClassUid,
      commandField: commandFields.storeRequest,
      messageId: session.nextMessageId(),
      priority: 0,
      affectedSopInstanceUid: sopInstanceUid,
      ...(originator === undefined
        ? {}
        : { moveOriginatorAeTitle: originator.aeTitle, moveOriginatorMessageId: originator.messageId }),
    },
    data: await instance.open(),
  });
  const { status = dimseStatus.processingFailure, errorComment = "" } = response.command;
  if (status !== dimseStatus.success && !isWarning(status)) throw new DimseError(status, errorComment);
  return { status };
}
