import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { EtalonError } from "@etalon/base";
import type { Destination } from "./association/destination.ts";
import { usualLimits } from "./association/limits.ts";
import { agreementOf, associationRejected, type Proposal, requestOf } from "./association/propose.ts";
import { commandFields } from "./dimse/command-set.ts";
import { DimseSession, type ServedRequest } from "./dimse/dimse-session.ts";
import { dimseStatus } from "./dimse/dimse-status.ts";
import { RequestorAssociation } from "./requestor-association.ts";
import { answer } from "./services/answer.ts";
import type { EventReportHandler } from "./services/handlers.ts";
import { serveEventReport } from "./services/serve-n-service.ts";
import { serveStore } from "./services/serve-store.ts";

/** Whom to ask for what; limits are the usual ones where they are absent. */
export interface AssociationOptions extends Destination, Omit<Proposal, "maxPduLength"> {
  readonly maxPduLength?: number;
  /** Takes what the peer reports on this association; where it is absent, reports are refused. */
  readonly eventReport?: EventReportHandler;
  /** For the connection and for the answer to the request. */
  readonly connectTimeoutMs?: number;
  /** For the peer to release, or to close. */
  readonly artimTimeoutMs?: number;
  /** For any sign of life while an answer is due; a C-MOVE of many objects may be silent for long. */
  readonly idleTimeoutMs?: number;
}

const usualConnectTimeoutMs = 10_000;

/**
 * Opens an association with a peer and settles once it is accepted. The caller releases it.
 *
 * @throws EtalonError `association-rejected`, `association-ended` (no connection, no answer in time);
 *   InputError `out-of-range`, `wrong-type` (contexts and AE titles)
 */
export async function openAssociation(options: AssociationOptions): Promise<RequestorAssociation> {
  const limits = {
    maxPduLength: options.maxPduLength ?? usualLimits.maxPduLength,
    artimTimeoutMs: options.artimTimeoutMs ?? usualLimits.artimTimeoutMs,
    idleTimeoutMs: options.idleTimeoutMs ?? usualLimits.idleTimeoutMs,
  };
  const request = requestOf({ ...options, maxPduLength: limits.maxPduLength });
  const { host, port, tls } = options;
  const field = `${request.calledAeTitle} (${host}:${port})`;
  return new Promise((resolve, reject) => {
    const socket = tls === undefined ? connect({ host, port }) : connectTls({ ...tls, host, port });
    let association: RequestorAssociation | undefined;
    const session = new DimseSession(
      socket,
      {
        onRequest: () => session.layer.abort("a requestor takes no request"),
        onAnswer: (reply) => {
          clearTimeout(timer);
          if (reply.type === "associate-rj") return reject(associationRejected(field, reply));
          session.agree(agreementOf(request, reply, socket.remoteAddress ?? host));
          association = new RequestorAssociation(session);
          resolve(association);
        },
        serve: (served) => serveAsRequestor(served, { association, eventReport: options.eventReport }),
        onEnd: (end) => {
          clearTimeout(timer);
          reject(new EtalonError("association-ended", { field, received: end.kind, details: { reason: end.reason } }));
        },
      },
      { ...limits, request },
    );
    const timeout = options.connectTimeoutMs ?? usualConnectTimeoutMs;
    const timer = setTimeout(() => session.layer.abort(`no answer within ${timeout} ms`), timeout);
    onceConnected(socket, tls !== undefined, () => session.layer.connected());
  });
}

function onceConnected(socket: Socket, isTls: boolean, listener: () => void): void {
  socket.once(isTls ? "secureConnect" : "connect", listener);
}

/** A requestor answers the C-STORE of its own C-GET (PS3.7 section 9.1.3) and events, and nothing else. */
async function serveAsRequestor(
  served: ServedRequest,
  takers: {
    readonly association: RequestorAssociation | undefined;
    readonly eventReport: EventReportHandler | undefined;
  },
): Promise<void> {
  const { commandField } = served.message.command;
  if (commandField === commandFields.storeRequest) {
    await serveStore(served, takers.association?.storeHandler, () => {});
  } else if (commandField === commandFields.eventReportRequest) {
    await serveEventReport(served, takers.eventReport, () => {});
  } else {
    await answer(served, { status: dimseStatus.unrecognizedOperation });
  }
}
