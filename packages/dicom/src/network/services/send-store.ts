import { EtalonError } from "@etalon/base";
import type { AgreedContext, Agreement } from "../association/peer.ts";
import { commandFields } from "../dimse/command-set.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import type { DimseSession } from "../dimse/dimse-session.ts";
import { dimseStatus, isWarning } from "../dimse/dimse-status.ts";
import type { OutgoingForm, OutgoingInstance } from "./handlers.ts";

/** Who asked by C-MOVE for the object being sent. */
export interface MoveOriginator {
  readonly aeTitle: string;
  readonly messageId: number;
}

/**
 * C-STORE as SCU (PS3.7 section 9.3.1): the stored bytes, or the first alternative that the peer takes.
 *
 * @returns the status, success or a warning
 * @throws DimseError what else the peer answered; EtalonError `context-not-accepted`, `association-ended`
 */
export async function sendStore(
  session: DimseSession,
  instance: OutgoingInstance,
  originator?: MoveOriginator,
): Promise<{ readonly status: number }> {
  const { sopClassUid, sopInstanceUid } = instance;
  const { context, form } = acceptedForm(session.agreement, instance);
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
    data: await form.open(),
  });
  response.data?.abandon();
  const { status = dimseStatus.processingFailure, errorComment = "" } = response.command;
  if (status !== dimseStatus.success && !isWarning(status)) throw new DimseError(status, errorComment);
  return { status };
}

/** The form that the peer takes, and the context that it goes on. */
function acceptedForm(
  { contexts, peer }: Agreement,
  instance: OutgoingInstance,
): { readonly context: AgreedContext; readonly form: OutgoingForm } {
  const { sopClassUid, transferSyntaxUid } = instance;
  const usable = [...contexts.values()].filter((each) => each.isScu && each.abstractSyntax === sopClassUid);
  for (const form of [instance, ...(instance.alternatives ?? [])]) {
    const context = usable.find(({ transferSyntax }) => transferSyntax === form.transferSyntaxUid);
    if (context !== undefined) return { context, form };
  }
  throw new EtalonError("context-not-accepted", {
    field: peer.calledAeTitle,
    received: `${sopClassUid} in ${transferSyntaxUid}`,
  });
}
