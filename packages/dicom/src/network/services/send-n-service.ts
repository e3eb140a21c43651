import { EtalonError } from "@etalon/base";
import type { DataSet } from "../../data-set.ts";
import type { AgreedContext, Agreement } from "../association/peer.ts";
import { type CommandSet, commandFields } from "../dimse/command-set.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import type { DimseSession } from "../dimse/dimse-session.ts";
import { dimseStatus, isWarning } from "../dimse/dimse-status.ts";
import { encodeIdentifier, readIdentifier } from "../dimse/identifier.ts";
import type { ActionOptions, EventReportOptions, NServiceReply } from "./handlers.ts";

/**
 * N-ACTION as SCU (PS3.7 section 10.3.5).
 *
 * @throws DimseError what the peer answered, but success or a warning; EtalonError `context-not-accepted`,
 *   `association-ended`; DicomError (a reply that cannot be read)
 */
export function sendAction(session: DimseSession, action: ActionOptions): Promise<NServiceReply> {
  const { sopClassUid, sopInstanceUid, actionTypeId, information } = action;
  const context = contextOf(session.agreement, sopClassUid, ({ isScu }) => isScu);
  const command = {
    requestedSopClassUid: sopClassUid,
    commandField: commandFields.actionRequest,
    requestedSopInstanceUid: sopInstanceUid,
    actionTypeId,
  };
  return send(session, { context, command, information });
}

/** N-EVENT-REPORT by an SCP, which either side may be (PS3.7 section 10.3.1). @throws as {@link sendAction} */
export function sendEventReport(session: DimseSession, event: EventReportOptions): Promise<NServiceReply> {
  const { sopClassUid, sopInstanceUid, eventTypeId, information } = event;
  const context = contextOf(session.agreement, sopClassUid, ({ isScp }) => isScp);
  const command = {
    affectedSopClassUid: sopClassUid,
    commandField: commandFields.eventReportRequest,
    affectedSopInstanceUid: sopInstanceUid,
    eventTypeId,
  };
  return send(session, { context, command, information });
}

function contextOf(
  { contexts, peer }: Agreement,
  sopClassUid: string,
  hasRole: (context: AgreedContext) => boolean,
): AgreedContext {
  const context = [...contexts.values()].find((each) => each.abstractSyntax === sopClassUid && hasRole(each));
  if (context !== undefined) return context;
  throw new EtalonError("context-not-accepted", { field: peer.calledAeTitle, received: sopClassUid });
}

async function send(
  session: DimseSession,
  request: {
    readonly context: AgreedContext;
    readonly command: CommandSet & { readonly commandField: number };
    readonly information: DataSet | undefined;
  },
): Promise<NServiceReply> {
  const { context, command, information } = request;
  const { transferSyntax } = context;
  const response = await session.request({
    contextId: context.id,
    command: { ...command, messageId: session.nextMessageId() },
    data: information === undefined ? undefined : [encodeIdentifier(information, transferSyntax)],
  });
  const reply = await readIdentifier(response.data, transferSyntax);
  const { status = dimseStatus.processingFailure, errorComment = "", offendingElements } = response.command;
  if (status !== dimseStatus.success && !isWarning(status))
    throw new DimseError(status, errorComment, offendingElements);
  return { status, information: reply };
}
