import type { DataSet } from "../../data-set.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import type { ServedRequest } from "../dimse/dimse-session.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import { encodeIdentifier, readIdentifier } from "../dimse/identifier.ts";
import { answer, answerOf, asciiUid, type FailureListener, requestOf } from "./answer.ts";
import type { ActionHandler, EventReportHandler, NServiceAnswer } from "./handlers.ts";
import { sendEventReport } from "./send-n-service.ts";

/** N-ACTION as SCP (PS3.7 section 10.3.5). What the handler reports of it goes out after the answer. */
export async function serveAction(
  request: ServedRequest,
  action: ActionHandler | undefined,
  onFailure: FailureListener,
): Promise<void> {
  const { actionTypeId, requestedSopClassUid, requestedSopInstanceUid } = request.message.command;
  const answered = Promise.withResolvers<void>();
  try {
    await serve(request, {
      handler:
        action === undefined || !request.context.isScp
          ? undefined
          : (subject, information) =>
              action({
                ...requestOf(request),
                ...subject,
                actionTypeId: subject.typeId,
                information,
                report: async (event) => {
                  await answered.promise;
                  return sendEventReport(request.session, event);
                },
              }),
      subject: { sopClassUid: requestedSopClassUid, sopInstanceUid: requestedSopInstanceUid, typeId: actionTypeId },
      command: actionTypeId === undefined ? {} : { actionTypeId },
      onFailure,
    });
  } finally {
    answered.resolve();
  }
}

/** N-EVENT-REPORT to an SCU, which either side may be (PS3.7 section 10.3.1). */
export function serveEventReport(
  request: ServedRequest,
  eventReport: EventReportHandler | undefined,
  onFailure: FailureListener,
): Promise<void> {
  const { eventTypeId, affectedSopClassUid, affectedSopInstanceUid } = request.message.command;
  return serve(request, {
    handler:
      eventReport === undefined || !request.context.isScu
        ? undefined
        : (subject, information) =>
            eventReport({ ...requestOf(request), ...subject, eventTypeId: subject.typeId, information }),
    subject: { sopClassUid: affectedSopClassUid, sopInstanceUid: affectedSopInstanceUid, typeId: eventTypeId },
    command: eventTypeId === undefined ? {} : { eventTypeId },
    onFailure,
  });
}

interface Subject {
  readonly sopInstanceUid: string;
  readonly typeId: number;
}

interface NServiceParts {
  readonly handler: ((subject: Subject, information: DataSet) => Promise<NServiceAnswer>) | undefined;
  /** As the peer names it. */
  readonly subject: {
    readonly sopClassUid: string | undefined;
    readonly sopInstanceUid: string | undefined;
    readonly typeId: number | undefined;
  };
  /** What the response tells back. */
  readonly command: { readonly actionTypeId?: number; readonly eventTypeId?: number };
  readonly onFailure: FailureListener;
}

async function serve(request: ServedRequest, parts: NServiceParts): Promise<void> {
  const { message, context } = request;
  const outcome = await outcomeOf(request, parts);
  message.data?.abandon();
  const { sopInstanceUid } = parts.subject;
  const { information } = outcome;
  await answer(request, outcome, {
    command: {
      ...parts.command,
      ...(sopInstanceUid === undefined ? {} : { affectedSopInstanceUid: asciiUid(sopInstanceUid) }),
    },
    data: information === undefined ? undefined : encodeIdentifier(information, context.transferSyntax),
  });
}

/** @throws EtalonError `association-ended` */
async function outcomeOf(request: ServedRequest, parts: NServiceParts): Promise<NServiceAnswer> {
  const { sopClassUid, sopInstanceUid, typeId } = parts.subject;
  if (parts.handler === undefined) return { status: dimseStatus.unrecognizedOperation };
  if (sopClassUid !== request.context.abstractSyntax) {
    return { status: dimseStatus.noSuchSopClass, errorComment: "not the SOP class of the presentation context" };
  }
  if (sopInstanceUid === undefined || sopInstanceUid === "" || typeId === undefined) {
    return { status: dimseStatus.invalidSopInstance, errorComment: "no SOP Instance UID, or no type" };
  }
  try {
    return await parts.handler({ sopInstanceUid, typeId }, await informationOf(request));
  } catch (thrown) {
    return answerOf(thrown, dimseStatus.processingFailure, { request, onFailure: parts.onFailure });
  }
}

async function informationOf({ context, message, signal }: ServedRequest): Promise<DataSet> {
  try {
    return await readIdentifier(message.data, context.transferSyntax);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new DimseError(dimseStatus.processingFailure, "the information cannot be read");
  }
}
