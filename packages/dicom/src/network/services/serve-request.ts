import { commandFields } from "../dimse/command-set.ts";
import type { ServedRequest } from "../dimse/dimse-session.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import {
  findSopClasses,
  getSopClasses,
  modelOf,
  moveSopClasses,
  storageCommitmentSopClass,
  worklistSopClass,
} from "../sop-classes.ts";
import { answer, answerOf, type FailureListener, requestOf } from "./answer.ts";
import type { DimseAnswer, DimseHandlers } from "./handlers.ts";
import { readQuery, readWorklistQuery } from "./read-query.ts";
import { serveFind } from "./serve-find.ts";
import { serveGet } from "./serve-get.ts";
import { serveMove } from "./serve-move.ts";
import { serveAction, serveEventReport } from "./serve-n-service.ts";
import { serveStore } from "./serve-store.ts";

/** Answers one request of a peer by its handler; an operation that none answers by 0211H (PS3.7 annex C.5). */
export function serveRequest(
  request: ServedRequest,
  handlers: DimseHandlers,
  onFailure: FailureListener,
): Promise<void> {
  switch (request.message.command.commandField) {
    case commandFields.echoRequest:
      return serveEcho(request, handlers, onFailure);
    case commandFields.storeRequest:
      return serveStore(request, handlers.store?.bind(handlers), onFailure);
    case commandFields.findRequest:
      return find(request, handlers, onFailure);
    case commandFields.moveRequest:
      return move(request, handlers, onFailure);
    case commandFields.getRequest:
      return get(request, handlers, onFailure);
    case commandFields.actionRequest:
      return isCommitment(request) ? serveAction(request, handlers.action?.bind(handlers), onFailure) : refuse(request);
    case commandFields.eventReportRequest:
      return isCommitment(request)
        ? serveEventReport(request, handlers.eventReport?.bind(handlers), onFailure)
        : refuse(request);
    default:
      return refuse(request);
  }
}

/** C-ECHO as SCP (PS3.7 section 9.3.5). */
async function serveEcho(request: ServedRequest, handlers: DimseHandlers, onFailure: FailureListener): Promise<void> {
  let outcome: DimseAnswer = { status: dimseStatus.success };
  try {
    outcome = (await handlers.echo?.(requestOf(request))) ?? outcome;
  } catch (thrown) {
    outcome = answerOf(thrown, dimseStatus.processingFailure, { request, onFailure });
  }
  await answer(request, outcome);
}

function find(request: ServedRequest, handlers: DimseHandlers, onFailure: FailureListener): Promise<void> {
  const { abstractSyntax } = request.context;
  const model = modelOf(findSopClasses, abstractSyntax);
  if (model !== undefined && handlers.find !== undefined) {
    const handler = handlers.find.bind(handlers);
    return serveFind(request, async () => handler(await readQuery(request, model)), onFailure);
  }
  if (abstractSyntax === worklistSopClass && handlers.worklist !== undefined) {
    const handler = handlers.worklist.bind(handlers);
    return serveFind(request, async () => handler(await readWorklistQuery(request)), onFailure);
  }
  return refuse(request);
}

function move(request: ServedRequest, handlers: DimseHandlers, onFailure: FailureListener): Promise<void> {
  const model = modelOf(moveSopClasses, request.context.abstractSyntax);
  if (model === undefined || handlers.move === undefined) return refuse(request);
  const handler = handlers.move.bind(handlers);
  const { moveDestination = "" } = request.message.command;
  return serveMove(request, async () => handler({ ...(await readQuery(request, model)), moveDestination }), onFailure);
}

function get(request: ServedRequest, handlers: DimseHandlers, onFailure: FailureListener): Promise<void> {
  const model = modelOf(getSopClasses, request.context.abstractSyntax);
  if (model === undefined || handlers.get === undefined) return refuse(request);
  const handler = handlers.get.bind(handlers);
  return serveGet(request, async () => handler(await readQuery(request, model)), onFailure);
}

/** The one service of DIMSE-N that is offered. */
function isCommitment({ context }: ServedRequest): boolean {
  return context.abstractSyntax === storageCommitmentSopClass;
}

function refuse(request: ServedRequest): Promise<void> {
  return answer(request, { status: dimseStatus.unrecognizedOperation });
}
